"""Cells that hold text and nothing else, and numbers as an Indonesian office reads them, in whatever opens them."""

import csv
import io
from decimal import Decimal

from openpyxl.cell import WriteOnlyCell

# What a spreadsheet takes for the beginning of a formula; some take the wide signs of East Asia for one too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text):
    """A leading apostrophe makes it text wherever it is opened."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def harmless_cells(cells):
    """Numbers and moments stay what they are."""
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]


def text_cell(sheet, text):
    """A cell of a write-only sheet, for text that is harmless."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def csv_line(cells):
    """Of a file whose separator is `;`: there a decimal number has the comma that an Indonesian spreadsheet reads."""
    return [str(cell).replace(".", ",") if isinstance(cell, float | Decimal) else cell for cell in cells]


def csv_file(rows):
    """A small table as a file, its text harmless; Excel reads letters right after this mark."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";")
    lines.writerows(csv_line(harmless_cells(cells)) for cells in rows)
    return text.getvalue().encode("utf-8-sig")
