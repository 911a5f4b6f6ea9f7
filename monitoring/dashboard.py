"""What an officer sees of the own region and its parts: numbers of one moment, each leading to the rows behind it."""

from collections import Counter, defaultdict
from datetime import timedelta
from functools import cached_property
from itertools import compress

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Value
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import OfficerAssignment
from aspirations.models import Aspiration
from aspirations.models.querysets import answer_time
from bulletins.funnel import after_delivery
from bulletins.models import Delivery
from communities.models import Community
from monitoring import desk_lists, waiting
from monitoring.charts import bar_chart, per_week, trend_chart, week_label
from monitoring.measures import villages
from monitoring.models import DayCount, Subject
from monitoring.statistics import PERIODS, WEEKS, YEAR
from monitoring.tables import Column, Table, by_part_each, grouped_by_part
from regions.clocks import today
from regions.models import Region

SUBJECTS = [
    *[Subject.POST, Subject.TARGETED, Subject.OPENED, Subject.PASSED_ON],
    *[Subject.REACH_CLAIMED, Subject.REACH_VERIFIED],
]
# Medians are those of the newest, so that they cost the same however much there is.
MOST_FOR_A_MEDIAN = 10_000
STANDING, THIS_MONTH = "standing", "this_month"


class Dashboard:
    """Four queries, and one for the villages of each region, which a process remembers."""

    def __init__(self, region, parts):
        self.region, self.parts = region, list(parts)
        self.as_of, self.today = timezone.now(), today()
        self.starts = [self.today - timedelta(days=days - 1) for days in PERIODS]
        self.month_ago = self.as_of - timedelta(days=PERIODS[0])
        self.first_week = self.today - timedelta(days=self.today.weekday(), weeks=WEEKS)

    # Numbers, each {key of a region: number}

    @cached_property
    def counted(self):
        regions = [self.region, *self.parts]
        return DayCount.objects.since_each_and_daily(regions, SUBJECTS, self.starts, since=self.first_week)

    def of(self, subject, period=YEAR):
        numbers, _per_day = self.counted
        return {place.pk: numbers[place.pk, subject][period] for place in [self.region, *self.parts]}

    @cached_property
    def communities(self):
        """By status, and of those that stand by activity and by what their data need."""
        kinds = [*Community.Activity, Community.Attention.UNCONFIRMED, Community.Attention.OLD_DATA]
        conditions = {kind.name: kind.condition(Community) for kind in kinds}
        conditions[THIS_MONTH] = Q(last_post_at__gte=self.month_ago)
        flags = {name: ExpressionWrapper(told, BooleanField()) for name, told in conditions.items()}
        found = defaultdict(Counter)
        for part, status, *marks, number in grouped_by_part(Community.objects.all(), self.region, "status", **flags):
            standing = [STANDING, *compress(flags, marks)] if status in Community.STANDING_STATUSES else []
            for name in [status, *standing]:
                found[name][self.region.pk] += number
                found[name][part] += number * (part != self.region.pk)
        return found

    @cached_property
    def now(self):
        """`({word: numbers}, {word: the oldest moment})` of what waits, is late or is lacking at this moment."""
        standing = Community.objects.registered()
        rows = {kind.word: kind.rows() for kind in waiting.KINDS} | {
            "terbuka": Aspiration.objects.public().going_on(),
            "lewat": Aspiration.objects.public().overdue(),
            "berakhir": Community.objects.needing(Community.Attention.EXPIRING),
            "dilayani": standing.filter(village__isnull=False),
        }
        if self.region.level < Region.Level.REGENCY:
            rows["tanpa-petugas"] = without_officer()
        each = {kind.word: kind.each for kind in waiting.KINDS if kind.each}
        each["dilayani"] = Count("village", distinct=True)
        return by_part_each(rows, self.region, each, {kind.word: kind.since for kind in waiting.KINDS})

    @cached_property
    def villages_without(self):
        number_of = villages([self.region, *self.parts])
        served = self.now[0]["dilayani"]
        return {pk: max(number - served.get(pk, 0), 0) for pk, number in number_of.items()}

    @cached_property
    def medians(self):
        """How long until a delivery is opened and passed on, and an aspiration answered; None of nothing."""
        deliveries = Delivery.objects.within(self.region).order_by("-bulletin", "-pk")[:MOST_FOR_A_MEDIAN]
        seen = Aspiration.objects.within(self.region).public().newest_answered()[:MOST_FOR_A_MEDIAN]
        some = Delivery.objects.filter(pk__in=deliveries.values("pk"))
        medians = [
            median(some, "opened", after_delivery("opened_at")),
            median(some, "passed_on", after_delivery("passed_on_at")),
            median(Aspiration.objects.filter(pk__in=seen.values("pk")), "answered", answer_time()),
        ]
        return dict(medians[0].union(*medians[1:], all=True))

    # What is shown

    @cached_property
    def columns(self):
        return [*self.of_communities, *self.of_posts, *self.of_bulletins, *self.of_this_moment]

    @property
    def of_communities(self):
        yield Column("kim", _("KIM berdiri"), self.communities[STANDING], desk_lists.communities(berdiri="ya"))
        month = desk_lists.communities(berdiri="ya", last_post_at__gte=self.month_ago.isoformat())
        yield Column("aktif-30", _("KIM aktif 30 hari"), self.communities[THIS_MONTH], month)
        active = desk_lists.communities(berdiri="ya", keaktifan=Community.Activity.ACTIVE)
        yield Column("aktif-90", _("KIM aktif 90 hari"), self.communities[Community.Activity.ACTIVE.name], active)
        yield Column("tanpa-kim", _("desa tanpa KIM"), self.villages_without, desk_lists.lacking("kim"))

    @property
    def of_posts(self):
        for period, (days, first) in enumerate(zip(PERIODS, self.starts, strict=True)):
            url = desk_lists.posts(status__exact="published", published_at__gte=desk_lists.start(first))
            label = _("kegiatan %(days)s hari") % {"days": days}
            yield Column(f"kegiatan-{days}", label, self.of(Subject.POST, period), url)

    @property
    def of_bulletins(self):
        """From received to reached; what KIM claim and what officers verified stand side by side, never added."""
        came = {"created_at__gte": desk_lists.start(self.starts[YEAR])}
        for subject, word, label in [
            (Subject.TARGETED, "", _("informasi diterima")),
            (Subject.OPENED, "dibuka", _("dibuka")),
            (Subject.PASSED_ON, "disebarkan", _("disebarkan")),
            (Subject.REACH_CLAIMED, "diakui", _("jangkauan diakui")),
            (Subject.REACH_VERIFIED, "terverifikasi", _("jangkauan terverifikasi")),
        ]:
            stage = {"tahap": word} if word else {}
            yield Column(word or "diterima", label, self.of(subject), desk_lists.deliveries(**stage, **came))

    @property
    def of_this_moment(self):
        now, _oldest = self.now
        yield Column("terbuka", _("usulan terbuka"), now["terbuka"], desk_lists.aspirations(keadaan="terbuka"))
        yield Column("lewat", _("lewat tenggat"), now["lewat"], desk_lists.aspirations(keadaan="lewat-tenggat"))
        for kind in waiting.KINDS:
            yield Column(kind.word, kind.label, now[kind.word], kind.url)
        if "tanpa-petugas" in now:
            label = _("wilayah tanpa petugas")
            yield Column("tanpa-petugas", label, now["tanpa-petugas"], desk_lists.lacking("petugas"))

    @cached_property
    def table(self):
        return Table(self.region, self.parts, self.columns)

    @cached_property
    def headlines(self):
        """`(word, label, number, URL)` of the region, but what waits for officers."""
        waits = {kind.word for kind in waiting.KINDS}
        here = zip(self.columns, self.table.total.cells, strict=True)
        return [(column.word, column.label, *cell) for column, cell in here if column.word not in waits]

    @property
    def waits(self):
        """`(word, label, number, URL, days that the oldest has waited or None)` of what waits for officers."""
        now, oldest = self.now
        for kind in waiting.KINDS:
            since, number = oldest[kind.word], now[kind.word][self.region.pk]
            days = since and (self.as_of - since).days
            yield kind.word, kind.label, number, kind.url(self.region.code), days

    @property
    def charts(self):
        """Of the KIM: by status, by activity, by what their data need."""
        statuses = [status for status in Community.Status if status != Community.Status.DRAFT]  # drafts are the chair's
        needs = [Community.Attention.EXPIRING, Community.Attention.UNCONFIRMED, Community.Attention.OLD_DATA]
        activities = [self.kim(one, one.name, berdiri="ya", keaktifan=one) for one in Community.Activity]
        return [
            bar_chart(_("KIM menurut keadaan"), [self.kim(one, one, status__exact=one) for one in statuses], _("KIM")),
            bar_chart(_("KIM berdiri menurut keaktifan"), activities, _("KIM")),
            bar_chart(_("Data yang perlu diperbarui"), [self.kim(one, one.name, perlu=one) for one in needs], _("KIM")),
        ]

    def kim(self, choice, name, **facts):
        numbers = self.now[0]["berakhir"] if name == Community.Attention.EXPIRING.name else self.communities[name]
        number = numbers[self.region.pk]
        return capfirst(choice.label), number, desk_lists.communities(**facts)(self.region.code) if number else ""

    @cached_property
    def trend(self):
        """Posts of each week of the last year."""
        _numbers, per_day = self.counted
        told = [
            (week_label(monday), number, desk_lists.posts_of_week(monday)(self.region.code) if number else "")
            for monday, number in per_week(per_day, self.first_week, self.today)
        ]
        return trend_chart(_("Kegiatan per pekan"), told, _("kegiatan"))


def without_officer():
    """Provinces and regencies where nobody is appointed today."""
    appointed = OfficerAssignment.objects.current().filter(user__is_active=True).values("region")
    levels = [Region.Level.PROVINCE, Region.Level.REGENCY]
    return Region.objects.current().filter(level__in=levels).exclude(pk__in=appointed)


def without_kim():
    """Villages and kelurahan in which no KIM stands."""
    served = Community.objects.registered().filter(village__isnull=False).values("village")
    return Region.objects.current().filter(level=Region.Level.VILLAGE).exclude(pk__in=served)


def median(rows, word, time):
    return rows.order_by().annotate(word=Value(word)).values("word").annotate(time=time).values_list("word", "time")
