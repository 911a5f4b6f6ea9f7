"""A region in a form or filter: chosen by code, or typed as people type it."""

import django_filters
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class RegionField(forms.CharField):
    """A code, or any words that name a place; cleans to a Region with its ancestors."""

    default_error_messages = {
        "unknown": _("Wilayah ini tidak kami temukan. Coba nama desa, kecamatan, atau kabupatennya."),
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"data-suggest": reverse_lazy("regions:suggest"), "autocomplete": "off"})
        super().__init__(max_length=100, widget=widget, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = Region.objects.find(text, limit=1)
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found[0]


class RegionFilter(django_filters.Filter):
    field_class = RegionField
