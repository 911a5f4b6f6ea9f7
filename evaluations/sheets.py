"""The sheet of an evaluation for officers: every score with its points, the rules, and the official indicators."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities.coverage import coverage_of, coverage_table
from evaluations.models import Cycle, JuryScore, Score
from regions.atlas import FROM_ATLAS
from regions.templatetags.places import place_time


@dataclass(frozen=True)
class Sheet:
    cycle: Cycle
    made_at: datetime

    @property
    def indicators(self):
        return self.cycle.rule_set.indicator_list

    @cached_property
    def coverage(self):
        """The Coverage of each part of its region, and of the whole, as they are today."""
        return coverage_of(self.cycle.region)

    @cached_property
    def number(self):
        return self.cycle.scores.count()

    @property
    def per_class(self):
        return self.cycle.scores.per_class()

    @property
    def data_time(self):
        return place_time(self.made_at, self.cycle.region)

    @property
    def full_url(self):
        return f"{settings.SITE_URL}{self.cycle.desk_path}"

    def lines(self, most=None) -> Iterator[tuple[Score, Decimal | None, list[Decimal]]]:
        """Each Score by rank, the mean of the jury's marks, and its points by indicator, as they are asked for."""
        words = [indicator.word for indicator in self.indicators]
        rows = self.cycle.scores.ranked().select_related("community").fetch_mode(FROM_ATLAS)[:most]
        means = JuryScore.objects.means(self.cycle, self.cycle.scores.values("community"))
        for score in rows.iterator(chunk_size=500):
            points = {row["word"]: Decimal(row["points"]) for row in score.sheet["indicators"]}
            yield score, means.get(score.community_id), [points[word] for word in words]


def sheet_of(cycle):
    return Sheet(cycle, timezone.now())


# As a workbook


def table(sheet):
    """Lists of values: the headings, and a line for each KIM."""
    yield [
        *[_("peringkat"), _("kode"), _("KIM"), _("nomor KIM"), _("kedudukan"), _("kecamatan")],
        *[_("nilai"), _("kelas"), _("nilai juri")],
        *[indicator.label for indicator in sheet.indicators],
    ]
    for score, mean, points in sheet.lines():
        kim, seat = score.community, score.community.seat
        yield [
            *[score.rank, seat.code, kim.name, kim.number or "", seat.full_name],
            *[seat.district.name if seat.district else "", score.total, str(score.get_class_name_display())],
            *["" if mean is None else round(mean, 2), *points],
        ]


def rules_table(sheet):
    yield [_("indikator"), _("rumus"), _("batas"), _("bobot")]
    for indicator in sheet.indicators:
        yield [indicator.label, indicator.formula, indicator.cap, indicator.weight]


def summary(sheet):
    """Pairs: what was evaluated, and the official indicators of the region."""
    cycle, (_lines, whole) = sheet.cycle, sheet.coverage
    yield [_("Evaluasi"), str(cycle)]
    yield [_("Status"), capfirst(cycle.get_status_display())]
    yield [_("Aturan penilaian"), str(cycle.rule_set)]
    yield [_("Nilai dihitung"), place_time(cycle.computed_at, cycle.region)]
    yield [_("KIM yang dinilai"), sheet.number]
    for label, number in sheet.per_class:
        yield [_("Kelas %(name)s") % {"name": label}, number]
    yield [_("Jumlah KIM"), whole.kims]
    yield [_("Kecamatan yang memiliki KIM"), whole.covered_districts]
    yield [_("Kecamatan seluruhnya"), whole.districts]
    yield [_("Cakupan KIM per kecamatan (%)"), whole.percent_of_districts]
    yield [_("Sidik nilai"), cycle.digest]
    yield [_("Data per"), sheet.data_time]


def more_tables(sheet):
    """What else the workbook has, `{title: lines}`."""
    return {
        _("Ringkasan"): summary(sheet),
        _("Cakupan"): coverage_table(*sheet.coverage),
        _("Indikator"): rules_table(sheet),
    }
