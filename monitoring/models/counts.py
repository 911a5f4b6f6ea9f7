"""What is counted, the changes that wait to be added up, and the counts of each region.

Whatever begins or ceases to count appends one row to `CountChange` in the transaction that causes it: no two writers
ever wait for the same row. `fold` adds these rows up. A number is the sum of what is folded and what is pending, in one
statement, so that it is exact at any moment. The triggers of migration 0004 append the rows, so no path to a table, a
bulk load included, can forget them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from communities.models import Sector
from monitoring.models import counting
from regions.models import Region

# Whoever moves what is counted holds this lock to the end of its transaction; whoever makes something count never does.
ALONE = 0x4B494D


class Subject(models.TextChoices):
    COMMUNITY = "community", _("KIM")
    POST = "post", _("kegiatan")
    ASPIRATION = "aspiration", _("usulan")
    ANSWERED = "answered", _("usulan dijawab")
    TARGETED = "targeted", _("informasi diterima")
    OPENED = "opened", _("informasi dibuka")
    PASSED_ON = "passed_on", _("informasi disebarkan")
    REACH_CLAIMED = "reach_claimed", _("jangkauan diakui")
    REACH_VERIFIED = "reach_verified", _("jangkauan terverifikasi")


@dataclass(frozen=True)
class Counted:
    """A region, and how many KIM and published posts there are at it and below."""

    region: Region
    communities: int
    posts: int


class CountChangeQuerySet(models.QuerySet):
    def fold(self):
        """Add the changes up into the counts; nothing while another process is at it. Returns how many there were."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ALONE])
            if not cursor.fetchone()[0]:
                return 0
            regions, days = (model.adding(model.SPREAD.format(source="taken")) for model in (RegionCount, DayCount))
            cursor.execute(counting.FOLD.format(regions=regions, days=days))
            return cursor.fetchone()[0]


class CountChange(models.Model):
    """Something that began or ceased to count, not yet added up. Keys without constraints: made for being quick."""

    subject = models.CharField(max_length=14, choices=Subject)
    # By the clock of Jakarta, for all regions; empty for what is counted without a day.
    day = models.DateField(null=True)
    sector = models.BigIntegerField(null=True)
    province = models.IntegerField(null=True)
    regency = models.IntegerField(null=True)
    district = models.IntegerField(null=True)
    village = models.IntegerField(null=True)
    amount = models.BigIntegerField()

    objects = CountChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=[*place, "subject"], name=f"change_{''.join(place) or 'any'}")
            for place in ([], ["province"], ["regency"], ["district"], ["village"])
        ]

    def __str__(self):
        return f"{self.subject} {self.amount:+}"


