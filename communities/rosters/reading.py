"""Reading a roster: an XLSX or CSV becomes headings and lines of plain text, or a sentence why not."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.typed import UNSEEN
from communities.rosters import stored, workbooks
from communities.rosters.archives import MIB, in_sentences, open_archive
from communities.rosters.cells import is_formula
from communities.rosters.columns import guess_columns
from communities.rosters.sheets import MAX_SHEETS, Line, Sheet, Status, judge, lie_side_by_side
from regions import tables
from regions.tables import FileRefused

MAX_FILE = 5 * MIB
MAX_LINES = 5_000
# What may stand above the headings of a sheet, and so does not count: titles, notes.
LINES_ABOVE = 50
MAX_SIGNS = 1_000

UNSEEN_SIGNS = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{UNSEEN}]")
ZIP, OLD_OFFICE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"


@dataclass
class Book:
    """The sheets of a file; the lines of those that are read can be gone through once, while the file is open."""

    sheets: list[Sheet]
    # The titles of those that nobody sees, which are not read.
    hidden: list[str]
    # The columns of all sheets that are read.
    headings: list[str]

    @property
    def read(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.status == Status.READ]

    @property
    def is_asking(self) -> bool:
        """Whether a person has yet to say which sheets are meant."""
        return any(sheet.status == Status.UNCLEAR for sheet in self.sheets)

    @property
    def remarks(self) -> list[str]:
        """Sentences about what was left out, each with its sheet where there are several."""
        said = [_("Lembar tersembunyi tidak dibaca: %(titles)s.") % {"titles": ", ".join(self.hidden)}]
        said = said if self.hidden else []
        if len(self.sheets) == 1:
            return said + self.sheets[0].remarks
        told = [{"title": sheet.title, "remark": remark} for sheet in self.read for remark in sheet.remarks]
        return said + [_("Lembar “%(title)s”: %(remark)s") % remark for remark in told]

    @property
    def lines(self) -> Iterator[Line]:
        with in_sentences():
            for count, line in enumerate(line for sheet in self.read for line in sheet.lines):
                if count == MAX_LINES:
                    raise too_long()
                yield line


@contextmanager
def open_roster(file: BinaryIO, wanted: Mapping[str, bool] | None = None) -> Iterator[Book]:
    """The Book of an uploaded or kept file, a binary stream; FileRefused with a sentence for whatever cannot be one.

    `wanted` is what a person said of its sheets, `{title: bool}`.
    """
    opening = stored.opened(file) if stored.is_stored(file) else opened(file, beginning_of(file))
    with opening as (hidden, candidates):
        with in_sentences():
            sheets = judged(candidates, wanted or {})
        yield Book(sheets, hidden, lie_side_by_side([sheet for sheet in sheets if sheet.status == Status.READ]))


def screen(file):
    """Refuse, before it is kept, what cannot be read, has no rows or too many; no spreadsheet is opened here.

    Text is gone through to its end, of a workbook the rows are counted where only one sheet is seen.
    """
    beginning = beginning_of(file)
    if beginning.startswith(ZIP):
        with closing(open_archive(file)) as archive, in_sentences():
            count = workbooks.rows_of_only_sheet(archive)
            if count is not None and count > MAX_LINES + LINES_ABOVE:
                raise too_long()
            if count == 1:  # the headings
                raise without_rows()
    else:
        with opened(file, beginning) as (hidden, candidates):
            with in_sentences():
                sheets = judged(candidates, {})
            book = Book(sheets, hidden, [])
            count = sum(1 for _line in book.lines)
            if not count and not book.is_asking:
                raise without_rows()
    file.seek(0)


def too_long():
    most = {"most": number_format(MAX_LINES, force_grouping=True)}
    return FileRefused(_("Daftar ini lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % most)


def without_rows():
    return FileRefused(_("Daftar ini tidak berisi KIM. Tulis paling sedikit satu baris di bawah judul kolomnya."))


def beginning_of(file):
    """The first bytes of a file that is neither empty nor too large."""
    file.seek(0, 2)
    if file.tell() > MAX_FILE:
        raise FileRefused(_("Berkas lebih besar dari %(most)s MB.") % {"most": MAX_FILE // MIB})
    file.seek(0)
    beginning = file.read(8)
    file.seek(0)
    if not beginning:
        raise FileRefused(_("Berkas ini kosong."))
    return beginning


def opened(file, beginning):
    """A context with the titles of hidden sheets, and `(title, remarks, rows)` of each visible one.

    A row is `(number, cells, columns of formulas)`.
    """
    if beginning.startswith(OLD_OFFICE):
        raise FileRefused(_("Berkas XLS lama atau berkas bersandi tidak dapat dibaca. Simpan sebagai XLSX."))
    if beginning.startswith(ZIP):
        return workbooks.opened(file)
    if beginning.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise FileRefused(_("Berkas ini bukan XLSX atau CSV."))
    if beginning.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        # What many a web application hands out as XLS.
        raise FileRefused(_("Berkas ini sebenarnya halaman web atau XML. Buka di Excel, lalu simpan sebagai XLSX."))
    return tables.opened(file.read())


def judged(candidates, wanted):
    found = list(islice(candidates, MAX_SHEETS + 1))
    if len(found) > MAX_SHEETS:
        raise FileRefused(
            _("Berkas ini berisi lebih dari %(most)s lembar. Bagi menjadi beberapa berkas.") % {"most": MAX_SHEETS}
        )
    sheets = [Sheet.of(number, title, said, cleaned(rows)) for number, (title, said, rows) in enumerate(found)]
    judge(sheets, wanted)
    if not any(sheet.headings for sheet in sheets):
        raise FileRefused(_("Tidak ada baris judul kolom. Tulis judul seperti NAMA KIM, DESA dan KECAMATAN."))
    return sheets


def cleaned(rows):
    """Without what cannot be seen, on one line each; rows with nothing in them are left out."""
    for number, cells, formulas in rows:
        cells = [" ".join(UNSEEN_SIGNS.sub("", cell[:MAX_SIGNS]).split()) for cell in cells[: workbooks.MAX_COLUMNS]]
        formulas = formulas | {index for index, cell in enumerate(cells) if is_formula(cell)}
        cells = ["" if index in formulas else cell for index, cell in enumerate(cells)]
        while cells and not cells[-1]:
            cells.pop()
        if cells or formulas:
            yield number, cells, formulas


__all__ = ["Book", "FileRefused", "Line", "Sheet", "guess_columns", "open_roster"]
