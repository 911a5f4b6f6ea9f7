"""WHAT THEY DID: the posts of the KIMs with their photos, each kept with the place it happened in."""

from activities.models.photos import Photo
from activities.models.posts import PUBLISHED, TERMS, Post, PostQuerySet, PostStep

__all__ = ["PUBLISHED", "TERMS", "Photo", "Post", "PostQuerySet", "PostStep"]
