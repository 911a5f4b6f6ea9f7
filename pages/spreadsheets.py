"""Cells that hold text and nothing else, and numbers as an Indonesian office reads them, in whatever opens them."""

import csv
import io
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise

# What a spreadsheet takes for the beginning of a formula; some take the wide signs of East Asia for one too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

MOST_LETTERS_OF_A_TITLE = 31
FORBIDDEN_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def harmless(text):
    """A leading apostrophe makes it text wherever it is opened."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def harmless_cells(cells):
    """Text in which no spreadsheet finds a formula; numbers and days stay what they are, so that one can go on."""
    return [harmless(str(cell)) if isinstance(cell, str | Promise) else cell for cell in cells]


def title_of(name, taken):
    """A name as a sheet may be called, and no other sheet is."""
    title, number = name.translate(FORBIDDEN_IN_A_TITLE)[:MOST_LETTERS_OF_A_TITLE], 1
    while title.casefold() in map(str.casefold, taken):
        number += 1
        title = f"{title[: MOST_LETTERS_OF_A_TITLE - 4]} {number}"
    return title


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
