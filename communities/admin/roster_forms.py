"""What an officer says of a roster: which sheets, columns, dates and places are meant, what a cell should say."""

import hashlib
from typing import NamedTuple

from django import forms
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from accounts.fields import AnySignsField, SeenCharField
from accounts.typed import is_key, only_seen
from communities.models import RosterRow
from communities.rosters.columns import Column
from communities.rosters.details import details_of
from communities.rosters.reading import MAX_LINES
from regions.filters import RegionField
from regions.models import Region

# Of a cell that can be written anew; a longer one stays as it is.
MOST_LETTERS = 1_000


class UploadForm(forms.Form):
    region = forms.ModelChoiceField(None, label=_("wilayah"), help_text=_("Hanya KIM di wilayah ini yang diimpor."))
    file = forms.FileField(
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = [assignment.region_id for assignment in user.current_assignments]
        here = Region.objects.current().filter(Q(pk__in=own) | Q(parent__in=own)).order_by("level", "code")
        self.fields["region"].queryset = here
        self.initial["region"] = own[0] if own else None
        most = {"most": number_format(MAX_LINES, force_grouping=True)}
        self.fields["file"].label = _("daftar KIM (XLSX atau CSV, paling banyak %(most)s baris)") % most


class SheetsForm(forms.Form):
    """Which sheets of the workbook are rosters; whatever is not ticked is not read."""

    def __init__(self, *args, roster, **kwargs):
        super().__init__(*args, **kwargs)
        self.titles = {}
        for number, sheet in enumerate(roster.sheets):
            name = f"s{number}"
            self.titles[name] = sheet["title"]
            self.fields[name] = forms.BooleanField(
                label=sheet["title"], required=False, initial=sheet["status"] == "read", help_text=escape(sheet["why"])
            )

    def clean(self):
        facts = super().clean()
        if not any(facts.values()):
            raise forms.ValidationError(_("Pilih paling sedikit satu lembar."))
        return facts

    @property
    def wanted(self):
        return {self.titles[name]: is_wanted for name, is_wanted in self.cleaned_data.items()}


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


class Cell(NamedTuple):
    """One cell of a row: its field, or where nothing can be typed its text; `kind` is wrong, partial or nothing."""

    label: str
    text: str
    field: forms.BoundField | None = None
    kind: str = ""


class RowFields(NamedTuple):
    """The fields of a row that say its place, and as which it was seen."""

    places: list[forms.BoundField]
    seen: forms.BoundField

    @property
    def has_wrong_place(self):
        return any(field.errors for field in self.places)


class RowsForm(forms.Form):
    """For each open row: one of its candidates or another place as it is typed, and what its cells should say."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        # Those of the page, of which some are open.
        self.listed = rows
        self.rows = [row for row in rows if row.status in RosterRow.OPEN]
        found = Region.objects.with_names().in_bulk({pk for row in self.rows for pk in row.candidates})
        for row in self.rows:
            self.add_place(row, [(str(pk), found[pk].long_name) for pk in row.candidates if pk in found])
            told = row.hints | row.faults
            self.fields[f"v{row.pk}"] = SeenCharField(required=False, initial=version_of(row), widget=forms.HiddenInput)
            for column in cells_of(row):
                if column in told or len(row.by_column.get(column, "")) <= MOST_LETTERS:
                    self.add_cell(row, column, told.get(column, ""))

    def add_place(self, row, places):
        self.fields[f"p{row.pk}"] = forms.ChoiceField(
            label=_("Tempat %(name)s") % {"name": row.name}, choices=[("", _("pilih tempatnya")), *places],
            initial=str(row.region_id or ""), required=False,
        )  # fmt: skip
        other = RegionField(label=_("Tempat lain untuk %(name)s") % {"name": row.name}, required=False)
        other.widget.attrs["placeholder"] = _("atau tulis tempat lain")
        self.fields[f"c{row.pk}"] = other

    def add_cell(self, row, column, told):
        self.fields[f"k{row.pk}-{column}"] = AnySignsField(
            label=label_of(column),
            # Words of the file are in it, and a help text is shown as HTML.
            help_text=escape(told),
            required=False,
            max_length=MOST_LETTERS,
            # As a browser gives it back, so that what nobody touched is not taken for a correction.
            initial=only_seen(row.by_column.get(column, ""), one_line=True),
        )

    def clean(self):
        facts = super().clean()
        told = {name for name in self.data if name[:1] == "k" and "-" in name}
        if told - self.fields.keys():
            raise forms.ValidationError(_("Sebagian baris baru saja diubah dari halaman lain. Muat ulang halaman ini."))
        for row, texts in self.corrections().items():
            if not self.is_as_seen(row, texts):
                raise forms.ValidationError(
                    _("Sebagian baris baru saja diubah dari halaman lain. Muat ulang halaman ini.")
                )
            faults = details_of(row.by_column | texts, month_first=bool(row.roster.month_first)).faults
            for column in texts:
                if column in faults:
                    self.add_error(f"k{row.pk}-{column}", faults[column])
                    # What was wrong with the cell before is no longer of use.
                    self[f"k{row.pk}-{column}"].help_text = ""
        return facts

    def is_as_seen(self, row, texts):
        """Whether nobody corrected it since; without its version, whether there is something to correct at all."""
        seen = self.cleaned_data.get(f"v{row.pk}")
        return seen == version_of(row) if seen else texts.keys() <= (row.faults | row.hints).keys()

    def corrections(self):
        """`{row: {column: text}}` of the cells that somebody wrote anew."""
        found = {}
        for row in self.rows:
            names = {column: f"k{row.pk}-{column}" for column in cells_of(row)}
            changed = {
                column: name for column, name in names.items() if name in self.data and name in self.changed_data
            }
            texts = {column: self.cleaned_data[name] for column, name in changed.items() if name in self.cleaned_data}
            found |= {row: texts} if texts else {}
        return found

    def places(self):
        """`(row, region)` of the rows that were decided."""
        chosen = {row.pk: self.cleaned_data[f"p{row.pk}"] for row in self.rows}
        regions = Region.objects.in_bulk([int(pk) for pk in chosen.values() if pk])
        for row in self.rows:
            region = self.cleaned_data[f"c{row.pk}"] or (chosen[row.pk] and regions[int(chosen[row.pk])])
            if region and region.pk != row.region_id:
                yield row, region

    def of(self, row):
        """The RowFields of a row; None where nothing of it can be changed."""
        if f"p{row.pk}" not in self.fields:
            return None
        return RowFields([self[f"p{row.pk}"], self[f"c{row.pk}"]], self[f"v{row.pk}"])

    def cells(self, row):
        """The Cells of a row, in the order of `headings_of`, then what is wrong beside these columns."""
        kinds = dict.fromkeys(row.hints, "partial") | dict.fromkeys(row.faults, "wrong")
        found = []
        for column in cells_of(row):
            name, text = f"k{row.pk}-{column}", row.by_column.get(column, "")
            field = self[name] if name in self.fields else None
            found.append(Cell(label_of(column), text, field, kinds.get(column, "")))
        return found


def version_of(row):
    return hashlib.sha256(repr(sorted(row.corrections.items())).encode()).hexdigest()[:16]


def cells_of(row):
    """The columns of a row: as they stand in the file, the name first, then others of which something is told."""
    columns = columns_of(row.roster)
    return [*columns, *(column for column in row.hints | row.faults if column not in columns)]


def columns_of(roster):
    order = sorted(roster.columns, key=lambda column: (column != Column.NAME, roster.columns[column]))
    return [column for column in order if column in Column]


def headings_of(roster):
    return [label_of(column) for column in columns_of(roster)]


def label_of(column):
    return Column(column).label if column in Column else column


class PublishForm(forms.Form):
    """Whoever lets a roster become KIMs has seen what everyone will then see."""

    seen = SeenCharField(widget=forms.HiddenInput, max_length=40)
    is_looked_through = forms.BooleanField(
        label=_("Saya sudah memeriksa: data di atas boleh dilihat semua orang."),
        error_messages={"required": _("Periksa dahulu yang akan tampil untuk umum, lalu centang di sini.")},
    )


def rows_of(data):
    """The keys of the rows that a sent RowsForm is about."""
    keys = {name[1:].partition("-")[0] for name in data if name[:1] in ("p", "c", "k")}
    return sorted(int(key) for key in keys if is_key(key))
