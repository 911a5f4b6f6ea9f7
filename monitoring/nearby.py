"""What went on around a place lately: places with posts or aspirations, the nearest first, as points and as a list."""

import math
from collections import defaultdict
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Post
from aspirations.models import Aspiration
from regions import atlas, boundaries
from regions.finding import kilometres
from regions.maps import points_map
from regions.models import Region

DAYS = 90
MOST_PLACES = 30


class Nearby:
    """Around `centre`, a place within a regency: in that regency and those that touch it, of the last DAYS."""

    def __init__(self, centre):
        self.centre, self.as_of = centre, timezone.now()

    @cached_property
    def places(self):
        """At most MOST_PLACES: `region`, its `facts`, in `words` and as `number` what is there, the newest of it.

        The facts are where it lies, as far as it is not where the centre does, how far away, and what is there.
        """
        posts, aspirations = (self.numbers(rows) for rows in self.rows)
        known = atlas.places(posts.keys() | aspirations.keys())
        nearest = sorted(known.values(), key=lambda place: (kilometres(self.centre, place), place.code))[:MOST_PLACES]
        newest_posts, newest_aspirations = (self.newest(rows, nearest) for rows in self.rows)
        words = {place: in_words(posts[place.pk], aspirations[place.pk]) for place in nearest}
        return [
            {
                "region": place,
                "facts": [fact for fact in (self.around(place), self.way_to(place), words[place]) if fact],
                "number": posts[place.pk] + aspirations[place.pk],
                "words": words[place],
                "post": newest_posts.get(place.pk),
                "aspiration": newest_aspirations.get(place.pk),
                # As a row of a map has them.
                "cls": "map-k4" if posts[place.pk] else "map-k2",
                "url": place.get_absolute_url(),
            }
            for place in nearest
        ]

    def around(self, place):
        """Loa Kulu; Samarinda Seberang, Samarinda; "" for the regency of the centre."""
        known = {self.centre.province_id, self.centre.regency_id}
        return ", ".join(above.name for above in reversed(place.ancestors) if above.pk not in known)

    def way_to(self, place):
        return _("di sini") if place == self.centre else away(kilometres(self.centre, place))

    @cached_property
    def rows(self):
        """Posts and aspirations that everyone reads, of these regencies and days; each wish once.

        Unlike the measures, which count what happened, no post with a warning, and aspirations that are answered too.
        """
        recent = {"published_at__gte": self.as_of - timedelta(days=DAYS), "regency__in": self.regencies}
        posts = Post.objects.published().without_warning()
        return posts.filter(**recent), Aspiration.objects.public().filter(duplicate_of=None, **recent)

    @cached_property
    def regencies(self):
        around = [self.centre.regency.code, *boundaries.touching(self.centre.regency.code)]
        return list(Region.objects.filter(code__in=around).values_list("pk", flat=True))

    def numbers(self, rows):
        return defaultdict(int, rows.order_by().values_list("place").annotate(Count("pk")))

    def newest(self, rows, places):
        """`{key of a place: its newest row}`."""
        of_these = rows.filter(place__in=[place.pk for place in places]).order_by("place_id", "-published_at", "-pk")
        return {row.place_id: row for row in of_these.distinct("place_id").only(*TOLD[rows.model])}

    @cached_property
    def figure(self):
        caption = _("Kegiatan dan usulan di sekitar %(place)s, %(days)s hari terakhir") % {
            "place": self.centre.full_name,
            "days": DAYS,
        }
        return points_map(self.centre, self.places, caption)


TOLD = {
    Post: ["title", "slug", "place", "published_at"],
    Aspiration: ["title", "code", "place", "published_at"],
}


def in_words(posts, aspirations):
    """3 kegiatan, 1 usulan"""
    words = []
    if posts:
        words.append(ngettext("%(number)s kegiatan", "%(number)s kegiatan", posts) % {"number": posts})
    if aspirations:
        words.append(ngettext("%(number)s usulan", "%(number)s usulan", aspirations) % {"number": aspirations})
    return ", ".join(words)


def away(distance):
    """Whole kilometres, less than one said so; "" where either point is not known."""
    if math.isinf(distance):
        return ""
    return _("%(number)s km") % {"number": round(distance)} if distance >= 1 else _("kurang dari 1 km")
