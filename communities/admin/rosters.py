"""Rosters that offices bring along: upload, say which column is what and where each row lies, then carry out."""

from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ScopedAdmin
from communities.models import RosterImport, RosterRow, StepRefused
from communities.rosters import reports
from communities.rosters.archives import FileRefused
from communities.rosters.columns import Column
from communities.rosters.receiving import receive
from communities.tasks import carry_out_roster, check_roster
from regions.atlas import FROM_ATLAS
from regions.filters import RegionField
from regions.models import Region

PAGE_SIZE = 50
FILES = {
    "xlsx": (reports.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (reports.as_csv, "text/csv; charset=utf-8"),
}


class UploadForm(forms.Form):
    region = forms.ModelChoiceField(None, label=_("wilayah"), help_text=_("Hanya KIM di wilayah ini yang diimpor."))
    file = forms.FileField(
        label=_("daftar KIM (XLSX atau CSV, paling banyak 5.000 baris)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = [assignment.region_id for assignment in user.current_assignments]
        here = Region.objects.current().filter(Q(pk__in=own) | Q(parent__in=own)).order_by("level", "code")
        self.fields["region"].queryset = here
        self.initial["region"] = own[0] if own else None


class ColumnsForm(forms.Form):
    """What each heading of the file is; one meaning for one column."""

    def __init__(self, *args, roster, **kwargs):
        super().__init__(*args, **kwargs)
        known = {index: column for column, index in roster.columns.items()}
        for index, heading in enumerate(roster.headings):
            self.fields[f"k{index}"] = forms.ChoiceField(
                label=heading or _("kolom %(number)s") % {"number": index + 1},
                choices=[("", _("tidak diambil")), *Column.choices],
                initial=known.get(index, ""),
                required=False,
            )

    def clean(self):
        facts = super().clean()
        chosen = [column for column in facts.values() if column]
        if Column.NAME not in chosen:
            raise forms.ValidationError(_("Tunjukkan kolom mana yang berisi nama KIM."))
        if len(chosen) > len(set(chosen)):
            raise forms.ValidationError(_("Dua kolom tidak boleh berisi hal yang sama."))
        return facts

    @property
    def columns(self):
        return {column: int(name[1:]) for name, column in self.cleaned_data.items() if column}


class PlacesForm(forms.Form):
    """For each row that is open: one of its candidates, or another place as it is typed."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        found = Region.objects.with_names().in_bulk({pk for row in rows for pk in row.candidates})
        for row in rows:
            places = [(str(pk), found[pk].address) for pk in row.candidates if pk in found]
            self.fields[f"p{row.pk}"] = forms.ChoiceField(
                label=_("Tempat %(name)s") % {"name": row.name}, choices=[("", _("pilih tempatnya")), *places],
                initial=str(row.region_id or ""), required=False,
            )  # fmt: skip
            other = RegionField(label=_("Tempat lain untuk %(name)s") % {"name": row.name}, required=False)
            other.widget.attrs["placeholder"] = _("atau tulis tempat lain")
            self.fields[f"c{row.pk}"] = other

    def places(self):
        """`(row, region)` of the rows that were decided."""
        chosen = {row.pk: self.cleaned_data[f"p{row.pk}"] for row in self.rows}
        regions = Region.objects.in_bulk([int(pk) for pk in chosen.values() if pk])
        for row in self.rows:
            region = self.cleaned_data[f"c{row.pk}"] or (chosen[row.pk] and regions[int(chosen[row.pk])])
            if region and region.pk != row.region_id:
                yield row, region

    def of(self, row):
        return self[f"p{row.pk}"], self[f"c{row.pk}"]


@admin.register(RosterImport)
class RosterImportAdmin(ScopedAdmin):
    scope = "region"
    list_display = ["name", "region", "status", "uploaded_by", "uploaded_at"]
    list_filter = ["status"]
    list_select_related = ["region", "uploaded_by"]
    search_fields = ["name"]
    fields = ["name", "region", "status"]
    ordering = ["-pk"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.result)
        return [path("<int:pk>/hasil.<slug:kind>", view, name="communities_rosterimport_result"), *super().get_urls()]

    def has_add_permission(self, request):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff

    def add_view(self, request, form_url="", extra_context=None):
        form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    roster = receive(form.cleaned_data["file"], by=request.user, region=form.cleaned_data["region"])
            except FileRefused as refusal:
                form.add_error("file", str(refusal))
            else:
                check_roster.enqueue(roster.pk)
                return redirect(address_of(roster))
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
        numbers = roster.numbers
        shown = request.GET.get("status", "")
        rows = page_of_rows(roster, shown, request.GET.get("sesudah", ""))
        open_rows = [row for row in rows if row.status in RosterRow.OPEN]
        form = PlacesForm(request.POST if request.POST.get("deed") == "places" else None, rows=open_rows)
        columns = ColumnsForm(request.POST if request.POST.get("deed") == "columns" else None, roster=roster)
        status = HTTPStatus.OK
        if request.method == "POST":
            try:
                if self.done(request, roster, form, columns):
                    return redirect(request.get_full_path())
            except StepRefused as refusal:
                messages.error(request, str(refusal))
                return redirect(request.get_full_path())
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": roster.name,
            "roster": roster,
            "numbers": [(each, RosterRow.Status(each).label, number) for each, number in numbers.items()],
            "shown": shown,
            "rows": [(row, form.of(row) if row in open_rows else None) for row in rows],
            "next": rows[-1].number if len(rows) == PAGE_SIZE else None,
            "form": form,
            "columns": columns,
            "ready": numbers.get(RosterRow.Status.MATCHED, 0),
            "may_run": roster.status in (RosterImport.Status.CHECKED, RosterImport.Status.DONE),
        }
        return TemplateResponse(request, "admin/communities/roster.html", context, status=status)

    def done(self, request, roster, form, columns):
        """Whether what was asked for could be done."""
        match request.POST.get("deed"):
            case "columns" if columns.is_valid():
                roster.map_columns(columns.columns)
                check_roster.enqueue(roster.pk)
            case "places" if form.is_valid():
                with transaction.atomic():
                    for row, region in form.places():
                        row.choose(region)
                messages.success(request, _("Pilihan tersimpan."))
            case "run":
                # A second click finds it under way.
                if not roster.is_under_way:
                    roster.approve(by=request.user)
                    carry_out_roster.enqueue(roster.pk)
            case "again":
                roster.start_again()
                check_roster.enqueue(roster.pk)
            case _other:
                return False
        return True

    def result(self, request, pk, kind):
        """The rows as they were, with what was found beside them, to work on."""
        roster = self.get_object(request, str(pk))
        write, content_type = FILES[kind if kind in FILES else "csv"]
        answer = HttpResponse(write(roster, with_roster(roster, roster.rows.all())), content_type=content_type)
        answer["Content-Disposition"] = f'attachment; filename="daftar-{roster.pk}.{kind if kind in FILES else "csv"}"'
        return answer


def address_of(roster):
    return reverse("admin:communities_rosterimport_change", args=[roster.pk])


def page_of_rows(roster, status, after):
    """Fifty rows of one status, or first those that a person has to look at."""
    rows = roster.rows.select_related("community").fetch_mode(FROM_ATLAS).order_by("number")
    if status in RosterRow.Status:
        rows = rows.filter(status=status)
    if after.isdecimal() and after.isascii() and len(after) < 9:
        rows = rows.filter(number__gt=int(after))
    return with_roster(roster, rows[:PAGE_SIZE])


def with_roster(roster, rows):
    found = list(rows)
    for row in found:
        row.roster = roster
    return found
