"""Who may publish without an officer reading first.

A KIM earns it, and loses it, by the `TrustRule` of its region (`activities/models/moderation.py`).
"""


def goes_out_at_once(community, marks):
    """Whether what a KIM sends is published at once; `marks` are the suspicions found in it."""
    return community.is_trusted and not marks
