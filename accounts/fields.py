"""Fields of forms that take what people type or paste as they meant it."""

from datetime import UTC

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.images import prepare_photo
from accounts.photo_limits import ACCEPTED, PhotoRefused
from accounts.typed import MARKS, only_seen, plain_text, says_or_shows_something, says_something
from regions.clocks import has_come, of_our_time
from regions.filters import RegionField


class SeenCharField(forms.CharField):
    """Text without characters that hide, and never of signs alone; a line stays a line."""

    # What is asked of every text that people write; None where signs are taken as they are.
    says = says_something

    def to_python(self, value):
        text = only_seen(str(value or ""), one_line=not isinstance(self.widget, forms.Textarea))
        return super().to_python(text)

    def validate(self, value):
        super().validate(value)
        if value and self.says:
            self.says(value)


class AnySignsField(SeenCharField):
    """What may be signs alone: a cell of a file, a search, a draft that is still being written."""

    says = None


class DigitsField(forms.IntegerField):
    """A whole number in the digits 0 to 9; Python reads 2_026 and the digits of other scripts as numbers too."""

    def to_python(self, value):
        text = str(value or "").strip()
        if text and not (text.isascii() and text.isdecimal()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class NameField(forms.CharField):
    """A line without the marks that telephones put around names; what else hides is for its validator to refuse."""

    def to_python(self, value):
        return super().to_python(MARKS.sub("", str(value or "")))


class NoteField(SeenCharField):
    """A reason, a note, an answer: some lines that other people read, without anybody's personal number."""

    default_validators = [plain_text]

    def __init__(self, *, rows=3, max_length=2000, **options):
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **options)


class AnswerField(NoteField):
    """A few words as in a chat, where a picture alone is an answer too."""

    says = says_or_shows_something


class Day(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    default_error_messages = {"invalid": _("Tulis tanggal yang ada di kalender, misalnya 17-08-2026.")}
    default_validators = [of_our_time]

    def __init__(self, **options):
        super().__init__(widget=Day, **options)


class PastDayField(DayField):
    default_validators = [of_our_time, has_come]


class MomentField(forms.DateTimeField):
    """A day and an hour as a clock on the wall says them; the form knows in which zone that wall stands."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_validators = [of_our_time]

    def to_python(self, value):
        with timezone.override(UTC):
            moment = super().to_python(value)
        return moment and moment.replace(tzinfo=None)


class PhotoField(forms.FileField):
    """A photo as people send it; cleans to its copies, ready to be stored (accounts.images.PreparedPhoto), or None."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return prepare_photo(file)
        except PhotoRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class PlaceField(RegionField):
    """A place as it is typed or chosen; the full name of a known one is exactly that one, however many are named so."""

    known = ()

    def clean(self, value):
        text = only_seen(str(value or ""), one_line=True)
        return next((place for place in self.known if place.long_name == text), None) or super().clean(text)
