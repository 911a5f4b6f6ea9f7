"""What lists are narrowed by: a region, chosen by code or typed as people type it, and what else each list offers."""

from datetime import date

import django_filters
from django import forms
from django.urls import reverse_lazy
from django.utils.formats import date_format
from django.utils.http import urlencode
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


class ListFilter(django_filters.FilterSet):
    """Narrows a list, and knows in words and as an address what was chosen."""

    @property
    def region(self):
        """The region chosen, or None."""
        return self.form.cleaned_data.get("wilayah") if self.form.is_valid() else None

    @property
    def chosen(self):
        """`{name: what was typed or selected}`, without what was left empty."""
        return {name: self.form.data[name] for name in self.form.fields if self.form.data.get(name)}

    @property
    def query(self):
        """The choice as the query string of an address; empty for none."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    @property
    def names(self):
        """`{name: what was understood of it, in words}`."""
        given = self.form.cleaned_data if self.form.is_bound and not self.form.errors else {}
        return {name: in_words(self.form.fields[name], given[name]) for name in self.chosen if given.get(name)}

    def without(self, **kept):
        """`(words, query string)` for each choice: the list without that one; what is `kept` stands first."""
        return [
            (words, f"?{urlencode(kept | {other: value for other, value in self.chosen.items() if other != name})}")
            for name, words in self.names.items()
        ]


def in_words(field, value):
    """A region with its kind, the label of a choice, a day with what it begins or ends."""
    if isinstance(value, date):
        return f"{field.label} {date_format(value, 'j F Y')}"
    if isinstance(value, str):
        return str(dict(getattr(field, "choices", ())).get(value, value))
    return getattr(value, "full_name", str(value))
