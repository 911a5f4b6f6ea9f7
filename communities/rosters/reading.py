"""Reading a roster: an XLSX or CSV becomes headings and lines of plain text, or a sentence why not."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice

from django.utils.translation import gettext as _

from accounts.plain import UNSEEN

from . import tables, workbooks
from .archives import MIB, FileRefused, open_archive
from .columns import Column, column_of, guess_columns, is_known

MAX_FILE = 5 * MIB
MAX_LINES = 5_000
MAX_SIGNS = 1_000
# Titles, logos and dates come first.
HEADING_WITHIN = 20

UNSEEN_SIGNS = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{UNSEEN}]")
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Line:
    """A row: its number in the file, its cells as text, and the columns where a formula stood, which is not run."""

    number: int
    cells: list[str]
    formulas: frozenset[int] = frozenset()


@dataclass
class Sheet:
    """The first visible sheet with headings we know; `lines` can be gone through once, while the file is open."""

    title: str
    headings: list[str]
    heading_number: int
    remarks: list[str]
    lines: Iterator[Line]


# What openpyxl, the XML parser and the archive say of files that are not what they claim to be.
READING_ERRORS = (
    *(ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError),
)


@contextmanager
def open_roster(file):
    """The Sheet of an uploaded file, a binary stream; FileRefused with a sentence for whatever cannot be one."""
    with closing(sheets(file, beginning_of(file))) as candidates:
        with in_sentences():
            sheet = chosen(candidates)
        sheet.lines = readable(sheet.lines)
        yield sheet


@contextmanager
def in_sentences():
    try:
        yield
    except READING_ERRORS as error:
        raise FileRefused(_("Berkas ini tidak dapat dibaca. Simpan lagi sebagai XLSX atau CSV.")) from error


def readable(lines):
    with in_sentences():
        yield from lines


def screen(file):
    """Refuse, before it is kept, what cannot be read; no spreadsheet is opened here."""
    beginning = beginning_of(file)
    if beginning.startswith(ZIP):
        open_archive(file).close()
    else:
        next(sheets(file, beginning))
    file.seek(0)


def beginning_of(file):
    """The first bytes of a file that is neither empty nor too large."""
    file.seek(0, 2)
    if file.tell() > MAX_FILE:
        raise FileRefused(_("Berkas lebih besar dari 5 MB."))
    file.seek(0)
    beginning = file.read(8)
    file.seek(0)
    if not beginning:
        raise FileRefused(_("Berkas ini kosong."))
    return beginning


def sheets(file, beginning):
    if beginning.startswith(OLD_OFFICE):
        raise FileRefused(_("Berkas XLS lama atau berkas bersandi tidak dapat dibaca. Simpan sebagai XLSX."))
    if beginning.startswith(ZIP):
        return workbooks.sheets(file)
    if beginning.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise FileRefused(_("Berkas ini bukan XLSX atau CSV."))
    return tables.sheets(file.read())


def chosen(candidates):
    """The first sheet with headings we know; else the first with anything like headings, for a person to say."""
    fallback = None
    for title, remarks, rows in candidates:
        rows = cleaned(rows)
        first = list(islice(rows, HEADING_WITHIN + 2))
        position = heading_position(first)
        if position is not None:
            return made_sheet(title, remarks, first, rows, position)
        fallback = fallback or (title, remarks, first, rows)
    if fallback is None or (position := likely_heading(fallback[2])) is None:
        raise FileRefused(_("Tidak ada baris judul kolom. Tulis judul seperti NAMA KIM, DESA dan KECAMATAN."))
    title, remarks, first, rows = fallback
    return made_sheet(title, remarks, first, rows, position)


def cleaned(rows):
    """Without what cannot be seen, on one line each; rows with nothing in them are left out."""
    for number, cells, formulas in rows:
        cells = [" ".join(UNSEEN_SIGNS.sub("", cell[:MAX_SIGNS]).split()) for cell in cells[: workbooks.MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells or formulas:
            yield number, cells, formulas


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


def made_sheet(title, remarks, first, rows, position):
    number, top, _formulas = first[position]
    headings, after = top, position + 1
    if after < len(first) and (joined := with_second_row(top, first[after][1])):
        headings, after = joined, after + 1
    lines = data_lines(chain(first[after:], rows), [top, headings])
    return Sheet(title, headings, number, remarks, lines)


def with_second_row(top, below):
    """Headings of two rows as one, such as "SK" over "NOMOR" and "TANGGAL"; None when the second row is data."""
    width = max(len(top), len(below))
    top, below = padded(top, width), padded(below, width)
    above, joined = "", []
    for upper, lower in zip(top, below, strict=True):
        above = upper or (above if lower else "")
        joined.append(" ".join(dict.fromkeys(filter(None, [above, lower]))) if lower else upper)
    added = [(lower, both) for upper, lower, both in zip(top, below, joined, strict=True) if lower and lower != upper]
    if not added or not all(is_known(lower) or is_known(both) for lower, both in added):
        return None
    return [both if is_known(both) or not lower else lower for lower, both in zip(below, joined, strict=True)]


def padded(cells, width):
    return cells + [""] * (width - len(cells))


def data_lines(rows, headings):
    """The rows below the headings, without repeated headings and the row that only numbers the columns."""
    count = 0
    for number, cells, formulas in rows:
        filled = [cell for cell in cells if cell]
        if any(filled == [heading for heading in row if heading] for row in headings) or numbers_columns(filled):
            continue
        count += 1
        if count > MAX_LINES:
            raise FileRefused(_("Daftar ini lebih dari 5.000 baris. Bagi menjadi beberapa berkas."))
        yield Line(number, cells, frozenset(formulas))


def numbers_columns(cells):
    numbers = [cell.strip("() .") for cell in cells]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


__all__ = ["FileRefused", "Line", "Sheet", "guess_columns", "open_roster"]
