"""The public numbers of a region and its parts, all of one moment that stands beside them."""

from datetime import timedelta
from functools import cached_property

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.place_filter import ITSELF
from aspirations.models import Aspiration
from communities.models import Community, Sector
from monitoring.charts import bar_chart, per_week, trend_chart, week_label
from monitoring.models import DayCount, Subject
from monitoring.tables import Column, Table, by_part
from pages.row_urls import page_url, row_url
from regions.clocks import how_long, today
from regions.models import Region

PERIODS = (30, 90, 365)
YEAR = PERIODS.index(365)
WEEKS = 52
SUBJECTS = [Subject.POST, Subject.PASSED_ON, Subject.REACH_CLAIMED, Subject.REACH_VERIFIED, Subject.ANSWERED]


def statistics_url(region, query=""):
    """Where the numbers of a region are."""
    if region.level == Region.Level.NATION:
        return page_url("monitoring:statistics") + query
    return row_url("monitoring:statistics_of", f"{region.code}-{region.slug}") + query


class Statistics:
    """What happened at a region and below, of one sector or all; without its parts the numbers of the region alone."""

    def __init__(self, region, parts=(), sector=None):
        self.region, self.parts, self.sector = region, list(parts), sector
        self.as_of, self.today = timezone.now(), today()
        self.starts = [self.today - timedelta(days=days - 1) for days in PERIODS]

    # Numbers

    @cached_property
    def counts(self):
        """`{(key of a region, subject): [number of the last 30, 90, 365 days]}`; posts are of the chosen sector."""
        regions = [self.region, *self.parts]
        counts = DayCount.objects.since_each(regions, SUBJECTS, self.starts)
        if self.sector:
            counts |= DayCount.objects.since_each(regions, [Subject.POST], self.starts, sector=self.sector)
        return counts

    def of(self, subject):
        """How many there were of it in the last year."""
        return self.counts[self.region.pk, subject][YEAR]

    @cached_property
    def communities(self):
        """`{key of a region: number}` of those that stand, and of the active ones among them."""
        active = Community.Activity.ACTIVE.condition(Community)
        numbers = {"standing": Count("pk"), "active": Count("pk", filter=active)}
        return by_part(Community.objects.registered(), self.region, **numbers)

    @cached_property
    def open(self):
        """`{key of a region: number}` of aspirations that somebody has to do something about."""
        return by_part(Aspiration.objects.public().going_on(), self.region, number=Count("pk"))["number"]

    @cached_property
    def numbers(self):
        """`(word, label, number, where its rows are)` of the region, for `monitoring/_numbers.html`."""
        here = self.region.pk
        posts = self.counts[here, Subject.POST]
        answered = Aspiration.objects.within(self.region).public().median_time_to_answer(self.starts[YEAR])
        return [
            ("kim", _("KIM terdaftar"), self.communities["standing"][here], self.list_url("communities:list")),
            (
                "kim-aktif",
                _("KIM aktif (90 hari)"),
                self.communities["active"][here],
                self.active_url(self.region.code),
            ),
            *(
                (f"kegiatan-{length}", self.posts_label(length), number, self.posts_url(self.region.code, start))
                for length, number, start in zip(PERIODS, posts, self.starts, strict=True)
            ),
            ("informasi", _("informasi disebarkan KIM"), self.of(Subject.PASSED_ON), self.list_url("bulletins:list")),
            ("jangkauan-diakui", _("orang dijangkau, menurut KIM"), self.of(Subject.REACH_CLAIMED), ""),
            ("jangkauan-terverifikasi", _("orang dijangkau, diperiksa petugas"), self.of(Subject.REACH_VERIFIED), ""),
            ("usulan-terbuka", _("usulan terbuka"), self.open[here], self.open_url(self.region.code)),
            ("usulan-dijawab", _("usulan dijawab"), self.of(Subject.ANSWERED), ""),
            ("median", _("usulan dijawab setelah (median)"), how_long(answered), ""),
        ]

    # Charts

    @cached_property
    def trend(self):
        """Posts of each week of the last year."""
        first = self.today - timedelta(days=self.today.weekday(), weeks=WEEKS)
        days = DayCount.objects.per_day(self.region, Subject.POST, sector=self.sector, since=first, until=self.today)
        rows = [
            (week_label(monday), number, self.posts_url(self.region.code, monday, monday + timedelta(days=6)))
            for monday, number in per_week(days, first, self.today)
        ]
        return trend_chart(_("Kegiatan per pekan"), rows, _("kegiatan"))

    @cached_property
    def by_sector(self):
        """Posts of each sector in the last year, the most first."""
        start = self.starts[YEAR]
        numbers = DayCount.objects.per_sector(self.region, Subject.POST, since=start)
        rows = [
            (str(sector), numbers.get(sector.pk, 0), self.posts_url(self.region.code, start, sector=sector))
            for sector in Sector.objects.all()
        ]
        return bar_chart(_("Kegiatan menurut bidang"), sorted(rows, key=lambda row: -row[1]), _("kegiatan"))

    # Parts

    @cached_property
    def table(self):
        of_posts = [self.of_parts(Subject.POST, period) for period in range(len(PERIODS))]
        return Table(
            self.region,
            self.parts,
            [
                Column(
                    "kim",
                    _("KIM terdaftar"),
                    self.communities["standing"],
                    lambda place: listed("communities:list", place),
                ),
                Column("kim-aktif", _("KIM aktif"), self.communities["active"], self.active_url),
                *(
                    Column(
                        f"kegiatan-{length}",
                        self.posts_label(length),
                        numbers,
                        lambda place, start=start: self.posts_url(place, start),
                    )
                    for length, numbers, start in zip(PERIODS, of_posts, self.starts, strict=True)
                ),
                Column("informasi", _("informasi disebarkan"), self.of_parts(Subject.PASSED_ON, YEAR)),
                Column("usulan-terbuka", _("usulan terbuka"), self.open, self.open_url),
                Column("usulan-dijawab", _("usulan dijawab"), self.of_parts(Subject.ANSWERED, YEAR)),
            ],
        )

    def of_parts(self, subject, period):
        return {place.pk: self.counts[place.pk, subject][period] for place in [self.region, *self.parts]}

    # Words and URLs

    @staticmethod
    def posts_label(length):
        return _("kegiatan %(days)s hari") % {"days": length}

    def list_url(self, name):
        return listed(name, self.region.code)

    @staticmethod
    def active_url(place):
        return listed("communities:list", place, keaktifan=Community.Activity.ACTIVE)

    @staticmethod
    def open_url(place):
        return listed("aspirations:list", place, status="terbuka")

    def posts_url(self, place, since, until=None, sector=None):
        sector = sector or self.sector
        facts = {"bidang": sector.slug} if sector else {}
        facts |= {"sejak": since.isoformat()} | ({"sampai": until.isoformat()} if until else {})
        return listed("activities:list", place, **facts)


def listed(name, place, **facts):
    """The public list of a place; nothing for what lies in none of its parts, which no list can tell apart."""
    return "" if place.endswith(ITSELF) else f"{reverse(name)}?{urlencode({'wilayah': place} | facts)}"
