"""The dry run: every row of a roster with its place, its errors and the KIM that is already there. Writes no KIM."""

import logging
from itertools import batched

from django.utils.translation import gettext as _

from communities.models import Community, RosterImport, RosterRow
from regions.matching import Places
from regions.matching import Status as Found

from .archives import FileRefused
from .columns import Column, guess_columns
from .facts import facts_of, same_name
from .reading import open_roster

BATCH = 250
WRITTEN = ["cells", "status", "errors", "region", "is_exact", "is_chosen", "candidates", "community"]

logger = logging.getLogger(__name__)


def check(roster):
    """Read the file and say of each row what would become of it. Safe to repeat: what a person chose stays chosen."""
    if not roster.begin(RosterImport.Status.CHECKING):
        return
    try:
        with roster.file.open("rb") as file, open_roster(file) as sheet:
            roster.headings, roster.remarks = sheet.headings, sheet.remarks
            roster.columns = roster.columns or {str(key): at for key, at in guess_columns(sheet.headings).items()}
            roster.save(update_fields=["headings", "remarks", "columns"])
            if Column.NAME not in roster.columns:
                raise FileRefused(_("Kolom nama KIM tidak dikenali. Tunjukkan kolom mana yang berisi nama KIM."))
            count = Checking(roster).check(sheet.lines)
    except FileRefused as refused:
        roster.end(RosterImport.Status.FAILED, problem=str(refused))
    except Exception:
        logger.exception("roster %s", roster.pk)
        roster.end(
            RosterImport.Status.FAILED, problem=_("Pemeriksaan gagal. Coba lagi, atau hubungi pengelola portal.")
        )
    else:
        roster.end(RosterImport.Status.CHECKED, problem="", rows_done=count, rows_to_do=count)


class Checking:
    """One check of one roster: the regions of its scope and the KIMs of that scope, held in memory."""

    def __init__(self, roster):
        self.roster = roster
        self.places = Places(roster.region)
        self.known = known_communities(roster.region)
        rows = roster.rows.filter(is_chosen=True).exclude(region=None)
        self.chosen = dict(rows.values_list("number", "region"))
        self.imported = dict(roster.rows.filter(status=RosterRow.Status.IMPORTED).values_list("number", "community"))
        self.first_rows = {}

    def check(self, lines):
        numbers = []
        for batch in batched(lines, BATCH, strict=False):
            rows = [self.checked(line) for line in batch]
            RosterRow.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["roster", "number"], update_fields=WRITTEN
            )
            numbers += [row.number for row in rows]
            self.roster.progress(len(numbers))
        self.roster.rows.exclude(number__in=numbers).delete()
        return len(numbers)

    def checked(self, line):
        row = RosterRow(roster=self.roster, number=line.number, cells=line.cells)
        facts = facts_of(row.by_column)
        row.errors = [*formula_errors(self.roster, line), *facts.faults.values()]
        self.place(row, facts)
        if row.errors:
            row.status = RosterRow.Status.ERROR
        elif row.region_id:
            self.compare(row, same_name(facts.name))
        return row

    def place(self, row, facts):
        if row.number in self.chosen:
            row.region_id, row.is_chosen, row.status = self.chosen[row.number], True, RosterRow.Status.MATCHED
            return
        match = self.places.match(**facts.places)
        row.candidates = [place.pk for place in match.candidates]
        row.is_exact = match.is_exact
        match match.status:
            case Found.MATCHED:
                row.region_id, row.status = match.region.pk, RosterRow.Status.MATCHED
            case Found.OUTSIDE:
                row.errors.append(_("Tempat ini di luar wilayah tugas."))
            case Found.AMBIGUOUS:
                row.status = RosterRow.Status.AMBIGUOUS
            case _other:
                row.status = RosterRow.Status.NOT_FOUND

    def compare(self, row, name):
        """A KIM of the same name at the same seat is the same KIM, in the portal or higher up in the file."""
        identity = (row.region_id, name)
        row.community_id = self.known.get(identity)
        if row.community_id:
            own = self.imported.get(row.number) == row.community_id
            row.status = RosterRow.Status.IMPORTED if own else RosterRow.Status.DUPLICATE
        elif identity in self.first_rows:
            row.status = RosterRow.Status.DUPLICATE
            row.errors = [_("Sama dengan baris %(number)s.") % {"number": self.first_rows[identity]}]
        self.first_rows.setdefault(identity, row.number)


def formula_errors(roster, line):
    """A formula is not run: whoever wants its result pastes the value."""
    used = {index: column for column, index in roster.columns.items()}
    headings = dict(enumerate(roster.headings))
    return [
        _("Kolom %(heading)s berisi rumus. Tempelkan nilainya.") % {"heading": headings.get(index) or index + 1}
        for index in sorted(line.formulas)
        if index in used
    ]


def known_communities(region, **only):
    """`{(seat, name): KIM}` of the KIMs of a region; one that was merged answers by the one it was merged into."""
    communities = Community.objects.within(region).filter(**only).order_by("-pk")
    rows = communities.values_list("pk", "name", "seat", "merged_into")
    return {(seat, same_name(name)): merged_into or pk for pk, name, seat, merged_into in rows}
