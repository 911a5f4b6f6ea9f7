"""The officers' desk: what residents sent, and what an office sets up to answer it."""

from aspirations.admin import answering, aspirations, open311

__all__ = ["answering", "aspirations", "open311"]
