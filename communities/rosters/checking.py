"""The dry run: every row of a roster with its place, its errors and the KIM that is already there. Writes no KIM."""

import logging
import re
from collections import Counter
from itertools import batched

from django.db.models import Q
from django.utils.translation import gettext as _

from communities.models import Community, RosterImport, RosterRow
from communities.rosters.columns import Column, guess_columns
from communities.rosters.details import details_of, same_name
from communities.rosters.reading import open_roster, without_rows
from communities.rosters.receiving import let_go_of_upload
from communities.rosters.sorting import LEVELS, Sorting
from regions.matching import Places
from regions.matching import Status as Found
from regions.models import Region
from regions.tables import FileRefused

BATCH = 250
# As many different places of one roster are looked for in the database, a search each; and so many are offered.
MOST_SOUGHT, MOST_OFFERED = 500, 5
WRITTEN = ["cells", "status", "errors", "faults", "hints", "region", "is_exact", "is_chosen", "candidates", "community"]

# "Data KIM Kec. Loa Kulu", "01 Loa Kulu", "Sheet1".
NOT_IN_NAMES = re.compile(
    r"\b(?:(?:sheet|lembar|data|daftar|rekap|kim|tahun|thn|update|new|baru|final|fix|copy)\d*)\b", re.I
)

# What names a place, the smallest first.
NAMING = [Column.VILLAGE, Column.PLACE, Column.DISTRICT, Column.REGENCY]

logger = logging.getLogger(__name__)


def check(roster):
    """Read the file and say of each row what would become of it. Safe to repeat: what a person said stays said."""
    if not roster.begin(RosterImport.Status.CHECKING):
        return
    try:
        let_go_of_upload(roster)
        with roster.file.open("rb") as file, open_roster(file, roster.wanted_sheets) as book:
            take_layout(roster, book)
            checking = Checking(roster, book)
            count = checking.check()
            if not count and not book.is_asking:
                raise without_rows()
    except FileRefused as refused:
        roster.end(RosterImport.Status.FAILED, problem=str(refused))
    except Exception:
        logger.exception("roster %s", roster.pk)
        roster.end(
            RosterImport.Status.FAILED, problem=_("Pemeriksaan gagal. Coba lagi, atau hubungi pengelola portal.")
        )
    else:
        found = {"sheets": checking.sheets, "month_first_example": checking.month_first_example}
        roster.end(RosterImport.Status.CHECKED, problem="", rows_done=count, rows_to_do=count, **found)


def take_layout(roster, book):
    """The headings of the file and what they mean, which a person may have said; refused without a name for KIMs."""
    roster.headings, roster.remarks = book.headings, book.remarks
    roster.sheets = [{"title": sheet.title, "status": sheet.status, "why": sheet.why} for sheet in book.sheets]
    roster.columns = roster.columns or {str(key): at for key, at in guess_columns(book.headings).items()}
    roster.save(update_fields=["headings", "remarks", "columns", "sheets"])
    if book.read and Column.NAME not in roster.columns:
        raise FileRefused(_("Kolom nama KIM tidak dikenali. Tunjukkan kolom mana yang berisi nama KIM."))


