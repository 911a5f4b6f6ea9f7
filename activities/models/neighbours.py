"""What is read before, after and beside a post."""

from typing import NamedTuple

from django.db.models import Value

from activities.models.posts import Post
from pages.paging import beyond
from pages.questions import Asking
from regions.atlas import FROM_ATLAS

FEW_ADAPTATIONS = 5
MOST_RELATED = 3
COLUMNS = ["id", "title", "slug", "is_recalled", "is_hoax"]  # in the order of the model, as from_db() takes them


class Neighbours(NamedTuple):
    """The KIM's next posts, None at either end; what corrects this one; what other KIM made of it."""

    newer: Post | None
    older: Post | None
    clarifications: list[Post]
    adaptations: list[Post]
    has_more_adaptations: bool


def asking_beside(post):
    """The question whose rows `beside` takes."""
    return Asking(beside_it, post.community_id, post.published_at, post.pk)


def beside(post, rows):
    """What a post's page shows of other posts; another query where a KIM took it over."""
    found = {"newer": [], "older": [], "clarification": [], "adaptation": []}
    for part, *facts in rows:
        found[part].append(Post.from_db(post._state.db, COLUMNS, facts))
    newer, older = (next(iter(found[part]), None) for part in ("newer", "older"))
    taken = adaptations_of(post) if found["adaptation"] else []
    return Neighbours(newer, older, found["clarification"], taken[:FEW_ADAPTATIONS], len(taken) > FEW_ADAPTATIONS)


def beside_it(community, published_at, pk):
    """Of what other KIM made of the post it says only whether there is any."""
    published = Post.objects.published()
    own, place = published.filter(community=community), ("published_at", published_at, pk)
    parts = {
        "newer": own.filter(beyond(*place, "gt")).order_by("published_at", "pk")[:1],
        "older": own.filter(beyond(*place, "lt")).newest_first()[:1],
        "clarification": clarifications_of(pk).order_by()[:5],
        "adaptation": published.filter(origin=pk).order_by()[:1],
    }
    first, *others = (rows.values_list(Value(part), *COLUMNS) for part, rows in parts.items())
    return first.union(*others, all=True)


def clarifications_of(post):
    """What corrects it, and is out itself."""
    return Post.objects.published().filter(clarifies=post)


def adaptations_of(post):
    """What other KIM made of it, the newest first, one more than FEW_ADAPTATIONS if there are more."""
    taken = post.adaptations.adaptations().newest_first().select_related("community").fetch_mode(FROM_ATLAS)
    return list(taken.only(*COLUMNS, "place", "published_at", "community__name")[: FEW_ADAPTATIONS + 1])


def asking_related(post):
    """The newest posts of the same sector from the same regency, or the province above it."""
    column = "regency" if post.regency_id else "province"
    return Asking(like_it, post.pk, post.sector_id, getattr(post, f"{column}_id"), column=column)


def like_it(post, sector, place, *, column):
    posts = Post.objects.published().without_warning().filter(sector=sector, **{column: place}).exclude(pk=post)
    return posts.newest_first().card_rows()[:MOST_RELATED]
