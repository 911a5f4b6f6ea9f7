"""The sheet of an evaluation as a file for the officers who see it; who took it along is written down."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.exporting import as_pdf, log, spreadsheet
from evaluations.sheet_paper import sheet_pdf
from evaluations.sheets import more_tables, sheet_of, table

KINDS = ("xlsx", "pdf")


def urls(desk):
    return [
        path(
            f"<int:pk>/lembar/{kind}/",
            desk.by_desk(partial(download, kind=kind), posts_only=True),
            name=f"evaluations_cycle_sheet_{kind}",
        )
        for kind in KINDS
    ]


def download(desk, request, pk, *, kind):
    """Not for a juror who is still to be blind to what was computed, and not before anything was."""
    cycle = desk.get_object(request, str(pk))
    if cycle.is_hidden_from(request.user):
        raise PermissionDenied
    if not cycle.has_sheet:
        messages.error(request, _("Nilai evaluasi ini belum dihitung, atau sedang dihitung. Coba lagi sesudahnya."))
        return redirect(cycle.desk_path)
    sheet = sheet_of(cycle)
    log(desk.model, request, kind, sheet.number, row=cycle)
    name = f"{slugify(_('Lembar'))}-{slugify(cycle)}.{kind}"
    return (
        as_pdf(sheet_pdf(sheet), name) if kind == "pdf" else spreadsheet(kind, name, table(sheet), more_tables(sheet))
    )
