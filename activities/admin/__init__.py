"""The officers' desk of what the KIMs did: the list of posts, the queue, many at once, and what was passed on."""

from activities.admin import claims, posts

__all__ = ["claims", "posts"]
