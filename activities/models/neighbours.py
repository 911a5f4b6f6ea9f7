"""What is read before, after and beside a post."""

from typing import NamedTuple

from activities.models.posts import Post
from pages.questions import asked
from regions.atlas import FROM_ATLAS

FEW_ADAPTATIONS = 5
MOST_RELATED = 3

# Written out, since every post is read with it: Django takes several times as long to put it together as PostgreSQL to
# answer it. Of what other KIM made of the post it says only whether there is any.
BESIDE = """
    (SELECT 'newer' AS part, id, slug, title FROM activities_post
      WHERE community_id = %(community)s AND status = 'published' AND (published_at, id) > (%(published_at)s, %(post)s)
      ORDER BY published_at, id LIMIT 1)
    UNION ALL
    (SELECT 'older', id, slug, title FROM activities_post
      WHERE community_id = %(community)s AND status = 'published' AND (published_at, id) < (%(published_at)s, %(post)s)
      ORDER BY published_at DESC, id DESC LIMIT 1)
    UNION ALL
    (SELECT 'clarification', id, slug, title FROM activities_post
      WHERE clarifies_id = %(post)s AND status = 'published' LIMIT 5)
    UNION ALL
    (SELECT 'adaptation', id, slug, title FROM activities_post
      WHERE origin_id = %(post)s AND status = 'published' LIMIT 1)
"""


class Neighbours(NamedTuple):
    """The KIM's next posts, None at either end; what corrects this one; what other KIM made of it."""

    newer: Post | None
    older: Post | None
    clarifications: list[Post]
    adaptations: list[Post]
    has_more_adaptations: bool


def beside(post):
    """What a post's page shows of other posts, by one query, and another where KIM took it over."""
    found = {"newer": [], "older": [], "clarification": [], "adaptation": []}
    about = {"community": post.community_id, "published_at": post.published_at, "post": post.pk}
    for other in Post.objects.raw(BESIDE, about):
        found[other.part].append(other)
    newer, older = (next(iter(found[part]), None) for part in ("newer", "older"))
    taken = adaptations_of(post) if found["adaptation"] else []
    return Neighbours(newer, older, found["clarification"], taken[:FEW_ADAPTATIONS], len(taken) > FEW_ADAPTATIONS)


def adaptations_of(post):
    """What other KIM made of it, the newest first, one more than FEW_ADAPTATIONS if there are more."""
    taken = post.adaptations.adaptations().newest_first().select_related("community").fetch_mode(FROM_ATLAS)
    return list(taken.only("slug", "title", "place", "published_at", "community__name")[: FEW_ADAPTATIONS + 1])


def related(post):
    """The newest posts of the same sector from the same regency, or the province above it."""
    column = "regency" if post.regency_id else "province"
    return asked(like_it, post.pk, post.sector_id, getattr(post, f"{column}_id"), column=column)


def like_it(post, sector, place, *, column):
    posts = Post.objects.published().without_warning().filter(sector=sector, **{column: place}).exclude(pk=post)
    return posts.newest_first().card_versions()[:MOST_RELATED]
