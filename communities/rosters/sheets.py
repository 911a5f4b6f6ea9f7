"""Which sheets of a workbook are rosters, and how their columns lie beside each other.

A sheet with the heading of a KIM's name is one, and so is a sheet whose rows go on under the headings of another. What
only may be one is asked, what is none is left out; a person's word goes before both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.rosters.columns import PLACES, Column, column_of, guess_columns, is_known, is_surely_name
from regions.terms import plain

# Titles, logos and dates come first.
HEADING_WITHIN = 20
MAX_SHEETS = 100
# All the sheets together: each may have a column or two of its own.
MAX_HEADINGS = 120

ABOUT_A_KIM = {
    *(Column.CHAIR, Column.PHONE, Column.DECREE_NUMBER, Column.DECREE_DATE, Column.FOUNDED_ON, Column.FOUNDED_YEAR),
    *(Column.SECTORS, Column.MEMBER_COUNT, Column.SOCIAL_MEDIA, Column.FACEBOOK, Column.INSTAGRAM),
}
OF_A_PERSON = re.compile(
    r"jabatan|posisi|jenis kelamin|jk|l p|nik|nip|no ktp|(tempat|tanggal|tgl)\b.*lahir|umur|usia"
    r"|pendidikan( .*)?|pekerjaan"
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
COPY = re.compile(
    r"(?:copy of |salinan (?:dari )?)(?P<first>.+)|(?P<original>.+?) *(?:\(\d+\)|- copy|copy|salinan)", re.I
)


class Status(TextChoices):
    READ = "read", gettext_lazy("dibaca")
    UNCLEAR = "unclear", gettext_lazy("perlu ditentukan")
    LEFT_OUT = "left_out", gettext_lazy("tidak dibaca")


@dataclass(frozen=True)
class Line:
    """A row: its number in its sheet, its cells as text, and the columns where a formula stood, which is not run."""

    number: int
    cells: list[str]
    formulas: frozenset[int] = frozenset()
    sheet: int = 0


@dataclass
class Sheet:
    """A visible sheet; `rows` are `(number, cells, columns of formulas)` and can be gone through once."""

    number: int
    title: str
    remarks: list[str]
    first: list[tuple]
    rows: Iterator[tuple]
    status: Status = Status.LEFT_OUT
    # Why it is not read, in a sentence.
    why: str = ""
    headings: list[str] = field(default_factory=list)
    # Which rows are headings, to know them again further down.
    heading_rows: list[list[str]] = field(default_factory=list)
    # How many of the first rows are over with the headings.
    begins_at: int = 0
    # Where each of its columns lies among those of all sheets.
    positions: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, number, title, remarks, rows):
        rows = iter(rows)
        return cls(number, title.strip(), remarks, list(islice(rows, HEADING_WITHIN + 2)), rows)

    @property
    def columns(self):
        return guess_columns(self.headings)

    @property
    def lines(self):
        """The rows below the headings, under the columns of all sheets."""
        for number, cells, formulas in chain(self.first[self.begins_at :], self.rows):
            filled = [cell for cell in cells if cell]
            if not is_repeated(filled, self.heading_rows):
                yield Line(number, self.arranged(cells), self.moved(formulas), self.number)

    def arranged(self, cells):
        if self.positions == list(range(len(self.positions))):
            return cells[: len(self.positions)] if len(cells) > len(self.positions) else cells
        row = [""] * MAX_HEADINGS
        for place, cell in zip(self.positions, cells, strict=False):
            if place is not None:
                row[place] = cell
        while row and not row[-1]:
            row.pop()
        return row

    def moved(self, formulas):
        places = (self.positions[index] if index < len(self.positions) else None for index in formulas)
        return frozenset(place for place in places if place is not None)

    def take_headings(self, position):
        """The headings are in this row, perhaps with those in the next, or in the next two."""
        top, below, lowest = [*(cells for _number, cells, _formulas in self.first[position : position + 3]), [], []][:3]
        self.headings, self.begins_at = top, position + 1
        if joined := with_second_row(top, below):
            self.headings, self.begins_at = joined, position + 2
            if deepest := with_third_row(joined, top, below, lowest):
                self.headings, self.begins_at = deepest, position + 3
        self.heading_rows = [top, self.headings]

    def borrow_headings(self, other):
        self.headings, self.heading_rows = other.headings, other.heading_rows


def is_repeated(filled, heading_rows):
    """Whether headings once more, as on every printed page, or the row that only numbers the columns."""
    return any(filled == [heading for heading in row if heading] for row in heading_rows) or numbers_columns(filled)


def numbers_columns(cells):
    numbers = [cell.strip("() .") for cell in cells]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


# Judging


def judge(sheets, wanted):
    """Say of each sheet whether it is read; `wanted` is what a person said, `{title: bool}`."""
    for sheet in sheets:
        judge_by_headings(sheet)
    for sheet in sheets:
        judge_without_headings(sheet, model_before(sheet, sheets))
    ask_about_twins([sheet for sheet in sheets if sheet.status == Status.READ])
    for sheet in sheets:
        obey(sheet, wanted.get(sheet.title), sheets)
    if not any(sheet.status == Status.READ for sheet in sheets) and not wanted:
        take_likeliest(sheets)


def judge_by_headings(sheet):
    position = heading_position(sheet.first)
    if position is None:
        return
    sheet.take_headings(position)
    columns = sheet.columns
    if Column.NAME in columns:
        sheet.status = Status.READ
        if lists_people(sheet.headings):
            leave(sheet, Status.UNCLEAR, _("Tampaknya daftar orang, bukan daftar KIM."))
    elif any(column in columns for column in PLACES) and ABOUT_A_KIM.intersection(columns):
        leave(sheet, Status.UNCLEAR, _("Kolom nama KIM tidak dikenali."))
    else:
        leave(sheet, Status.LEFT_OUT, _("Tidak ada kolom nama KIM."))


def lists_people(headings):
    told = [plain(heading) for heading in headings]
    is_sure = any(is_surely_name(heading) for heading in headings)
    return not is_sure and any(OF_A_PERSON.fullmatch(heading) for heading in told)


def judge_without_headings(sheet, model):
    if sheet.headings:
        return
    if not sheet.first:
        leave(sheet, Status.LEFT_OUT, _("Kosong."))
    elif has_other_headings(sheet.first):
        leave(sheet, Status.LEFT_OUT, _("Tidak ada kolom nama KIM."))
    elif model and goes_on(sheet.first, model):
        sheet.borrow_headings(model)
        sheet.status = Status.READ
        sheet.remarks.append(_("Judul kolomnya dari lembar “%(title)s”.") % {"title": model.title})
    elif sum(len([cell for cell in cells if cell]) > 2 for _number, cells, _formulas in sheet.first) > 2:
        leave(sheet, Status.UNCLEAR, _("Tidak ada baris judul kolom."))
    else:
        leave(sheet, Status.LEFT_OUT, _("Tidak berisi daftar."))


def leave(sheet, status, why):
    sheet.status, sheet.why = status, why


def model_before(sheet, sheets):
    """The nearest sheet before this one that is read under headings of its own."""
    before = [other for other in sheets[: sheet.number] if other.status == Status.READ and other.heading_rows]
    return before[-1] if before else None


def has_other_headings(rows):
    """Whether some row consists of words of which one is a heading: a sum for each district, say."""
    for _number, cells, _formulas in rows[:HEADING_WITHIN]:
        words = [cell for cell in cells if cell]
        if len(words) > 1 and any(map(is_known, words)) and not any(sign.isdigit() for sign in "".join(words)):
            return True
    return False


def goes_on(rows, model):
    """Whether these rows read like rows under the headings of the model."""
    columns = model.columns
    told = [cells for _number, cells, _formulas in rows if len([cell for cell in cells if cell]) > 1]
    fitting = [cells for cells in told if is_like_a_row(cells, columns)]
    return len(fitting) > 0 and len(fitting) * 3 >= len(told) * 2


def is_like_a_row(cells, columns):
    def said(column):
        return column in columns and columns[column] < len(cells) and cells[columns[column]]

    places = [column for column in (*PLACES, Column.ADDRESS) if column in columns]
    is_placed = any(map(said, places)) if places else len([cell for cell in cells if cell]) > 2
    return bool(is_placed and said(Column.NAME) and any(sign.isalpha() for sign in said(Column.NAME)))


def ask_about_twins(sheets):
    """Of a list of this year and one of last year, and of a copy, only a person can say which holds."""
    newest = {}
    for sheet in sheets:
        if year := YEAR.search(sheet.title):
            rest = YEAR.sub("", sheet.title)
            newest[rest] = max(year[0], newest.get(rest, ""))
    titles = {sheet.title.lower() for sheet in sheets}
    for sheet in sheets:
        year, copy = YEAR.search(sheet.title), COPY.fullmatch(sheet.title)
        if year and year[0] < newest[YEAR.sub("", sheet.title)]:
            leave(sheet, Status.UNCLEAR, _("Tampaknya daftar lama, dari tahun %(year)s.") % {"year": year[0]})
        elif copy and (copy["first"] or copy["original"]).strip().lower() in titles:
            original = (copy["first"] or copy["original"]).strip()
            leave(sheet, Status.UNCLEAR, _("Tampaknya salinan lembar “%(title)s”.") % {"title": original})


def obey(sheet, is_wanted, sheets):
    if is_wanted is False:
        leave(sheet, Status.LEFT_OUT, sheet.why or _("Dilewati atas pilihan Anda."))
    elif is_wanted and sheet.first:
        sheet.status, sheet.why = Status.READ, ""
        if not sheet.headings:
            find_any_headings(sheet, model_before(sheet, sheets))


def find_any_headings(sheet, model):
    if model:
        sheet.borrow_headings(model)
    elif (position := likely_heading(sheet.first)) is not None:
        sheet.take_headings(position)
    else:
        leave(sheet, Status.LEFT_OUT, _("Tidak ada baris judul kolom."))


def take_likeliest(sheets):
    """Where nothing looks like a roster, the first sheet with anything like headings, for a person to name them."""
    if any(sheet.status == Status.UNCLEAR and Column.NAME in sheet.columns for sheet in sheets):
        return
    for sheet in sorted(sheets, key=lambda sheet: sheet.status != Status.UNCLEAR):
        if not sheet.headings and (position := likely_heading(sheet.first)) is not None:
            sheet.take_headings(position)
        if sheet.headings:
            sheet.status, sheet.why = Status.READ, ""
            return


# Headings


def heading_position(rows):
    """Where the headings are: the first row with two that we know, one of them the name, or with three."""
    for position, (_number, cells, _formulas) in enumerate(rows[:HEADING_WITHIN]):
        known = {column_of(cell) for cell in cells if cell and is_known(cell)}
        if len(known) > 2 or (len(known) == 2 and Column.NAME in known):
            return position
    return None


def likely_heading(rows):
    """The first row with two words side by side and no number."""
    for position, (_number, cells, _formulas) in enumerate(rows[:HEADING_WITHIN]):
        words = {cell for cell in cells if cell}
        if len(words) > 1 and not any(sign.isdigit() for word in words for sign in word):
            return position
    return None


def with_second_row(top, below):
    """Headings of two rows as one, such as "SK" over "NOMOR" and "TANGGAL"; None when the second row is data."""
    width = max(len(top), len(below))
    top, below = padded(top, width), padded(below, width)
    above, joined = "", []
    for upper, lower in zip(top, below, strict=True):
        above = upper or (above if lower else "")
        joined.append(" ".join(dict.fromkeys(filter(None, [above, lower]))) if lower else upper)
    added = [(lower, both) for upper, lower, both in zip(top, below, joined, strict=True) if lower and lower != upper]
    known = [is_known(lower) or is_known(both) for lower, both in added]
    if not added or not (all(known) or (sum(known) * 2 > len(known) and are_titles(top, below))):
        return None
    return [both if is_known(both) or not lower else lower for lower, both in zip(below, joined, strict=True)]


def are_titles(top, below):
    """Whether the second row is of words alone and says nothing below the name, as no row of a KIM does."""
    below_name = [lower for upper, lower in zip(top, below, strict=True) if column_of(upper) == Column.NAME]
    return below_name and not any(below_name) and not any(sign.isdigit() for sign in "".join(below))


def with_third_row(joined, top, below, lowest):
    """Headings of three rows, such as "KETUA" over "NAMA" and "HP" below "KONTAK"; None when the third row is data."""
    width = max(len(joined), len(lowest))
    nearest = [lower or upper for upper, lower in zip(padded(top, width), padded(below, width), strict=True)]
    deepest = with_second_row(nearest, lowest)
    told = zip(padded(joined, width), padded(lowest, width), deepest or [], strict=False)
    return deepest and [both if lower else upper for upper, lower, both in told]


def padded(cells, width):
    return cells + [""] * (width - len(cells))


def lie_side_by_side(sheets):
    """The columns of all these sheets, and in each sheet the place of its own columns among them.

    Columns are the same when they are called the same, or are known to hold the same thing.
    """
    together = []
    for sheet in sheets:
        free = dict(enumerate(together))
        sheet.positions = [
            taken(free, lambda other, own=own: own and plain(other) == plain(own)) for own in sheet.headings
        ]
        for index, heading in enumerate(sheet.headings):
            column = column_of(heading)
            if sheet.positions[index] is None and column:
                sheet.positions[index] = taken(free, lambda other, column=column: column_of(other) == column)
            if sheet.positions[index] is None and len(together) < MAX_HEADINGS:
                sheet.positions[index] = len(together)
                together.append(heading)
    return together


def taken(free, fits):
    """The first place that fits, which then is no longer free."""
    place = next((place for place, heading in free.items() if fits(heading)), None)
    free.pop(place, None)
    return place
