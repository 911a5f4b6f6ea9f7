"""What is counted of each KIM over a period: raw facts, each a named number that can show the rows behind it.

A `Source` is one table: which of its rows count in a period, and how they lead to their KIM. Its facts are computed by
one grouped query for a batch of KIM, and the rows behind a fact are the same rows of one KIM: a number has one
definition.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, Sum, Value, When, Window
from django.db.models.functions import RowNumber, TruncDate, TruncMonth
from django.utils.translation import gettext_lazy as _

from activities.models import Photo, Post, Redissemination
from activities.models.redissemination import OFFLINE
from activities.types import Duty, Type
from aspirations.models import AspirationStep
from bulletins.funnel import after_delivery
from bulletins.models import Bulletin, Delivery
from communities.models import CoachingEvent, Community, Position
from regions.clocks import WESTERNMOST

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Period:
    """From one moment until before another, by the clock of Jakarta; of one type at most so many posts count a day."""

    since: datetime
    until: datetime
    most_a_day: int

    @property
    def last_day(self):
        return (self.until - timedelta(microseconds=1)).astimezone(WESTERNMOST).date()

    @property
    def first_day(self):
        return self.since.astimezone(WESTERNMOST).date()

    def within(self, column):
        """That a moment of a row lies in it."""
        return Q(**{f"{column}__gte": self.since, f"{column}__lt": self.until})


class Told(NamedTuple):
    """What a page says of a row behind a number: what it is called, where it is read, when it was."""

    label: str
    url: str
    at: datetime | date | None


@dataclass(frozen=True)
class Fact:
    """A number per KIM: `word` in formulas, `label` and `explanation` for people.

    `number(condition)` makes an aggregate over the rows of its source; `only`, a condition or a function of the period
    that makes one, says which of these rows stand behind it.
    """

    word: str
    label: str
    explanation: str
    number: Callable
    only: Q | Callable = field(default_factory=Q)

    def condition(self, period):
        return self.only(period) if callable(self.only) else self.only

    def aggregate(self, period):
        return self.number(self.condition(period))

    def behind(self, period, community):
        """The rows that this number of one KIM is made of."""
        source = SOURCE_OF[self.word]
        rows = source.of([community.pk], period).filter(self.condition(period))
        return (rows.select_related(*source.related) if source.related else rows).order_by("-pk")

    def told(self, row):
        return Told(*SOURCE_OF[self.word].told(row))


@dataclass(frozen=True)
class Source:
    """The rows of one table that count: `rows(period, keys)`, the path to their KIM, and what is told of a row."""

    rows: Callable
    kim: str
    told: Callable
    facts: list[Fact]
    related: tuple = ()

    def of(self, keys, period):
        return self.rows(period, keys).filter(**{f"{self.kim}__in": keys})

    def numbers(self, period, keys):
        """`(key of a KIM, number, number, ...)` of those that have any rows, in the order of the facts: one query."""
        aggregates = {f"fact_{fact.word}": fact.aggregate(period) for fact in self.facts}
        return (
            self.of(keys, period).order_by().values(self.kim).annotate(**aggregates).values_list(self.kim, *aggregates)
        )


def numbers_of(period, keys):
    """`{key of a KIM: {word: Decimal}}` with every fact for every one of these keys: one query for each source."""
    found = {key: dict.fromkeys(FACTS, Decimal(0)) for key in keys}
    for source in SOURCES:
        words = [fact.word for fact in source.facts]
        for key, *numbers in source.numbers(period, keys):
            found[key].update(zip(words, map(plain_number, numbers), strict=True))
    return found


def plain_number(number):
    """As a Decimal of two places at most; hours of a span of time, nothing for None."""
    if number is None:
        return Decimal(0)
    if isinstance(number, timedelta):
        number = Decimal(number // timedelta(microseconds=1)) / 3_600_000_000
    return Decimal(number).quantize(CENTS, rounding=ROUND_HALF_EVEN)


# Which rows


def communities(period, keys):
    return Community.objects.all()


def posts(period, keys):
    """Published in the period and standing as they were meant; of one KIM and type the first few of each day."""
    standing = Post.objects.published().without_warning().filter(period.within("published_at"), community__in=keys)
    day = [F("community"), F("type"), TruncDate("published_at", tzinfo=WESTERNMOST)]
    nth = Window(RowNumber(), partition_by=day, order_by=["published_at", "pk"])
    counted = standing.annotate(nth=nth).filter(nth__lte=period.most_a_day)
    return Post.objects.filter(pk__in=counted.values("pk"))


def taken_off(period, keys):
    return Post.objects.filter(period.within("published_at"), status=Post.Status.HIDDEN)


def adaptations(period, keys):
    return Post.objects.adaptations().without_warning().filter(period.within("published_at"))


def deliveries(period, keys):
    return Delivery.objects.filter(period.within("created_at")).exclude(bulletin__status=Bulletin.Status.RECALLED)


def verified_acts(period, keys):
    """What an officer found true of how bulletins were passed on beyond the portal."""
    acts = Redissemination.objects.filter(channel__in=OFFLINE, verified_people__gt=0)
    return acts.filter(happened_on__range=(period.first_day, period.last_day)).exclude(
        bulletin__status=Bulletin.Status.RECALLED
    )


def aspiration_steps(period, keys):
    return AspirationStep.objects.filter(period.within("at"), deed__in=["forward", "pass_silent_kim"])


def coaching(period, keys):
    return CoachingEvent.objects.filter(held_on__range=(period.first_day, period.last_day))


# What is told of a row


def community_told(community):
    return community.name, community.get_absolute_url(), community.confirmed_at


def post_told(post):
    return post.title, post.get_absolute_url(), post.published_at


def hidden_told(post):
    """Nobody reads it any more."""
    return post.title, "", post.published_at


def delivery_told(delivery):
    return delivery.bulletin.title, delivery.bulletin.get_absolute_url(), delivery.created_at


def act_told(act):
    facts = {"way": act.get_channel_display(), "title": act.bulletin.title, "people": act.verified_people}
    label = _("%(title)s: %(way)s, %(people)s orang") % facts
    return label, act.bulletin.get_absolute_url(), act.happened_on


def step_told(step):
    """By its code alone: what it says may not be for everyone."""
    aspiration = step.aspiration
    return aspiration.code, aspiration.get_absolute_url() if aspiration.is_public else "", step.at


def coaching_told(event):
    return event.title, "", event.held_on


# Which numbers


def how_many(condition):
    return Count("pk", filter=condition)


def yes(condition):
    """1 where it is so, else 0."""
    return Max(Case(When(condition, then=1), default=0, output_field=IntegerField()))


def how_complete(condition):
    """How many of these are filled in, from 0 to 6."""
    filled = [
        ~Q(about=""),
        Q(founded_on__isnull=False),
        ~Q(address=""),
        ~Q(contact_phone="") | ~Q(contact_email=""),
        Exists(Community.sectors.through.objects.filter(community=OuterRef("pk"))),
        Exists(Position.objects.filter(community=OuterRef("pk"), ends_on=None)),
    ]
    return sum((yes(part) for part in filled), Value(0))


def fresh(period):
    return Q(confirmed_at__gte=period.until - timedelta(days=Community.CONFIRMED_DAYS))


def decree_holds(period):
    day = period.last_day
    return Q(decree__issued_on__lte=day) & (Q(decree__ends_on=None) | Q(decree__ends_on__gte=day))


def months(condition):
    return Count(TruncMonth("published_at", tzinfo=WESTERNMOST), distinct=True, filter=condition)


def duties(condition):
    """How many of the six duties any of the posts was about."""
    return sum((yes(Q(duties__contains=[duty])) for duty in Duty.values), Value(0))


def hours(condition):
    return after_delivery("passed_on_at")


def people(condition):
    return Sum("verified_people", filter=condition)


def with_worded_photo(period):
    return Q(Exists(Photo.objects.filter(post=OuterRef("pk"), is_hidden=False, is_aside=False).exclude(alt="")))


WITH_SOURCE = ~Q(source_name="") | ~Q(source_url="") | Q(bulletin__isnull=False)
SOON = Q(passed_on_at__lte=F("created_at") + timedelta(days=1))

TYPES = {
    Type.BERITA: _("berita yang terbit"),
    Type.GALERI: _("galeri yang terbit"),
    Type.PENGUMUMAN: _("pengumuman yang terbit"),
    Type.AGENDA: _("agenda yang terbit"),
    Type.KLARIFIKASI: _("klarifikasi yang terbit"),
    Type.POTENSI: _("potensi yang terbit"),
}
A_DAY = _("Dalam satu hari hanya beberapa yang pertama dihitung; banyaknya tertulis pada aturan.")

SOURCES = [
    Source(communities, "pk", community_told, [
        Fact("data_lengkap", _("data yang terisi"), _(
            "Dari enam: tentang KIM, tahun berdiri, alamat, kontak, bidang, dan pengurus."
        ), how_complete),
        Fact("data_segar", _("data dikonfirmasi"), _(
            "1 bila data KIM dikonfirmasi dalam setahun sebelum masa penilaian berakhir, selain itu 0."
        ), yes, fresh),
        Fact("sk_berlaku", _("SK berlaku"), _(
            "1 bila SK berlaku pada hari terakhir masa penilaian, selain itu 0."
        ), yes, decree_holds),
    ]),
    Source(posts, "community", post_told, [
        Fact("bulan_aktif", _("bulan dengan kegiatan"), _("Dalam berapa bulan ada kegiatan yang terbit."), months),
        Fact("tugas_adinda", _("tugas ADINDA yang dijalankan"), _(
            "Berapa dari enam tugas KIM yang tampak pada kegiatannya."
        ), duties, ~Q(duties=[])),
        Fact("kegiatan", _("kegiatan yang terbit"), A_DAY, how_many),
        *(Fact(type_.value, label, A_DAY, how_many, Q(type=type_)) for type_, label in TYPES.items()),
        Fact("foto_berketerangan", _("kegiatan dengan foto berketerangan"), _(
            "Kegiatan yang fotonya dijelaskan bagi yang tidak melihatnya."
        ), how_many, with_worded_photo),
        Fact("bersumber", _("kegiatan yang menyebut sumber resmi"), _(
            "Kegiatan yang menyebut sumber resmi atau meneruskan informasi pemerintah."
        ), how_many, WITH_SOURCE),
    ]),
    Source(taken_off, "community", hidden_told, [
        Fact("disembunyikan", _("kegiatan yang disembunyikan"), _(
            "Kegiatan dari masa penilaian yang disembunyikan petugas."
        ), how_many),
    ]),
    Source(adaptations, "origin__community", post_told, [
        Fact("diambil_kim_lain", _("dipakai KIM lain"), _(
            "Berapa kali KIM lain memakai kegiatannya; setiap kegiatan satu kali untuk setiap KIM."
        ), how_many),
    ]),
    Source(deliveries, "community", delivery_told, [
        Fact("informasi_diterima", _("informasi pemerintah yang diterima"), _(
            "Informasi yang diterima dalam masa penilaian dan tidak ditarik."
        ), how_many),
        Fact("informasi_disebarkan", _("informasi yang disebarkan"), _(
            "Dari informasi itu, yang disebarkan dengan cara apa pun."
        ), how_many, Q(passed_on_at__isnull=False)),
        Fact("disebarkan_sehari", _("disebarkan dalam 24 jam"), _(
            "Dari informasi itu, yang disebarkan dalam 24 jam sejak diterima."
        ), how_many, SOON),
        Fact("jam_menyebarkan", _("jam sampai disebarkan"), _(
            "Nilai tengah jam dari diterima sampai disebarkan; 0 bila tidak ada yang disebarkan."
        ), hours, Q(passed_on_at__isnull=False)),
    ], related=("bulletin",)),
    Source(verified_acts, "community", act_told, [
        Fact("jangkauan_terverifikasi", _("orang yang dijangkau di luar portal"), _(
            "Jumlah orang menurut catatan yang sudah diperiksa petugas."
        ), people),
    ], related=("bulletin",)),
    Source(aspiration_steps, "aspiration__community", step_told, [
        Fact("usulan_diteruskan", _("usulan yang diteruskan tepat waktu"), _(
            "Usulan warga yang diteruskan KIM ke kantor dalam tujuh hari."
        ), how_many, Q(deed="forward")),
        Fact("usulan_terlewat", _("usulan yang terlewat"), _(
            "Usulan yang terkirim sendiri karena KIM tidak menanggapi dalam tujuh hari."
        ), how_many, Q(deed="pass_silent_kim")),
    ], related=("aspiration",)),
    Source(coaching, "communities", coaching_told, [
        Fact("pembinaan", _("pembinaan yang dihadiri"), _(
            "Pembinaan dalam masa penilaian yang dihadiri KIM."
        ), how_many),
    ]),
]  # fmt: skip

FACTS = {fact.word: fact for source in SOURCES for fact in source.facts}
SOURCE_OF = {fact.word: source for source in SOURCES for fact in source.facts}
