"""WHAT IT SHOWS: how many KIM and posts each region has, kept by the database itself, read without counting.

Every change appends a row (+1 or -1 for each region concerned) in the transaction that causes it; `fold` adds
rows up now and then. A count is the sum over both, so it is exact at any moment and no two writers ever wait
for the same row. The triggers of migration 0002 append the rows, so no path to a table, a bulk load included, can
forget them.
"""

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Sum

from communities.models import Sector
from regions.models import Region


@dataclass(frozen=True)
class Counted:
    """A region, and how many KIM and published posts there are at it and below."""

    region: Region
    communities: int
    posts: int


class RegionCountQuerySet(models.QuerySet):
    def counted(self, regions):
        """Each of these regions as a `Counted`, in their order: one query."""
        sums = self.filter(region__in=[region.pk for region in regions]).values_list("region", "subject")
        numbers = {(region, subject): number for region, subject, number in sums.annotate(Sum("amount"))}
        subjects = RegionCount.Subject
        return [
            Counted(region, *(numbers.get((region.pk, subject), 0) for subject in (subjects.COMMUNITY, subjects.POST)))
            for region in regions
        ]

    def fold(self):
        """Add the rows of each count up into one; safe beside writers and beside another fold."""
        with transaction.atomic():
            rows = list(
                self.select_for_update(skip_locked=True).values_list("pk", "region", "subject", "sector", "amount")
            )
            sums = {}
            for _pk, *count, amount in rows:
                sums[tuple(count)] = sums.get(tuple(count), 0) + amount
            self.filter(pk__in=[row[0] for row in rows]).delete()
            self.bulk_create(
                RegionCount(region_id=region, subject=subject, sector_id=sector, amount=amount)
                for (region, subject, sector), amount in sums.items()
                if amount
            )


class RegionCount(models.Model):
    """An amount to add to the number of KIM or published posts at a region and all below it."""

    class Subject(models.TextChoices):
        COMMUNITY = "community", "KIM"
        POST = "post", "kegiatan"

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=10, choices=Subject)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+", null=True, db_index=False)
    amount = models.IntegerField()

    objects = RegionCountQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["region", "subject"],
                name="region_count",
                include=["sector", "amount"],
            )
        ]

    def __str__(self):
        return f"{self.region_id} {self.subject} {self.amount:+}"
