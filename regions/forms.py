import re

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from pages.said_once import SaidOnce
from regions.filters import RegionField


class PlaceSearchForm(SaidOnce, forms.Form):
    """Looking for a place by words (`q`) or from above (`di`, the code of the region to look into)."""

    q = forms.CharField(
        label=_("Cari desa, kecamatan, kabupaten, atau kode pos"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Pencarian paling panjang 100 huruf. Coba nama desa dan kabupatennya saja.")},
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "data-suggest": reverse_lazy("regions:suggest")}
        ),
    )
    di = RegionField(required=False, label=_("Lihat isi wilayah"))


class MyPlaceForm(forms.Form):
    kode = RegionField(label=_("Wilayah"))


class DegreesField(forms.FloatField):
    """A number as scripts write it; Python would also read 1_0 and the digits of other writings."""

    WRITTEN = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]*)?(e-[0-9]{1,2})?")

    def to_python(self, value):
        if value not in self.empty_values and not self.WRITTEN.fullmatch(str(value)):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class PositionForm(forms.Form):
    """Where a device says it is; asked of it only on a click, used once, never kept."""

    lat = DegreesField(min_value=-90, max_value=90, widget=forms.HiddenInput)
    lng = DegreesField(min_value=-180, max_value=180, widget=forms.HiddenInput)
