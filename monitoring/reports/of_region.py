"""The report of a region to the level above: its indicators, a line for each KIM, and their sums."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities.coverage import coverage_of, share
from communities.models import Community, Office, Step
from monitoring.reports.figures import FIGURES, PARTS, numbers_of
from monitoring.reports.of_kim import Line
from monitoring.reports.periods import Period
from pages.spreadsheets import title_of
from regions.atlas import FROM_ATLAS
from regions.clocks import at
from regions.models import Region
from regions.placed import LEVELS
from regions.templatetags.places import place_time, thousands

# What a line shows of a KIM where there is no room for all.
SHORT = [
    *["kegiatan", "bulan", "peserta", "diterima", "disebarkan", "diakui", "terverifikasi"],
    *["diteruskan", "pembinaan", "anggota"],
]
OVER = [Community.Status.DISSOLVED, Community.Status.MERGED]


def communities_of(region, period):
    """The KIM of a region that stood, or were over only after the period had begun."""
    ended = Step.objects.filter(community=OuterRef("pk"), to__in=OVER, at__gte=period.begins_at)
    public = Community.objects.public().within(region)
    return public.filter(~Q(status__in=OVER) | Exists(ended))


@dataclass(frozen=True)
class RegionReport:
    """Of a region below the nation in a Period. `url_of(figure word or "")` is where the KIM behind a sum are."""

    region: Region
    period: Period
    url_of: Callable
    made_at: object

    @cached_property
    def communities(self):
        return communities_of(self.region, self.period)

    @cached_property
    def numbers(self):
        return numbers_of(self.communities, self.period)

    @cached_property
    def sums(self):
        sums = Counter()
        for counted in self.numbers.values():
            sums.update(counted)
        return sums

    @property
    def parts(self):
        return [
            (part, [Line(capfirst(FIGURES[word][1].label), self.sums[word], self.url_of(word)) for word in part.words])
            for part in PARTS
        ]

    @cached_property
    def coverage(self):
        """The Coverage of each part, and of the whole."""
        return coverage_of(self.region)

    @cached_property
    def stale(self):
        """How many standing KIM nobody confirmed within a year."""
        standing = Community.objects.registered().within(self.region)
        return standing.needing(Community.Attention.UNCONFIRMED).count()

    @property
    def office_name(self):
        return str(Office.objects.name_in(self.region))

    @property
    def data_time(self):
        return place_time(self.made_at, self.region)

    @property
    def full_url(self):
        return f"{settings.SITE_URL}{self.url_of('')}"

    @property
    def facts(self):
        """The indicators of today: pairs."""
        _lines, whole = self.coverage
        return [
            (_("Jumlah KIM"), thousands(whole.kims)),
            (_("Kecamatan yang memiliki KIM"), share(whole.covered_districts, whole.districts)),
            (_("Desa/kelurahan yang memiliki KIM"), share(whole.covered_villages, whole.villages)),
            (_("KIM yang datanya belum dikonfirmasi setahun terakhir"), share(self.stale, whole.kims)),
        ]

    def lines(self, communities=None):
        """`(KIM, {word: number})` of each, in the order of the official list; the KIM are fetched as they are asked."""
        rows = communities or self.communities.order_by("seat__code", "name", "pk").iterator(chunk_size=500)
        for community in rows:
            yield community, self.numbers[community.pk]


def report_of_region(region, period, url_of):
    return RegionReport(region, period, url_of, timezone.now())


# As a file


def table(report):
    """Lists of values: the headings, a line for each KIM, and the sums."""
    words, blank = words_of_lines(), [""] * (len(headings()) - 2)
    yield [*headings(), *(str(FIGURES[word][1].label) for word in words)]
    yield from lines_of(report, report.communities)
    yield [_("Jumlah"), *blank, report.period.label, *(report.sums[word] for word in words)]


def words_of_lines():
    return [word for part in PARTS for word in part.words]


def headings():
    return [
        *[_("kode"), _("KIM"), _("nomor KIM"), _("kedudukan"), _("desa/kelurahan"), _("kecamatan")],
        *[_("kabupaten/kota"), _("status"), _("bidang"), _("ketua"), _("anggota hari ini")],
        *[_("nomor SK"), _("tanggal SK"), _("SK sampai"), _("berdiri sejak"), _("data dikonfirmasi"), _("masa")],
    ]


def lines_of(report, communities):
    words = words_of_lines()
    rows = communities.select_related("decree").with_people().prefetch_related("sectors").fetch_mode(FROM_ATLAS)
    for kim, counted in report.lines(rows.order_by("seat__code", "name", "pk").iterator(chunk_size=500)):
        yield [*about(kim), report.period.label, *(counted[word] for word in words)]


def tables_of_parts(report):
    """`{title of a sheet: its lines}` of each part of the region that has KIM, and of what lies in none of them."""
    column = LEVELS[report.region.level]
    keys = report.communities.order_by().values_list(column, flat=True).distinct()
    parts = Region.objects.with_names().in_bulk([key for key in keys if key])
    tables = {}
    for part in sorted(parts.values(), key=lambda part: part.code):
        tables[title_of(part.full_name, tables)] = table_of_part(report, {column: part})
    if None in keys:
        tables[title_of(report.region.full_name, tables)] = table_of_part(report, {f"{column}__isnull": True})
    return tables


def table_of_part(report, narrowing):
    yield [*headings(), *(str(FIGURES[word][1].label) for word in words_of_lines())]
    yield from lines_of(report, report.communities.filter(**narrowing))


def about(kim):
    """What a line says of a KIM itself."""
    seat, decree = kim.seat, kim.decree
    lies_in = [place.name if place else "" for place in (kim.village, kim.district, kim.regency)]
    confirmed = kim.confirmed_at and at(kim.confirmed_at, seat).date()
    return [
        *[seat.code, kim.name, kim.number or "", seat.full_name, *lies_in, kim.get_status_display()],
        *[", ".join(str(sector) for sector in kim.sectors.all()), kim.chair_name or "", kim.member_count],
        *([decree.number, decree.issued_on, decree.ends_on] if decree else ["", None, None]),
        *[kim.founded_on, confirmed],
    ]
