"""What a check found, as a file to work on: the rows as they are read now, with what is wrong beside them."""

import io

from django.utils.translation import gettext as _

from pages.spreadsheets import csv_file, harmless_cells
from regions.models import Region


def table(roster, rows):
    """Lists of plain text: the headings, then a list for each row."""
    yield [_("Baris"), _("Status"), _("Masalah"), _("Tempat"), _("Kemungkinan"), *roster.headings]
    rows = list(rows)
    pks = {pk for row in rows for pk in [*row.candidates, row.region_id] if pk}
    regions = Region.objects.with_names().in_bulk(pks)
    for row in rows:
        place = regions.get(row.region_id)
        yield [
            row.position_in_file,
            str(row.get_status_display()),
            " ".join([*row.problems, *row.hints.values()]),
            place.long_name if place else "",
            "; ".join(regions[pk].long_name for pk in row.candidates if pk in regions),
            *row.text,
        ]


def as_csv(roster, rows):
    """The bytes of a CSV that Excel opens with its letters right, and in which nothing is a formula."""
    return csv_file(table(roster, rows))


def as_xlsx(roster, rows):
    """The bytes of a workbook of text cells."""
    from pages.workbooks import workbook  # not by every process: 14 MB

    file = io.BytesIO()
    workbook([(_("Hasil pemeriksaan"), map(harmless_cells, table(roster, rows)))]).save(file)
    return file.getvalue()
