"""The officers' desk of government information: writing and sending it, questions, and what became of it."""

from bulletins.admin import bulletins, deliveries, questions

__all__ = ["bulletins", "deliveries", "questions"]
