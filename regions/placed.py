"""What everything that happens at a place has in common: the place, and a column for each level it lies in.

All rows of a region, at any level, are then one condition on one column, and the newest of them one range of an index.
"""

from functools import reduce
from operator import or_

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.words.asking import Tsquery
from regions.finding import having_words
from regions.models import Region

LEVELS = ["province", "regency", "district", "village"]
LABELS = [_("provinsi"), _("kabupaten/kota"), _("kecamatan"), _("desa/kelurahan")]


def level_columns():
    """A foreign key for each of the LEVELS, without an index of its own: `indexes_per_level` begin with them."""
    facts = {"null": True, "editable": False, "related_name": "+", "db_index": False}
    return [models.ForeignKey(Region, models.PROTECT, verbose_name=label, **facts) for label in LABELS]


def indexes_per_level(*fields, name, condition=None):
    """An index of these fields within each level, named by a pattern such as "post_{}_newest"."""
    return [models.Index(fields=[level, *fields], name=name.format(level), condition=condition) for level in LEVELS]


class PlacedQuerySet(models.QuerySet):
    def within(self, region):
        return self.within_any([region])

    def within_any(self, regions):
        """What lies in one of these regions or below; nothing for no region."""
        inside = models.Q(pk__in=[])
        for region in regions:
            if region.level == Region.Level.NATION:
                return self.all()
            inside |= models.Q(**{region.column: region.pk})
        return self.filter(inside)

    def called(self, words):
        """The condition that a row lies in a place with all these words in its name, or in what that lies in."""
        named = [models.Q(**{f"{LEVELS[level - 1]}__in": keys}) for level, keys in having_words(words).items()]
        return reduce(or_, named, models.Q(pk__in=[]))

    def without_refused(self, question):
        """Those that no word typed with a minus names by where they are; of searched rows, whose own words it asks.

        What stands on the other side of "atau" does not refuse that word.
        """
        rows = self
        for token in dict.fromkeys(question.refused):
            kept, others = ~self.called(token.words), question.without(token)
            rows = rows.filter(kept | models.Q(search=Tsquery(others)) if others else kept)
        return rows

    def in_no_part(self, region):
        """What lies in this region, but in none of the parts that it has today."""
        rows = self.within(region)
        if region.level == Region.Level.VILLAGE:
            return rows
        part = LEVELS[region.level]
        return rows.filter(models.Q(**{f"{part}__isnull": True}) | models.Q(**{f"{part}__retired_on__isnull": False}))

    def per_region(self, regions):
        """How many of these rows each of the regions, all of one level, has: pairs of a region and a number."""
        if not regions:
            return []
        column = regions[0].column
        numbers = dict(self.order_by().values_list(column).annotate(models.Count("pk", distinct=True)))
        return [(region, numbers.get(region.pk, 0)) for region in regions]


class OfRegionQuerySet(models.QuerySet):
    """Rows that name a region of any level, in `region`, without columns of the levels above it."""

    def within(self, region):
        """What is of this region or of one below it."""
        return self.filter(region__in=Region.objects.within(region))

    def in_no_part(self, region):
        return self.filter(region__in=Region.objects.in_no_part(region))


class Placed(models.Model):
    """A row that keeps a place of any level, in the foreign key named `PLACE`, with the columns of the levels above it.

    Regions change: regions.loading lets the columns of every child follow a new edition.
    """

    PLACE = "place"

    province, regency, district, village = level_columns()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.place_at(getattr(self, self.PLACE))
        super().save(*args, **kwargs)

    def place_at(self, place):
        """Lie at a region of any level: the columns below its level stay empty."""
        setattr(self, self.PLACE, place)
        self.province_id, self.regency_id, self.district_id = place.province_id, place.regency_id, place.district_id
        self.village_id = place.pk if place.level == Region.Level.VILLAGE else None
