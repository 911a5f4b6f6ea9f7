"""What a report counts. One definition each: the same condition makes a number, and the list of rows behind it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.aggregates import Aggregate
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from activities.models import Channel, Photo, Post, Redissemination
from aspirations.models import Aspiration, AspirationStep
from bulletins.models import Delivery
from communities.models import CoachingEvent, Membership


@dataclass(frozen=True)
class Figure:
    """A number of a KIM in a period: of the rows of its source that meet `narrowing`, how many, or a sum of them."""

    word: str
    label: str
    narrowing: Callable = lambda period: Q()
    counted: Callable = lambda period, narrowing: Count("pk", filter=narrowing)

    def aggregate(self, period) -> Aggregate:
        return self.counted(period, self.narrowing(period))


@dataclass(frozen=True)
class Source:
    """Rows of one table that belong to KIM, in a period, and the figures counted from them.

    `community` is the path to the KIM, `order` what the list of rows is paged by.
    """

    rows: Callable
    figures: list[Figure]
    community: str = "community"
    order: str = "-id"

    def of(self, communities, period) -> QuerySet:
        return self.rows(period).filter(**{f"{self.community}__in": communities})

    def behind(self, figure, communities, period) -> QuerySet:
        """The rows that a figure counts."""
        return self.of(communities, period).filter(figure.narrowing(period))

    def numbers(self, communities, period):
        """`{key of a KIM: {word of a figure: number}}`, without those that have no row: one query."""
        aggregates = {figure.word: figure.aggregate(period) for figure in self.figures}
        grouped = self.of(communities, period).order_by().values(kim=F(self.community)).annotate(**aggregates)
        return {row.pop("kim"): {word: number or 0 for word, number in row.items()} for row in grouped}


def numbers_of(communities, period):
    """`{key of a KIM: {word of a figure: number}}`, 0 for all that has no rows: one query a source."""
    numbers = defaultdict(lambda: dict.fromkeys(FIGURES, 0))
    for source in SOURCES:
        for kim, counted in source.numbers(communities, period).items():
            numbers[kim] |= counted
    return numbers


def months(period, narrowing):
    return Count(TruncMonth("published_at", tzinfo=period.place.zone), filter=narrowing, distinct=True)


def summed(column):
    return lambda period, narrowing: Sum(column, filter=narrowing)


def always(condition):
    return lambda period: condition


# The rows


def posts(period):
    return Post.objects.published().filter(**period.moments("published_at"))


def photos(period):
    return Photo.objects.shown().filter(**period.moments("post__published_at"))


def deliveries(period):
    return Delivery.objects.filter(**period.moments("created_at"))


def redisseminations(period):
    """How what came in the period was passed on, whenever that was; not what an officer refused."""
    came = deliveries(period).filter(bulletin=OuterRef("bulletin"), community=OuterRef("community"))
    return Redissemination.objects.filter(Exists(came), refusal="")


def aspirations(period):
    """What came to a KIM, also what its office has by now; not what went straight to the office."""
    steps = AspirationStep.objects.filter(aspiration=OuterRef("pk"))
    handed_on = steps.filter(deed=AspirationStep.Deed.FORWARD).order_by("at").values("at")[:1]
    came = Aspiration.objects.filter(Exists(steps.filter(to=Aspiration.Status.RECEIVED)))
    return came.filter(**period.moments("published_at")).annotate(handed_on_at=Subquery(handed_on))


def visits(period):
    """A row for each KIM that was at a coaching event."""
    return CoachingEvent.communities.through.objects.filter(**period.days("coachingevent__held_on"))


def people(period):
    """Who was a member on some day of the period."""
    there = Membership.objects.belonging().filter(joined_on__lte=period.last)
    return there.filter(Q(left_on=None) | Q(left_on__gte=period.first))


# The figures

IN_TERM = Q(handed_on_at__lte=F("published_at") + Aspiration.KIM_TIME)

SOURCES = [
    Source(
        posts,
        [
            Figure("kegiatan", _("kegiatan")),
            *(Figure(type_.value, type_.label, always(Q(type=type_))) for type_ in Post.Type),
            *(Figure(duty.value, duty.label, always(Q(duties__contains=[duty]))) for duty in Post.Duty),
            Figure("peserta", _("peserta"), always(Q(participants__gt=0)), summed("participants")),
            Figure("bulan", _("bulan aktif"), counted=months),
            Figure("dipakai", _("diambil dari KIM lain"), always(Q(origin__isnull=False))),
        ],
        order="-published_at",
    ),
    Source(photos, [Figure("foto", _("foto"))], community="post__community"),
    Source(
        deliveries,
        [
            Figure("diterima", _("diterima")),
            Figure("dibuka", _("dibuka"), always(Q(opened_at__isnull=False))),
            Figure("disebarkan", _("disebarkan"), always(Q(passed_on_at__isnull=False))),
            Figure("diakui", _("jangkauan menurut KIM"), always(Q(reach_claimed__gt=0)), summed("reach_claimed")),
            Figure(
                "terverifikasi", _("jangkauan terverifikasi"), always(Q(reach_verified__gt=0)), summed("reach_verified")
            ),
        ],
    ),
    Source(
        redisseminations,
        [Figure(f"lewat_{channel.value}", channel.label, always(Q(channel=channel))) for channel in Channel],
    ),
    Source(
        aspirations,
        [
            Figure("usulan", _("diterima KIM")),
            Figure("diteruskan", _("diteruskan KIM"), always(Q(handed_on_at__isnull=False))),
            Figure("tepat_waktu", _("diteruskan dalam 7 hari"), always(IN_TERM)),
            Figure("dijawab", _("sudah dijawab"), always(Q(answered_at__isnull=False))),
        ],
        order="-published_at",
    ),
    Source(visits, [Figure("pembinaan", _("pembinaan yang diikuti"))]),
    Source(
        people,
        [
            Figure(
                "anggota",
                _("anggota pada akhir masa ini"),
                lambda period: Q(left_on=None) | Q(left_on__gt=period.last),
            ),
            Figure("masuk", _("bergabung"), lambda period: Q(**period.days("joined_on"))),
            Figure("keluar", _("keluar"), lambda period: Q(**period.days("left_on"))),
        ],
        order="name",
    ),
]
FIGURES = {figure.word: (source, figure) for source in SOURCES for figure in source.figures}


@dataclass(frozen=True)
class Part:
    """A part of a report: figures that stand under one heading, whatever table they come from."""

    label: str
    words: list[str]
    about: str = ""


PARTS = [
    Part(
        _("Kegiatan yang terbit"),
        ["kegiatan", "peserta", "foto", "bulan", "dipakai"],
        _("Dihitung menurut tanggal terbit."),
    ),
    Part(_("Kegiatan menurut jenis"), Post.Type.values),
    Part(
        _("Kegiatan menurut tugas KIM (ADINDA)"),
        Post.Duty.values,
        _("Satu kegiatan dapat menjalankan beberapa tugas, atau tidak menyebutnya."),
    ),
    Part(
        _("Informasi pemerintah"),
        ["diterima", "dibuka", "disebarkan", "diakui", "terverifikasi"],
        _("Yang datang pada masa ini. Kedua jangkauan tidak pernah dijumlahkan."),
    ),
    Part(
        _("Cara menyebarkannya"),
        [f"lewat_{channel}" for channel in Channel],
        _("Satu informasi dapat disebarkan dengan beberapa cara."),
    ),
    Part(_("Usulan warga lewat KIM"), ["usulan", "diteruskan", "tepat_waktu", "dijawab"]),
    Part(_("Pembinaan"), ["pembinaan"]),
    Part(_("Anggota"), ["anggota", "masuk", "keluar"]),
]
