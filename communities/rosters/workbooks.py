"""The visible rows of an XLSX as plain text; formulas, hidden rows and hidden sheets are never read as data."""

import posixpath
import re
import warnings
import zipfile
from collections import defaultdict
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from communities.rosters.archives import READING_ERRORS, in_sentences, open_archive
from communities.rosters.plain_workbooks import MAIN, is_strict, without_looks
from regions.tables import FileRefused

MAX_COLUMNS = 60
# A roster ends long before; what stands further down is a slip of the hand, or meant to keep us busy.
MAX_ROW_NUMBER = 20_000
MAX_MERGED_CELLS = 100_000

# A formula, or what became of one that failed.
COMPUTED = ("f", "e")

# A row in the text of a sheet, what of it holds something, and how it begins where nobody sees it.
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*(?<!/)>.*?</(?:\w+:)?row>", re.DOTALL)
VALUE = re.compile(rb"<(?:\w+:)?[vt][ />]")
HIDDEN = re.compile(rb"""<[^>]*\bhidden=["'](?:1|true)["']""")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Layout:
    """What the cells themselves do not tell: which rows and columns are hidden, and which cells are one."""

    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    # For each row, the column and the first row of the merged areas that begin above it.
    merged: dict = field(default_factory=lambda: defaultdict(list))
    last_row: int = 0


@contextmanager
def opened(file):
    """The titles of hidden sheets, and `(title, remarks, rows)` of each visible one, as in `reading.opened`."""
    with warnings.catch_warnings():
        # Of conditional formats and the like that openpyxl does not keep.
        warnings.simplefilter("ignore")
        book, archive = book_and_archive(file)
        with closing(book), closing(archive):
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            hidden = [sheet.title for sheet in book.worksheets if sheet not in visible]
            yield hidden, read_in_turn(visible, archive)


def book_and_archive(file):
    """As openpyxl reads it, and as it lies there; without its looks where openpyxl stumbles over these."""
    archive = open_archive(file)
    with in_sentences():
        try:
            if not is_strict(archive):
                return loaded(file), archive
        except READING_ERRORS:
            pass
        with closing(archive):
            plain = without_looks(archive)
        return loaded(plain), zipfile.ZipFile(plain)


def loaded(file):
    from openpyxl import load_workbook  # not by every process: 14 MB

    return load_workbook(file, read_only=True, keep_links=False)


def read_in_turn(sheets, archive):
    members = sheet_members(archive)
    for sheet in sheets:
        layout = layout_of(archive, members[sheet.title])
        yield sheet.title, remarks(layout), rows(sheet, layout)


def remarks(layout):
    """Sentences about what was left out."""
    said = []
    if layout.hidden_rows:
        numbers = sorted(layout.hidden_rows)
        some = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
        said.append(
            _("%(count)s baris tersembunyi tidak dibaca: baris %(some)s.") % {"count": len(numbers), "some": some}
        )
    if layout.hidden_columns:
        said.append(_("%(count)s kolom tersembunyi tidak dibaca.") % {"count": len(layout.hidden_columns)})
    return said


def sheet_members(archive):
    """`{title: name in the archive}` of the sheets."""
    from defusedxml.ElementTree import fromstring

    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): posixpath.join("/xl", relation.get("Target")) for relation in relations}
    book = fromstring(archive.read("xl/workbook.xml"))
    return {sheet.get("name"): targets[sheet.get(RELATION)].lstrip("/") for sheet in book.iter(f"{MAIN}sheet")}


def rows_of_only_sheet(archive):
    """How many visible rows with something in them its sheet has, told by its text; None where not just one is seen."""
    from defusedxml.ElementTree import fromstring

    book = fromstring(archive.read("xl/workbook.xml"))
    visible = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet") if sheet.get("state", "visible") == "visible"]
    members = sheet_members(archive)
    if len(visible) != 1:
        return None
    rows = ROW.finditer(archive.read(members[visible[0]]))
    return sum(bool(VALUE.search(row[0])) and not HIDDEN.match(row[0]) for row in rows)


def layout_of(archive, member):
    from defusedxml.ElementTree import iterparse
    from openpyxl.utils import range_boundaries

    layout = Layout()
    merged_cells, number = 0, 0
    with archive.open(member) as content:
        path = []
        for event, element in iterparse(content, events=("start", "end")):
            if event == "start":
                path.append(element)
                if element.tag == f"{MAIN}row":
                    # Some programs number no rows.
                    number = int(element.get("r") or number + 1)
                continue
            path.pop()
            if element.tag == f"{MAIN}row" and is_hidden(element):
                layout.hidden_rows.add(number)
            elif element.tag in (f"{MAIN}v", f"{MAIN}t"):
                layout.last_row = max(layout.last_row, number)
            elif element.tag == f"{MAIN}col" and is_hidden(element):
                last = min(int(element.get("max")), MAX_COLUMNS)
                layout.hidden_columns.update(range(int(element.get("min")) - 1, last))
            elif element.tag == f"{MAIN}mergeCell":
                left, top, _right, bottom = range_boundaries(element.get("ref"))
                merged_cells += bottom - top + 1
                for below in range(top, bottom + 1) if merged_cells <= MAX_MERGED_CELLS else ():
                    if top < bottom and left <= MAX_COLUMNS:
                        layout.merged[below].append((left - 1, top))
            # What is over is forgotten, so that a long sheet costs no more than a short one.
            if path:
                path[-1].remove(element)
    return layout


def is_hidden(element):
    return element.get("hidden") in ("1", "true")


def rows(sheet, layout):
    """Visible rows; an area of merged cells says in each of its rows, on the left, what its first cell says."""
    if layout.last_row > MAX_ROW_NUMBER:
        raise FileRefused(
            _("Lembar “%(title)s” berisi sesuatu di baris %(number)s. Hapus baris di bawah daftar, lalu simpan lagi.")
            % {"title": sheet.title, "number": layout.last_row}
        )
    # Some programs write a wrong size of the sheet.
    sheet.reset_dimensions()
    first_cells = {}
    for number, row in enumerate(sheet.iter_rows(max_row=layout.last_row or 1, max_col=MAX_COLUMNS), start=1):
        formulas = {index for index, cell in enumerate(row) if cell.data_type in COMPUTED}
        cells = ["" if index in formulas else text_of(cell.value) for index, cell in enumerate(row)]
        for left, top in layout.merged.get(number, ()):
            cells += [""] * (left + 1 - len(cells))
            cells[left] = first_cells.setdefault((top, left), cells[left])
        if number not in layout.hidden_rows:
            for index in layout.hidden_columns & set(range(len(cells))):
                cells[index] = ""
            yield number, cells, formulas - layout.hidden_columns


def text_of(value):
    """What a cell holds, as a person would write it; a day as 2019-09-11."""
    match value:
        case None | bool() | time():
            return "" if value is None else str(value)
        case datetime() | date():
            return f"{value:%Y-%m-%d}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)
