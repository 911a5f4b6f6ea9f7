"""The officers' desk of the KIMs: one module for each kind of work."""

from communities.admin import coaching, community, contacts, documents, materials, people, rosters, vocabulary

__all__ = ["coaching", "community", "contacts", "documents", "materials", "people", "rosters", "vocabulary"]