class CountQuerySet(models.QuerySet):
    def lacking(self):
        """`[(*key, amount)]` of each count that is not what the facts say, and what it lacks, which may be negative."""
        with connection.cursor() as cursor:
            cursor.execute(self.model.lacking())
            return cursor.fetchall()

    def mend(self):
        """Give each count what it lacks, beside whoever makes something count. Returns how many lacked something."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALONE])
            cursor.execute(self.model.adding(self.model.lacking()))
            return cursor.rowcount


class Count(models.Model):
    """How many of a subject there are at a region and all below: of one sector, or without a sector of all."""

    # The columns that tell one count from another, and what spreads changes over them.
    KEY, SPREAD = NotImplemented, NotImplemented

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=14, choices=Subject)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+", null=True, db_index=False)
    amount = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.region_id} {self.subject} {self.amount}"

    @classmethod
    def adding(cls, rows):
        """The statement that adds these rows to the table."""
        return counting.ADD.format(table=cls._meta.db_table, key=cls.KEY, rows=rows)

    @classmethod
    def lacking(cls):
        """The statement that tells what each count lacks."""
        sides = {"facts": "monitoring_facts() fact", "pending": "monitoring_countchange"}
        spread = {side: cls.SPREAD.format(source=source) for side, source in sides.items()}
        return counting.LACKING.format(table=cls._meta.db_table, key=cls.KEY, **spread)


class RegionCountQuerySet(CountQuerySet):
    def of_what_is_read(self):
        """Where there was a KIM or a post to read when the changes were last folded."""
        return self.filter(subject__in=[Subject.COMMUNITY, Subject.POST], sector=None, amount__gt=0)

    def asking(self, regions):
        """The question whose rows `counted` takes."""
        asking = counting.asking_for(regions, "region, subject", [Subject.COMMUNITY, Subject.POST])
        return asking.in_arrays("region", "subject", "sum")

    def counted(self, regions, rows=None):
        """Each of these regions as a `Counted`, in their order: one query, but for rows that were asked already."""
        [arrays] = self.asking(regions).rows() if rows is None else rows
        numbers = Counter({(key, subject): number for key, subject, number in zip(*arrays, strict=True)})
        return [
            Counted(region, numbers[region.pk, Subject.COMMUNITY], numbers[region.pk, Subject.POST])
            for region in regions
        ]

    def totals(self, regions, subjects, *, sector=None):
        """`{(key of a region, subject): number}` of all of these: one query."""
        numbers = dict.fromkeys(product((region.pk for region in regions), subjects), 0)
        rows = counting.read(regions, "region, subject", subjects, sector=sector)
        return numbers | {(region, subject): number for region, subject, number in rows}


class RegionCount(Count):
    KEY, SPREAD = "region_id, subject, sector_id", counting.PER_REGION

    objects = RegionCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "subject", "sector"], name="region_count_once", nulls_distinct=False
            )
        ]


class DayCountQuerySet(CountQuerySet):
    def sums(self, regions, subject, *, sector=None, since=None, until=None):
        """`{key of a region: number}` of the days from `since` to `until`, both included, or of all: one query."""
        ever = since is None and until is None
        days = {} if ever else {"since": since, "until": until, "by_day": True}
        rows = counting.read(regions, "region", [subject], sector=sector, **days)
        return dict.fromkeys((region.pk for region in regions), 0) | dict(rows)

    def per_day(self, region, subject, *, sector=None, since, until):
        """`{day: number}` of each day from `since` to `until`, both included: one query."""
        days = {since + timedelta(days=number): 0 for number in range((until - since).days + 1)}
        return days | dict(
            counting.read([region], "day", [subject], sector=sector, since=since, until=until, by_day=True)
        )

    def since_each(self, regions, subjects, starts, *, sector=None):
        """`{(key of a region, subject): [number since each of the starts, days]}`: one query."""
        numbers = {key: [0] * len(starts) for key in product((region.pk for region in regions), subjects)}
        days = {"since": min(starts), "by_day": True, "starts": starts}
        rows = counting.read(regions, "region, subject", subjects, sector=sector, **days)
        return numbers | {(region, subject): found for region, subject, *found in rows}

    def since_each_and_daily(self, regions, subjects, starts, *, since):
        """`since_each`, and `{day: number}` of the first subject at the first region from `since`: one query."""
        region, subject = regions[0], subjects[0]
        daily = f"CASE WHEN region = {region.pk} AND subject = '{subject}' THEN day END"
        days = {"since": min(since, *starts), "by_day": True, "starts": [*starts, date.min]}
        numbers = {key: [0] * len(starts) for key in product((each.pk for each in regions), subjects)}
        per_day = {}
        for pk, told, day, *found, ever in counting.read(regions, f"region, subject, {daily}", subjects, **days):
            numbers[pk, told] = [known + more for known, more in zip(numbers[pk, told], found, strict=True)]
            if day:
                per_day[day] = ever
        return numbers, per_day

    def per_sector(self, region, subject, *, since, until=None):
        """`{key of a sector: number}` of the days from `since` to `until`, those without any left out: one query."""
        days = {"since": since, "until": until, "by_day": True}
        return dict(counting.read([region], "sector", [subject], sector=counting.ALL_SECTORS, **days))


class DayCount(Count):
    """Of one day; not of villages, for which the facts themselves are as quick."""

    KEY, SPREAD = "region_id, subject, sector_id, day", counting.PER_DAY

    day = models.DateField()

    objects = DayCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "subject", "sector", "day"], name="day_count_once", nulls_distinct=False
            )
        ]
