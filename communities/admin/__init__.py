"""The officers' desk of the KIMs: one module for each kind of work."""

from communities.admin import community, documents, people, vocabulary

__all__ = ["community", "documents", "people", "vocabulary"]
