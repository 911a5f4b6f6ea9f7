"""What an officer writes in place of cells that cannot be read, and rows that come in without them."""

from contextlib import contextmanager
from itertools import batched

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.personal_numbers import without
from communities.models import RosterImport, RosterRow, StepRefused
from communities.rosters.checking import Twins, known_communities
from communities.rosters.details import details_of, same_name

BATCH = 500
WRITTEN = ["corrections", "status", "errors", "faults", "hints", "community"]


@contextmanager
def held(roster):
    """The roster while its rows change; refused while a worker has it. Whoever looked before has to look again."""
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
        if roster.is_under_way or roster.status == RosterImport.Status.UNDONE:
            raise StepRefused(_("Daftar ini sedang dikerjakan. Tunggu sebentar."))
        yield roster
        RosterImport.objects.filter(pk=roster.pk).update(touched_at=timezone.now())


def correct(roster, written):
    """Read rows anew with what a person wrote: `{row: {column: text}}`, nothing for a cell to do without.

    Refused when somebody else corrected one of them meanwhile.
    """
    with held(roster) as roster:
        seen = {row.pk: row.corrections for row in written}
        texts = {row.pk: texts for row, texts in written.items()}
        rows = list(roster.rows.filter(pk__in=texts, status__in=RosterRow.OPEN))
        if len(rows) < len(texts) or any(row.corrections != seen[row.pk] for row in rows):
            raise StepRefused(_("Baris ini baru saja diubah dari halaman lain. Muat ulang halaman."))
        for row in rows:
            row.corrections = row.corrections | {column: without(text) for column, text in texts[row.pk].items()}
        read_anew(roster, rows)


def do_without_faults(roster):
    """Let every row come in without the cells that cannot be read; how many that are."""
    with held(roster) as roster:
        rows = list(roster.rows.may_do_without())
        for row in rows:
            row.corrections = row.corrections | dict.fromkeys(row.faults, "")
        read_anew(roster, rows)
    return len(rows)


def read_anew(roster, rows):
    """What follows of these rows, whose places stay as they were found."""
    regions = {row.region_id for row in rows if row.region_id}
    twins = Twins(known_communities(roster.region, seat__in=regions))
    twins.first_rows = first_rows(roster, regions, {row.pk for row in rows})
    for row in rows:
        row.roster = roster
        details = details_of(row.by_column, month_first=bool(roster.month_first))
        formulas = {column: fault for column, fault in row.faults.items() if is_formula(row, column)}
        row.faults, row.hints = details.faults | formulas, details.left_out
        row.settle()
        if row.status == RosterRow.Status.MATCHED:
            twins.compare(row, same_name(details.name))
    for batch in batched(rows, BATCH, strict=False):
        RosterRow.objects.store(batch, WRITTEN)


def is_formula(row, column):
    """Whether the cell had no text because a formula stood there, and still has none."""
    return column not in row.corrections and not row.by_column.get(column)


def first_rows(roster, regions, but):
    """`{(seat, name): row}` of the other rows in these regions that are, or will be, KIMs."""
    told = [RosterRow.Status.MATCHED, RosterRow.Status.DUPLICATE, RosterRow.Status.IMPORTED]
    found = {}
    for row in roster.rows.filter(region__in=regions, status__in=told).exclude(pk__in=but):
        row.roster = roster
        found.setdefault((row.region_id, same_name(row.name)), row)
    return found
