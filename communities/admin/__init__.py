"""The officers' desk of the KIMs: one module for each kind of work."""

from communities.admin import coaching, community, documents, materials, people, rosters, vocabulary

__all__ = ["coaching", "community", "documents", "materials", "people", "rosters", "vocabulary"]
