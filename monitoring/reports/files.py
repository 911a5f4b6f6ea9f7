"""Reports as files."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.exporting import as_csv, as_xlsx
from pages.spreadsheets import harmless


def answered(pdf, name):
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def spreadsheet(kind, name, lines, coverage=None):
    """Lines of values; a workbook has the coverage on a sheet of its own."""
    if kind == "csv":
        return as_csv(map(plain, lines), name)
    return as_xlsx(map(plain, lines), name, more={_("Cakupan"): map(plain, coverage)} if coverage else {})


def plain(cells):
    """Text in which no spreadsheet finds a formula; numbers stay numbers, so that one can go on with them."""
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]
