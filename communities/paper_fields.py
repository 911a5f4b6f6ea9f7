"""A field for a paper: a PDF, or photos of its pages, each refused with a sentence."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.photo_limits import ACCEPTED
from communities.papers import MOST_MEGABYTES, PaperRefused, read_paper


class PaperInput(forms.FileInput):
    """A PDF, or the photos of all its pages."""

    allow_multiple_selected = True

    def __init__(self):
        super().__init__(attrs={"accept": f".pdf,application/pdf,{ACCEPTED}"})


class PaperField(forms.FileField):
    """Cleans to a Document, or None."""

    widget = PaperInput
    default_error_messages = {"required": _("Pilih berkasnya.")}

    def __init__(self, **kwargs):
        hint = _("PDF (paling besar {most} MB), atau foto setiap halamannya sekaligus.")
        kwargs.setdefault("help_text", format_lazy(hint, most=MOST_MEGABYTES))
        super().__init__(**kwargs)

    def has_changed(self, initial, data):
        return bool(data)

    def clean(self, data, initial=None):
        if not data:
            return super().clean(None, initial)
        try:
            return read_paper(data)
        except PaperRefused as refusal:
            raise forms.ValidationError(list(refusal.args)) from refusal


def ask_again(form, name):
    """A browser forgets the file of a form that comes back."""
    if form.errors and name in form.files and not form.has_error(name):
        form.add_error(name, _("Pilih berkasnya sekali lagi."))
