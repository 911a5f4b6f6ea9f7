"""The officers' desk of what the KIMs did: the list of posts, the queue, and many at once."""

from activities.admin import posts

__all__ = ["posts"]
