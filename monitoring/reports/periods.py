"""A quarter or a year, as days and as moments at a place, and the form that asks for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import DigitsField
from pages.said_once import SaidOnce
from regions.clocks import beginning, today
from regions.models import Region

FIRST_YEAR = 2000


@dataclass(frozen=True)
class Period:
    """The days `first` to `last`, both included, as the clock of `place` counts them."""

    year: int
    quarter: int | None
    place: Region

    @property
    def first(self):
        return date(self.year, 3 * (self.quarter or 1) - 2, 1)

    @property
    def last(self):
        month = 3 * (self.quarter or 4)
        return date(self.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    @property
    def begins_at(self):
        return beginning(self.first, self.place)

    @property
    def ends_at(self):
        """The first moment after it."""
        return beginning(self.last + timedelta(days=1), self.place)

    @property
    def is_going_on(self):
        return self.first <= today(self.place) <= self.last

    @property
    def label(self):
        if self.quarter is None:
            return gettext("tahun %(year)s") % {"year": self.year}
        return gettext("triwulan %(quarter)s tahun %(year)s") % {"quarter": self.quarter, "year": self.year}

    @property
    def slug(self):
        """For the name of a file."""
        return f"{self.year}-triwulan-{self.quarter}" if self.quarter else str(self.year)

    @property
    def query(self):
        return {"tahun": self.year, "triwulan": self.quarter or ""}

    def days(self, column):
        """The condition that a day lies in it."""
        return {f"{column}__range": (self.first, self.last)}

    def moments(self, column):
        """The condition that a moment lies in it."""
        return {f"{column}__gte": self.begins_at, f"{column}__lt": self.ends_at}


def quarters():
    """The choices, in the language of the reader."""
    named = [(number, gettext("triwulan %(number)s") % {"number": number}) for number in range(1, 5)]
    return [("", gettext("setahun penuh")), *named]


def current_quarter(place):
    day = today(place)
    return Period(day.year, (day.month + 2) // 3, place)


class PeriodForm(SaidOnce, forms.Form):
    """The period asked for by `?tahun=&triwulan=`, the present quarter where nothing is asked; none that is to come."""

    # Of text, so that what is no number stays there to be put right.
    tahun = DigitsField(label=_("tahun"), widget=forms.TextInput({"inputmode": "numeric", "size": 6}))
    triwulan = forms.TypedChoiceField(
        label=_("triwulan"),
        choices=quarters,
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Pilih triwulan 1 sampai 4, atau setahun penuh.")},
    )

    # What the buttons say: as which file, "" for the page.
    berkas = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": _("Berkas seperti ini tidak ada. Pilih salah satu tombol unduh.")},
    )

    def __init__(self, data, place, kinds=("pdf", "csv")):
        self.place, self.kinds = place, kinds
        now = current_quarter(place)
        super().__init__({**now.query, **data.dict()} if not {"tahun", "triwulan"} & data.keys() else data)
        years = {"first": FIRST_YEAR, "last": now.year}
        sentence = _("Tulis tahun %(first)s sampai %(last)s.") % years
        self.fields["tahun"].error_messages |= {"invalid": sentence, "required": sentence}
        self.fields["berkas"].choices = [("", ""), *((kind, kind) for kind in kinds)]

    def clean_tahun(self):
        year, field = self.cleaned_data["tahun"], self.fields["tahun"]
        if not FIRST_YEAR <= year <= today(self.place).year:
            raise forms.ValidationError(field.error_messages["invalid"])
        return year

    def clean(self):
        super().clean()
        quarter = self.cleaned_data.get("triwulan")
        if quarter and "tahun" in self.cleaned_data and self.period.first > today(self.place):
            self.add_error("triwulan", _("Triwulan ini belum dimulai."))

    @property
    def period(self):
        return Period(self.cleaned_data["tahun"], self.cleaned_data["triwulan"], self.place)
