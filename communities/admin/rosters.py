"""Rosters that offices bring along: upload, say what its sheets, columns, rows and cells mean, then carry out."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.scoped_admin import ScopedAdmin
from accounts.typed import is_key
from communities.admin.roster_forms import (
    ColumnsForm,
    PublishForm,
    RowsForm,
    SheetsForm,
    UploadForm,
    headings_of,
    rows_of,
)
from communities.models import RosterImport, RosterRow, StepRefused
from communities.rosters import reports
from communities.rosters.correcting import correct, do_without_faults
from communities.rosters.publishing import summary, with_details
from communities.rosters.receiving import receive
from communities.rosters.undoing import ask_to_undo, preview
from communities.tasks import carry_out_roster, check_roster, undo_roster
from pages.limits import in_time
from pages.twice import SAME_PAGE
from regions.atlas import FROM_ATLAS
from regions.tables import FileRefused

PAGE_SIZE = 50
# Django takes a thousand fields of a form, and each row has three more than its columns.
MOST_FIELDS = 900
ALL = "semua"
FILES = {
    "xlsx": (reports.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (reports.as_csv, "text/csv; charset=utf-8"),
}


@admin.register(RosterImport)
class RosterImportAdmin(ScopedAdmin):
    is_record = True
    scope = "region"
    list_display = ["name", "region", "status", "uploaded_by", "uploaded_at"]
    list_filter = ["status"]
    list_select_related = ["region", "uploaded_by"]
    search_fields = ["name"]
    fields = ["name", "region", "status"]
    ordering = ["-pk"]

    def get_urls(self):
        def own(route, view, name):
            name = f"communities_rosterimport_{name}"
            return path(f"<int:pk>/{route}", self.admin_site.admin_view(view), name=name)

        return [
            own("hasil.<slug:kind>", self.result, "result"),
            own("jalankan/", self.run_view, "run"),
            own("batalkan/", self.undo_view, "undo"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff

    def add_view(self, request, form_url="", extra_context=None):
        form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
        if request.method == "POST" and form.is_valid() and in_time(request, form, "file", field="file"):
            if SAME_PAGE.is_again(request):
                return self.already_saved(request)
            try:
                with transaction.atomic():
                    roster = receive(form.cleaned_data["file"], by=request.user, region=form.cleaned_data["region"])
            except FileRefused as refusal:
                SAME_PAGE.forget(request)
                form.add_error("file", str(refusal))
            else:
                check_roster.enqueue(roster.pk)
                return redirect(url_of(roster))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Impor daftar KIM"),
            "form": form,
        }
        return TemplateResponse(request, "admin/communities/roster_add.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What the check found, and what is left to be said before it is carried out."""
        roster = self.get_object(request, object_id)
        forms = forms_of(request, roster)
        status = HTTPStatus.OK
        if request.method == "POST":
            try:
                if self.done(request, roster, forms):
                    return redirect(request.get_full_path())
            except StepRefused as refusal:
                messages.error(request, str(refusal))
                return redirect(request.get_full_path())
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        facts = {**forms, **rows_shown(request, roster, forms["rows_form"]), **numbers_of(roster)}
        return self.page(request, roster, "roster.html", roster.name, status, **facts)

    def done(self, request, roster, forms):
        """Whether what was asked for could be done."""
        match request.POST.get("deed"):
            case "sheets" if forms["sheets_form"].is_valid():
                roster.choose_sheets(forms["sheets_form"].wanted)
                check_roster.enqueue(roster.pk)
            case "dates" if request.POST.get("month_first") in ("0", "1"):
                roster.order_dates(request.POST["month_first"] == "1")
                check_roster.enqueue(roster.pk)
            case "columns" if forms["columns_form"].is_valid():
                roster.map_columns(forms["columns_form"].columns)
                check_roster.enqueue(roster.pk)
            case "keep":
                roster.keep_rows([key for key in request.POST.getlist("keep") if is_key(key)])
                check_roster.enqueue(roster.pk)
            case "rows" if forms["rows_form"].is_valid():
                self.save_rows(request, roster, forms["rows_form"])
            case "without":
                number = do_without_faults(roster)
                told = ngettext(
                    "%d baris dibaca tanpa sel yang salah.", "%d baris dibaca tanpa sel yang salah.", number
                )
                messages.success(request, told % number)
            case "again":
                roster.start_again()
                check_roster.enqueue(roster.pk)
            case _other:
                return False
        return True

    @staticmethod
    def save_rows(request, roster, form):
        with transaction.atomic():
            correct(roster, form.corrections())
            for row, region in form.places():
                row.choose(region)
        messages.success(request, _("Tersimpan."))

    def run_view(self, request, pk):
        """What everyone will see of it; once an officer has looked that through, the import is carried out."""
        roster = self.get_object(request, str(pk))
        if is_second_click(request, roster):
            return redirect(url_of(roster))
        form = PublishForm(request.POST or None, initial={"seen": roster.state})
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        if form.is_valid():
            try:
                roster.approve(by=request.user, seen=form.cleaned_data["seen"])
            except StepRefused as refusal:
                form, status = PublishForm(initial={"seen": roster.state}), HTTPStatus.CONFLICT
                messages.error(request, str(refusal))
            else:
                carry_out_roster.enqueue(roster.pk)
                return redirect(url_of(roster))
        rows = roster.rows.filter(status=RosterRow.Status.MATCHED).fetch_mode(FROM_ATLAS)
        behind = request.GET.get("sesudah", "")
        rows = [with_details(roster, row) for row in after(rows, behind)[:PAGE_SIZE]]
        facts = {
            "form": form,
            # On the first page alone, where the button is.
            "summary": None if behind else summary(roster),
            "rows": rows,
            "next": key_of(rows[-1]) if len(rows) == PAGE_SIZE else None,
        }
        return self.page(request, roster, "roster_run.html", _("Yang akan tampil untuk umum"), status, **facts)

    def undo_view(self, request, pk):
        """What would be gone, or why nothing can; then one button."""
        roster = self.get_object(request, str(pk))
        if is_second_click(request, roster):
            return redirect(url_of(roster))
        if request.method == "POST":
            try:
                ask_to_undo(roster, by=request.user)
            except StepRefused as refusal:
                messages.error(request, str(refusal))
            else:
                undo_roster.enqueue(roster.pk)
            return redirect(url_of(roster))
        facts = {"found": preview(roster, by=request.user)} if roster.may_be_undone else {}
        return self.page(request, roster, "roster_undo.html", _("Batalkan impor"), HTTPStatus.OK, **facts)

    def page(self, request, roster, template, title, status, **facts):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "roster": roster,
            **facts,
        }
        return TemplateResponse(request, f"admin/communities/{template}", context, status=status)

    def result(self, request, pk, kind):
        """The rows as they are read now, with what was found beside them, to work on."""
        roster = self.get_object(request, str(pk))
        write, content_type = FILES[kind if kind in FILES else "csv"]
        answer = HttpResponse(write(roster, with_roster(roster, roster.rows.all())), content_type=content_type)
        answer["Content-Disposition"] = f'attachment; filename="daftar-{roster.pk}.{kind if kind in FILES else "csv"}"'
        return answer


