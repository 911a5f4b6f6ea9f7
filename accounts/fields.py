"""Fields of forms that take what people type or paste as they meant it."""

from django import forms

from accounts.typed import only_seen
from regions.filters import RegionField


class SeenCharField(forms.CharField):
    """Text without characters that hide; a line stays a line."""

    def to_python(self, value):
        text = only_seen(str(value or ""), one_line=not isinstance(self.widget, forms.Textarea))
        return super().to_python(text)


class PlaceField(RegionField):
    """A place as it is typed or chosen; the full name of a known one is exactly that one, however many are named so."""

    known = ()

    def clean(self, value):
        text = only_seen(str(value or ""), one_line=True)
        return next((place for place in self.known if place.address == text), None) or super().clean(text)
