from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from regions.filters import RegionField


class PlaceSearchForm(forms.Form):
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


class PositionForm(forms.Form):
    """Where a device says it is; asked of it only on a click, used once, never kept."""

    lat = forms.FloatField(min_value=-90, max_value=90, widget=forms.HiddenInput)
    lng = forms.FloatField(min_value=-180, max_value=180, widget=forms.HiddenInput)