def is_second_click(request, roster):
    return request.method == "POST" and roster.is_under_way


def url_of(roster):
    return reverse("admin:communities_rosterimport_change", args=[roster.pk])


def forms_of(request, roster):
    """The forms of the page; the one that was sent says what is wrong with it."""

    def sent(deed):
        return request.POST if request.POST.get("deed") == deed else None

    posted = sent("rows")
    rows = roster.rows.filter(pk__in=rows_of(posted)[: page_size(roster)]) if posted else page_of_rows(request, roster)
    rows = with_roster(roster, rows.select_related("community").fetch_mode(FROM_ATLAS))
    return {
        "sheets_form": SheetsForm(sent("sheets"), roster=roster),
        "columns_form": ColumnsForm(sent("columns"), roster=roster),
        "rows_form": RowsForm(posted, rows=rows),
    }


def page_size(roster):
    return min(PAGE_SIZE, MOST_FIELDS // (len(roster.columns) + 3))


def page_of_rows(request, roster):
    """A page of the rows of one status; of those that a person has to look at, or of all where there are none."""
    shown = request.GET.get("status", "")
    rows = roster.rows.exclude(status=RosterRow.Status.LEFT_OUT)
    if shown in RosterRow.Status:
        rows = rows.filter(status=shown)
    elif shown != ALL and folds(roster):
        rows = rows.filter(status__in=RosterRow.WAITING)
    return after(rows, request.GET.get("sesudah", ""))[: page_size(roster)]


def folds(roster):
    """Whether some rows wait for a person, so that those that need nothing are folded away."""
    return roster.rows.filter(status__in=RosterRow.WAITING).exists()


def rows_shown(request, roster, form):
    """The rows of the page with their fields, and those that are left out."""
    rows = form.listed
    beside = roster.rows.filter(status=RosterRow.Status.LEFT_OUT)
    beside = with_roster(roster, after(beside, request.GET.get("dilewati", ""))[:PAGE_SIZE])
    return {
        "shown": request.GET.get("status", ""),
        "rows": [(row, form.of(row), form.cells(row)) for row in rows],
        "headings": headings_of(roster),
        "folded": folded(request, roster, rows),
        "may_change": any(form.of(row) for row in rows),
        "next": key_of(rows[-1]) if len(rows) == page_size(roster) else None,
        "left_out": beside,
        "next_left_out": key_of(beside[-1]) if len(beside) == PAGE_SIZE else None,
    }


def folded(request, roster, shown):
    """The first of the rows that match, where the page shows those alone that wait for a person."""
    if request.GET.get("status") or not any(row.status in RosterRow.WAITING for row in shown):
        return []
    rows = roster.rows.filter(status=RosterRow.Status.MATCHED).fetch_mode(FROM_ATLAS)
    return with_roster(roster, rows[:PAGE_SIZE])


def numbers_of(roster):
    numbers = roster.numbers
    return {
        "numbers": [
            (status, RosterRow.Status(status).label, number)
            for status, number in numbers.items()
            if status != RosterRow.Status.LEFT_OUT
        ],
        "number_left_out": numbers.get(RosterRow.Status.LEFT_OUT, 0),
        "wrong": roster.rows.may_do_without().count() if RosterRow.Status.ERROR in numbers else 0,
        "made": numbers.get(RosterRow.Status.IMPORTED, 0),
        "ready": numbers.get(RosterRow.Status.MATCHED, 0),
        "may_run": roster.may_run,
    }


def key_of(row):
    return f"{row.sheet}.{row.number}"


def after(rows, key):
    """The rows behind the one with this key; all of them for a key that nobody was given."""
    sheet, _dot, number = key.partition(".")
    if not (is_key(sheet) and is_key(number) and len(sheet) < 5 and len(number) < 9):
        return rows
    return rows.filter(Q(sheet=sheet, number__gt=number) | Q(sheet__gt=sheet), sheet__gte=sheet)


def with_roster(roster, rows):
    found = list(rows)
    for row in found:
        row.roster = roster
    return found
