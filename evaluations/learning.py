"""Belajar dari: the best KIM around that work in the same fields, and what others took up of them."""

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from activities.models import Post
from evaluations.models import Cycle, Score
from regions.models import Region

BEST, POSTS = 3, 3


def around(community):
    """The condition that the region of a cycle is one that a KIM sits in, up to the whole country."""
    seat = community.seat
    places = [seat, *seat.ancestors]
    return Q(region__in=places) | Q(region__level=Region.Level.NATION)


def newest_published(community):
    """The newest published cycle of each region around, the nearest region first."""
    cycles = Cycle.objects.published().filter(around(community)).select_related("region")
    newest = {}
    for cycle in cycles.order_by("-region__level", "-year", "-span"):
        newest.setdefault(cycle.region_id, cycle)
    return list(newest.values())


def best_around(community):
    """`(cycle, [(Score, posts)])` of each of these cycles: the best that share a field with it, with their posts."""
    sectors = list(community.sectors.values_list("pk", flat=True))
    best = [(cycle, best_of(cycle, community, sectors)) for cycle in newest_published(community)]
    posts = most_taken_up({score.community_id for _cycle, scores in best for score in scores})
    return [
        (cycle, [(score, posts.get(score.community_id, [])) for score in scores]) for cycle, scores in best if scores
    ]


def best_of(cycle, community, sectors):
    kims = cycle.scores.public().filter(community__sectors__in=sectors).exclude(community=community).values("pk")
    return list(Score.objects.filter(pk__in=kims).for_results().ranked()[:BEST])


def most_taken_up(keys):
    """`{key of a KIM: posts}`, those first that most other KIM took up, then the newest: one query."""
    out = Q(adaptations__status=Post.Status.PUBLISHED) & ~Q(adaptations__community=F("community"))
    posts = Post.objects.published().without_warning().filter(community__in=keys, origin=None)
    posts = posts.annotate(taken_up=Count("adaptations__community", filter=out, distinct=True))
    place = Window(RowNumber(), partition_by=F("community"), order_by=["-taken_up", "-published_at", "-pk"])
    found = {}
    for post in posts.annotate(nth=place).filter(nth__lte=POSTS).order_by("nth").defer("body", "search"):
        found.setdefault(post.community_id, []).append(post)
    return found
