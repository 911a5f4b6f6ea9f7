"""A list of the desk as a file: text in which no spreadsheet finds a formula, numbers, and days that can be sorted."""

import csv
import tempfile
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db.models import F
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.audit import who
from accounts.columns import Column
from accounts.models import AuditEntry
from accounts.place_filter import ITSELF, PlaceFilter
from pages.said_once import repeated
from pages.spreadsheets import csv_line, harmless, harmless_cells, title_of
from regions import atlas
from regions.clocks import today
from regions.models import Region
from regions.placed import LABELS, LEVELS

MOST_ROWS = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("xlsx", "csv")


def said(value):
    """A value as the list shows it: a number or a day as it is, anything else in plain words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    is_of_a_zone = isinstance(value, datetime) and value.tzinfo
    if isinstance(value, int | float | Decimal | date) and not is_of_a_zone:
        return value
    return harmless(strip_tags(value) if isinstance(value, str) else str(formats.localize(value, use_l10n=True)))


def cell(desk, column, row):
    if isinstance(column, Column):
        return said(column.in_file(row))
    try:
        field, _attribute, value = lookup_field(column, row, desk)
    except (FieldDoesNotExist, AttributeError):
        return ""
    if field is not None and field.choices:
        value = str(getattr(row, f"get_{field.name}_display")())
    elif field is not None and field.is_relation:
        value = str(getattr(row, field.name) or "")
    return said(value)


def table(desk, columns, rows):
    """Lists of cells: the headings, then a list for each row."""
    yield [harmless(str(label_for_field(column, desk.model, desk))) for column in columns]
    for row in rows:
        yield [cell(desk, column, row) for column in columns]


def export(desk, request, kind):
    """What the list shows, with its filters and its search; who took how many rows along is written down."""
    this_list = f"{request.path.removesuffix(f'ekspor/{kind}/')}?{request.GET.urlencode()}"
    if repeated(request.GET, request.GET):  # the list says so
        return redirect(this_list)
    try:
        shown = desk.get_changelist_instance(request)
    except IncorrectLookupParameters as error:
        raise BadRequest from error
    number = shown.queryset[: MOST_ROWS + 1].count()
    refused = ""
    if any(each.form.errors for each in shown.filter_specs if hasattr(each, "form")):
        refused = _("Perbaiki dahulu hari yang ditandai, lalu unduh.")
    elif number > MOST_ROWS:
        most = {"most": formats.number_format(MOST_ROWS, force_grouping=True)}
        refused = _("Daftar ini lebih dari %(most)s baris. Saring dahulu, lalu unduh.") % most
    if refused:
        messages.error(request, refused)
        return redirect(this_list)
    log(desk.model, request, kind, number)
    columns = [column for column in desk.get_list_display(request) if column not in desk.not_exported]
    worded = desk.worded(request)
    columns += [worded.get(name, name) for name in desk.also_exported]
    name = f"{slugify(desk.opts.verbose_name_plural)}-{today(request.user.place):%Y-%m-%d}.{kind}"
    if kind == "xlsx" and request.POST.get("lembar") == "wilayah" and parts_of(desk, request):
        return as_workbook(sheets(desk, request, columns, shown.queryset), name)
    rows = table(desk, columns, desk.for_export(request, shown.queryset))
    return as_csv(rows, name) if kind == "csv" else as_xlsx(rows, name)


def listed_region(request):
    """The region that the list is narrowed to, or else the officer's own; None for the country."""
    code = request.GET.get(PlaceFilter.parameter_name, "").removesuffix(ITSELF)
    return atlas.surroundings(code)[0] if code else request.user.place


def parts_of(desk, request):
    """What the parts of the listed region are called, where a list may have a sheet for each of them."""
    region = listed_region(request)
    level = region.level if region else Region.Level.NATION
    return LABELS[level] if desk.level_columns is not None and level < Region.Level.VILLAGE else None


def sheets(desk, request, columns, rows):
    """`(title, lines)` of each part that has rows, one after the other; what lies in none of them comes last."""
    region, taken = listed_region(request), []
    column = f"{desk.level_columns}{LEVELS[region.level if region else Region.Level.NATION]}"
    names = Region.objects.filter(pk__in=rows.order_by().values(column)).in_bulk(field_name="code")
    rows = rows.order_by(f"{column}__code", *desk.ordering).annotate(part_code=F(f"{column}__code"))
    for code, part in groupby(desk.for_export(request, rows), attrgetter("part_code")):
        place = names.get(code, region)
        taken.append(title_of(place.full_name if place else _("Indonesia"), taken))
        yield taken[-1], table(desk, columns, part)
    if not taken:
        yield "Data", table(desk, columns, ())


def log(model, request, kind, number, row=None, region=None):
    """Write down who took so many rows along: of a list, of what belongs to one row, or of what is said of a model.

    It is the business of that region, or else of the person's own.
    """
    person = who(request.user)
    AuditEntry.objects.create(
        model=model._meta.label_lower,
        object_id=row.pk if row else 0,
        deed=AuditEntry.Deed.EXPORT,
        after={"rows": number, "kind": kind, "filter": request.GET.urlencode()},
        region_id=region.pk if region else person["region"],
        by=request.user,
        role=person["role"],
        by_region_id=person["region"],
    )


class Echo:
    """A file of which a writer's line is handed on as soon as it is written."""

    def write(self, text):
        return text


def in_language(language, rows):
    """The rows, each made in the language of the page: they are asked for when its request is over."""
    while True:
        with override(language):
            cells = next(rows, None)
        if cells is None:
            return
        yield cells


def as_csv(rows, name):
    # Excel reads letters right after this mark, and knows the separator of an Indonesian office.
    writer = csv.writer(Echo(), delimiter=";")
    said = in_language(get_language(), iter(rows))
    lines = (("\ufeff" if first == 0 else "") + writer.writerow(csv_line(cells)) for first, cells in enumerate(said))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", status=HTTPStatus.OK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def as_xlsx(rows, name, more=None):
    """The rows on a sheet, and `more` on others: `{title: rows}`."""
    return as_workbook({"Data": rows, **(more or {})}.items(), name)


def as_workbook(sheets, name):
    """Pairs of a title and its rows, each asked for when the one before is written."""
    from pages.workbooks import workbook  # not by every process: 14 MB

    book = workbook(sheets)
    file = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def as_pdf(pdf, name):
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def spreadsheet(kind, name, lines, more=None):
    """Lines of values as CSV, or as a workbook in which `more`, `{title: lines}`, has sheets of its own."""
    harmless_lines = map(harmless_cells, lines)
    if kind == "csv":
        return as_csv(harmless_lines, name)
    more = {title: map(harmless_cells, rows) for title, rows in (more or {}).items()}
    return as_xlsx(harmless_lines, name, more=more)
