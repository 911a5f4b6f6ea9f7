"""Workbooks of cells that hold text and nothing else, real days and real numbers.

Imported where a file is written: openpyxl takes 14 MB of a process that mostly answers readers.
"""

from datetime import date, datetime
from itertools import chain, islice, zip_longest

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

DAY_FORMAT, MOMENT_FORMAT = "DD/MM/YYYY", "DD/MM/YYYY HH:MM"
# A spreadsheet counts its days from here.
FIRST_YEAR_OF_A_CELL = 1900
# How wide a column is, in letters, is told by its first rows; the others are not read before they are written.
ROWS_THAT_SAY_HOW_WIDE, NARROWEST, WIDEST = 200, 8, 50


def text_cell(sheet, text):
    """A cell of a write-only sheet, for text that is harmless."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def workbook(sheets):
    """A book of pairs of a title and its lines of cells, each asked for when the one before is written."""
    book = Workbook(write_only=True)
    for title, lines in sheets:
        add_sheet(book, title, lines)
    return book


def add_sheet(book, title, lines):
    """Lines of cells on a sheet of a write-only book: the first is its heading, bold, in view and as wide as it needs.

    What is text is harmless already and stays text, a number a number, a day or moment one that can be sorted by.
    """
    lines = iter(lines)
    seen = list(islice(lines, ROWS_THAT_SAY_HOW_WIDE))
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip_longest(*seen, fillvalue=""), 1):
        widest = max(map(width_of, column))
        sheet.column_dimensions[get_column_letter(number)].width = min(max(widest + 2, NARROWEST), WIDEST)
    for number, cells in enumerate(chain(seen, lines)):
        sheet.append([heading_cell(sheet, cell) if number == 0 else typed_cell(sheet, cell) for cell in cells])


def heading_cell(sheet, text):
    cell = text_cell(sheet, str(text))
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def typed_cell(sheet, value):
    if isinstance(value, str):
        return text_cell(sheet, value)
    if isinstance(value, date) and value.year < FIRST_YEAR_OF_A_CELL:
        return text_cell(sheet, value.isoformat())
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = MOMENT_FORMAT if isinstance(value, datetime) else DAY_FORMAT
    return cell


def width_of(value):
    if isinstance(value, date):
        return len("31/12/2026 23:59" if isinstance(value, datetime) else "31/12/2026")
    return len(str(value))
