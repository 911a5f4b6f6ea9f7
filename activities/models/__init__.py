"""WHAT THEY DID: the posts of the KIMs with their photos, each kept with the place it happened in."""

from activities.models.access import EDITABLE, OPEN
from activities.models.chats import Chat, ChatUpdate
from activities.models.comments import Comment
from activities.models.flags import Flag, FlaggedItem
from activities.models.moderation import Appeal, Reason, Review, TrustRule
from activities.models.photos import Photo
from activities.models.posts import Post, PostStep, span_of
from activities.models.querysets import PUBLISHED, TERMS, PostQuerySet
from activities.models.reads import MostRead, PostReads
from activities.models.redissemination import Channel, Evidence, Redissemination
from activities.models.revisions import PostRevision
from activities.models.thanks import Thanks

__all__ = [
    "EDITABLE",
    "OPEN",
    "PUBLISHED",
    "TERMS",
    "Appeal",
    "Channel",
    "Chat",
    "ChatUpdate",
    "Comment",
    "Evidence",
    "Flag",
    "FlaggedItem",
    "MostRead",
    "Photo",
    "Post",
    "PostQuerySet",
    "PostReads",
    "PostRevision",
    "PostStep",
    "Reason",
    "Redissemination",
    "Review",
    "Thanks",
    "TrustRule",
    "span_of",
]
