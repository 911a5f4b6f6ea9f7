"""Cells that hold text and nothing else, and numbers as an Indonesian office reads them, in whatever opens them."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice, zip_longest

from django.utils.functional import Promise
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

# What a spreadsheet takes for the beginning of a formula; some take the wide signs of East Asia for one too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

DAY_FORMAT, MOMENT_FORMAT = "DD/MM/YYYY", "DD/MM/YYYY HH:MM"
# A spreadsheet counts its days from here.
FIRST_YEAR_OF_A_CELL = 1900
# How wide a column is, in letters, is told by its first rows; the others are not read before they are written.
ROWS_THAT_SAY_HOW_WIDE, NARROWEST, WIDEST = 200, 8, 50


def harmless(text):
    """A leading apostrophe makes it text wherever it is opened."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def harmless_cells(cells):
    """Text in which no spreadsheet finds a formula; numbers and days stay what they are, so that one can go on."""
    return [harmless(str(cell)) if isinstance(cell, str | Promise) else cell for cell in cells]


def text_cell(sheet, text):
    """A cell of a write-only sheet, for text that is harmless."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


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


def csv_line(cells):
    """Of a file whose separator is `;`, as an Indonesian spreadsheet reads it: decimals with a comma, real days."""
    return [said_in_csv(cell) for cell in cells]


def said_in_csv(cell):
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", ",")
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell


def csv_file(rows):
    """A small table as a file, its text harmless; Excel reads letters right after this mark."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";")
    lines.writerows(csv_line(harmless_cells(cells)) for cells in rows)
    return text.getvalue().encode("utf-8-sig")
