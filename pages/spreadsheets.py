"""Cells that hold text and nothing else, in whatever program they are opened."""

from openpyxl.cell import WriteOnlyCell

# What a spreadsheet takes for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text):
    """A leading apostrophe makes it text wherever it is opened."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def text_cell(sheet, text):
    """A cell of a write-only sheet, for text that is harmless."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
