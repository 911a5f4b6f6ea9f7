"""What regions are measured by: one list, for the map, the statistics and whoever reads them by machine."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Count
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aspirations.models import Aspiration
from communities.models import Community
from monitoring.models import DayCount, Subject
from pages.memory import Memory
from regions.atlas import LIFETIME
from regions.clocks import earliest_day
from regions.models import Region

SECTOR, KIND = "sector", "kind"
MOST_VILLAGES = 10_000

# {key of a region: how many villages}, which changes with an edition of the official list.
_villages = Memory(MOST_VILLAGES, seconds=LIFETIME)


@dataclass(frozen=True)
class Measure:
    """A number that every region has: `word` in URLs, `label` in a heading, `unit` after the number."""

    word: str
    label: str
    explanation: str
    unit: str
    counted: Callable[..., dict[int, float]]
    narrowed_by: tuple[str, ...] = ()
    decimals: int = 0
    # Whether a region has what its parts have together, and what lies in none of them.
    adds_up: bool = True

    def of(self, regions, *, sector=None, kind=None):
        """`{key of a region: number}`; ValueError for what it cannot be narrowed by."""
        narrowing = {name: value for name, value in ((SECTOR, sector), (KIND, kind)) if value}
        if set(narrowing) - set(self.narrowed_by):
            raise ValueError(f"{self.word} cannot be narrowed by {sorted(narrowing)}")
        numbers = self.counted(regions, **narrowing)
        return {region.pk: numbers.get(region.pk, 0) for region in regions}


def grouped(rows, regions, number):
    """`{key: number}` of the rows at each of the regions and below; a query for each level among them."""
    found = {}
    for level, some in groupby(sorted(regions, key=lambda region: region.level), key=lambda region: region.level):
        these = {region.pk: region for region in some}
        column = next(iter(these.values())).column
        if level == Region.Level.NATION:
            found |= dict.fromkeys(these, rows.order_by().aggregate(number=number)["number"])
        else:
            here = rows.filter(**{f"{column}__in": these}).order_by()
            found |= dict(here.values_list(column).annotate(number=number))
    return found


# KIM


def standing(sector=None, kind=None):
    rows = Community.objects.registered()
    if sector:
        rows = rows.filter(sectors=sector)
    return rows.filter(partner_kind=kind) if kind else rows


def communities(regions, **narrowing):
    return grouped(standing(**narrowing), regions, Count("pk"))


def active_communities(regions, **narrowing):
    rows = standing(**narrowing).of_activity(Community.Activity.ACTIVE)
    return grouped(rows, regions, Count("pk"))


def communities_per_100_villages(regions, **narrowing):
    numbers, among = communities(regions, **narrowing), villages(regions)
    return {pk: per_100(number, among[pk]) for pk, number in numbers.items() if number and among[pk]}


def per_100(number, among):
    """To two places; never 0.00, which would say that there is none."""
    return max(round(100 * number / among, 2), 0.01)


def villages_without(regions, **narrowing):
    served = grouped(standing(**narrowing), regions, Count("village", distinct=True))
    return {pk: max(number - served.get(pk, 0), 0) for pk, number in villages(regions).items()}


def villages(regions):
    """`{key: number}` of the villages and kelurahan in each region; a process remembers them."""
    known = {region.pk: 1 if region.level == Region.Level.VILLAGE else _villages.get(region.pk) for region in regions}
    missing = [region for region in regions if known[region.pk] is None]
    if missing:
        rows = Region.objects.current().filter(level=Region.Level.VILLAGE)
        found = grouped(rows, missing, Count("pk"))
        for region in missing:
            known[region.pk] = _villages[region.pk] = found.get(region.pk, 0)
    return known


# What goes on


def open_aspirations(regions, sector=None):
    rows = Aspiration.objects.public().going_on()
    return grouped(rows.filter(sector=sector) if sector else rows, regions, Count("pk"))


def posts_within(days):
    def counted(regions, sector=None):
        return DayCount.objects.sums(regions, Subject.POST, sector=sector, since=first_of(days))

    return counted


def bulletins_passed_on(regions):
    return DayCount.objects.sums(regions, Subject.PASSED_ON, since=first_of(365))


def first_of(days):
    """The day with which the last so many days begin, today among them; days are Jakarta's for all regions."""
    return earliest_day() - timedelta(days=days - 1)


KIM = Measure(
    "kim",
    _("KIM terdaftar"),
    _("KIM yang terverifikasi dan masih berdiri."),
    _("KIM"),
    communities,
    (SECTOR, KIND),
)

MEASURES = {
    measure.word: measure
    for measure in [
        KIM,
        Measure(
            "kim-aktif",
            _("KIM aktif"),
            _("KIM yang menerbitkan kegiatan dalam 90 hari terakhir."),
            _("KIM aktif"),
            active_communities,
            (SECTOR, KIND),
        ),
        Measure(
            "kim-per-100-desa",
            _("KIM per 100 desa"),
            _("Jumlah KIM untuk setiap 100 desa dan kelurahan."),
            _("KIM per 100 desa"),
            communities_per_100_villages,
            (SECTOR, KIND),
            decimals=2,
            adds_up=False,
        ),
        Measure(
            "desa-tanpa-kim",
            _("Desa tanpa KIM"),
            _("Desa dan kelurahan yang belum mempunyai KIM; dengan saringan, yang belum mempunyai KIM seperti itu."),
            _("desa tanpa KIM"),
            villages_without,
            (SECTOR, KIND),
        ),
        *(
            Measure(
                f"kegiatan-{days}",
                format_lazy(_("Kegiatan {days} hari terakhir"), days=days),
                format_lazy(_("Kegiatan yang terbit dalam {days} hari terakhir menurut waktu Jakarta."), days=days),
                _("kegiatan"),
                posts_within(days),
                (SECTOR,),
            )
            for days in (30, 90, 365)
        ),
        Measure(
            "usulan-terbuka",
            _("Usulan terbuka"),
            _("Usulan warga yang tampil di portal dan sedang ditangani KIM, dinas, atau kantor."),
            _("usulan terbuka"),
            open_aspirations,
            (SECTOR,),
        ),
        Measure(
            "informasi-disebarkan",
            _("Informasi disebarkan"),
            _("Informasi pemerintah yang diterima KIM dalam 365 hari terakhir dan sudah disebarkannya."),
            _("penyebaran"),
            bulletins_passed_on,
        ),
    ]
}
