"""What is read before, after and beside a post."""

from typing import NamedTuple

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects

from activities.models.posts import Post
from communities.models import Community
from pages.paging import beyond
from regions.atlas import FROM_ATLAS

FEW_ADAPTATIONS = 5
# All that is said of any of them.
COLUMNS = ["slug", "title", "place", "community", "published_at"]


class Neighbours(NamedTuple):
    """The KIM's next posts, None at either end; what corrects this one; what other KIM made of it."""

    newer: Post | None
    older: Post | None
    clarifications: list[Post]
    adaptations: list[Post]
    has_more_adaptations: bool


def beside(post):
    """What a post's page shows of other posts, by one query."""
    own = Post.objects.published().filter(community=post.community_id)
    here = ("published_at", post.published_at, post.pk)
    parts = {
        "newer": own.filter(beyond(*here, "gt")).order_by("published_at", "pk")[:1],
        "older": own.filter(beyond(*here, "lt")).newest_first()[:1],
        "clarification": post.clarifications.published()[:5],
        "adaptation": post.adaptations.adaptations().newest_first()[: FEW_ADAPTATIONS + 1],
    }
    first, *others = (rows.only(*COLUMNS).annotate(part=models.Value(part)) for part, rows in parts.items())
    found = {part: [] for part in parts}
    for other in first.union(*others, all=True).fetch_mode(FROM_ATLAS):
        found[other.part].append(other)
    prefetch_related_objects(found["adaptation"], Prefetch("community", Community.objects.only("name")))
    newer, older = (next(iter(found[part]), None) for part in ("newer", "older"))
    taken = found["adaptation"]
    return Neighbours(newer, older, found["clarification"], taken[:FEW_ADAPTATIONS], len(taken) > FEW_ADAPTATIONS)


def related(post, number=3):
    """The newest posts of the same sector from the same regency, or the province above it."""
    place = {"regency": post.regency_id} if post.regency_id else {"province": post.province_id}
    posts = Post.objects.published().without_warning().filter(sector=post.sector_id, **place).exclude(pk=post.pk)
    return list(posts.newest_first().card_versions()[:number])