class Checking:
    """One check of one roster: the regions of its scope and the KIMs of that scope, held in memory."""

    def __init__(self, roster, book):
        self.roster, self.book = roster, book
        self.places = Places(roster.region)
        self.twins = Twins(known_communities(roster.region))
        self.said = {
            (row.sheet, row.number): row
            for row in roster.rows.filter(
                Q(is_chosen=True) | Q(is_kept=True) | ~Q(corrections={}) | Q(status="imported")
            )
        }
        self.month_first_example = ""
        self.offered = {}
        self.titles = {sheet.number: place_in_title(self.places, sheet.title) for sheet in book.sheets}
        self.sorting = {sheet.number: Sorting() for sheet in book.sheets}
        self.counts = Counter()

    def check(self):
        seen = []
        for batch in batched(self.book.lines, BATCH, strict=False):
            rows = [self.checked(line) for line in batch]
            RosterRow.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["roster", "sheet", "number"], update_fields=WRITTEN
            )
            seen += [row.pk for row in rows]
            self.roster.progress(len(seen))
        self.roster.rows.exclude(pk__in=seen).exclude(status=RosterRow.Status.IMPORTED).delete()
        return len(seen)

    @property
    def sheets(self):
        """What the roster keeps of its sheets: those that are read also say how many KIMs, and in which place."""
        return [
            {**sheet, "rows": self.counts[number], "place": " ".join(self.titles[number].values())}
            for number, sheet in enumerate(self.roster.sheets)
        ]

    def checked(self, line):
        row = RosterRow(roster=self.roster, sheet=line.sheet, number=line.number, cells=line.cells)
        before = self.said.get((line.sheet, line.number), row)
        row.corrections, row.is_kept = before.corrections, before.is_kept
        aside = self.sorting[line.sheet].aside(line.cells, row.by_column)
        # A name that is a formula is not seen, but it is there.
        is_computed = self.roster.columns.get(Column.NAME) in line.formulas and not any(line.cells)
        if aside and not row.is_kept and not is_computed:
            row.status, row.errors = RosterRow.Status.LEFT_OUT, [aside]
            return row
        self.counts[line.sheet] += 1
        details = details_of(row.by_column, month_first=bool(self.roster.month_first))
        self.remember_order(details)
        row.faults = details.faults | formula_faults(self.roster, line, row.corrections)
        row.hints = details.left_out
        self.place(row, details, before)
        row.settle()
        if row.status == RosterRow.Status.MATCHED:
            own = before.status == RosterRow.Status.IMPORTED and before.community_id
            self.twins.compare(row, same_name(details.name), own)
        return row

    def remember_order(self, details):
        self.month_first_example = self.month_first_example or details.month_first_example[:40]

    def place(self, row, details, before):
        if before.is_chosen:
            row.region_id, row.is_chosen, row.candidates = before.region_id, True, before.candidates
            return
        details.places = self.sorting[row.sheet].completed(details.places)
        match = self.match(details.places, self.titles[row.sheet], self.sorting[row.sheet])
        row.candidates = [place.pk for place in match.candidates]
        row.is_exact = match.is_exact
        if match.status is Found.MATCHED:
            row.region_id = match.region.pk
        elif match.status is Found.OUTSIDE:
            row.errors.append(_("Tempat ini di luar wilayah tugas."))
            row.candidates = []
        elif match.status is Found.NOT_FOUND:
            row.candidates = [place.pk for place in self.resembling(details.places | self.titles[row.sheet])]

    def resembling(self, said):
        """What a reader who typed these names would be offered: first with what the place lies in, then without."""
        names = [text for column in NAMING if (text := said.get(column, "").strip())]
        for text in dict.fromkeys([", ".join(names), *names[:1]]):
            if text and text not in self.offered and len(self.offered) < MOST_SOUGHT:
                here = Region.objects.within(self.roster.region)
                self.offered[text] = here.find(text, limit=MOST_OFFERED)
            if found := self.offered.get(text):
                return found
        return []

    def match(self, said, title, sorting):
        """Where a row is by what it says, and by the sheet and the part of it where it stands.

        Where that leaves several places, the district of the row above decides: many write it once for several rows.
        """
        around = title | sorting.part
        match = self.match_around(said, around)
        above, sorting.district = sorting.district, said[Column.DISTRICT] or sorting.district
        is_open = match.status is Found.AMBIGUOUS and said[Column.VILLAGE] and not said[Column.DISTRICT] and not around
        if is_open and above:
            with_above = self.places.match(**said | {Column.DISTRICT: above})
            return with_above if with_above.status is Found.MATCHED else match
        return match

    def match_around(self, said, around):
        around = {column: text for column, text in around.items() if not said[column]}
        if not around or said[Column.CODE]:
            return self.places.match(**said)
        match = self.places.match(**said | around)
        if match.status is not Found.MATCHED and said[Column.PLACE]:
            # One column with everything in it may well tell of another district.
            alone = self.places.match(**said)
            return alone if alone.status is Found.MATCHED else match
        return match


class Twins:
    """KIMs of one name at one seat are one KIM: those in the portal, `{(seat, name): KIM}`, and rows of the file."""

    def __init__(self, known):
        self.known, self.first_rows = known, {}

    def compare(self, row, name, own=None):
        """Say of a row that it is there already; `own` is the KIM that this very row became."""
        identity = (row.region_id, name)
        row.community_id = self.known.get(identity)
        if row.community_id:
            is_own = row.community_id == own
            row.status = RosterRow.Status.IMPORTED if is_own else RosterRow.Status.DUPLICATE
        elif identity in self.first_rows:
            row.status = RosterRow.Status.DUPLICATE
            row.errors = [same_as(self.first_rows[identity])]
        self.first_rows.setdefault(identity, row)


def same_as(row):
    if row.roster.has_sheets:
        told = {"number": row.number, "sheet": row.sheet_title}
        return _("Sama dengan baris %(number)s lembar “%(sheet)s”.") % told
    return _("Sama dengan baris %(number)s.") % {"number": row.number}


def place_in_title(places, title):
    """What the title of a sheet says of the place of its rows: {column: text}, empty for "Sheet1" or "Data KIM"."""
    text = " ".join(word for word in NOT_IN_NAMES.sub(" ", title).split() if not word.strip("().-_").isdigit())
    level = places.level_of(text) if text else None
    return {LEVELS[level]: text} if level else {}


def formula_faults(roster, line, corrections):
    """A formula is not run: whoever wants its result pastes the value, or writes it here."""
    used = {index: column for column, index in roster.columns.items() if column not in corrections}
    headings = dict(enumerate(roster.headings))
    return {
        used[index]: _("Kolom %(heading)s berisi rumus. Tempelkan nilainya.")
        % {"heading": headings.get(index) or index + 1}
        for index in sorted(line.formulas)
        if index in used
    }


def known_communities(region, **only):
    """`{(seat, name): KIM}` of the KIMs of a region; one that was merged answers by the one it was merged into."""
    communities = Community.objects.within(region).filter(**only).order_by("-pk")
    rows = communities.values_list("pk", "name", "seat", "merged_into")
    return {(seat, same_name(name)): merged_into or pk for pk, name, seat, merged_into in rows}
