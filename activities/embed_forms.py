"""What another site may choose of the news that it shows in a frame."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from pages.said_once import SaidOnce
from regions.filters import RegionField

THEMES = [("", _("mengikuti perangkat pembaca")), ("terang", _("terang")), ("gelap", _("gelap"))]
LANGUAGES = [("", "Bahasa Indonesia"), ("en", "English")]
USUAL_NUMBER, MOST = 5, 10


class LookForm(SaidOnce, forms.Form):
    tema = forms.ChoiceField(label=_("Warna"), choices=THEMES, required=False)
    jumlah = forms.IntegerField(label=_("Jumlah kabar"), min_value=1, max_value=MOST, required=False)

    @property
    def look(self):
        """`{name: value}` of what was chosen, without what is usual anyway."""
        return {name: value for name in ("tema", "jumlah") if (value := self.cleaned_data.get(name))}


class EmbedForm(LookForm):
    """Of which place or which KIM, and how it looks."""

    wilayah = RegionField(label=_("Wilayah"), required=False)
    kim = forms.ModelChoiceField(
        Community.objects.registered(),
        to_field_name="slug",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("KIM ini tidak ada, atau tidak lagi berdiri.")},
    )
    bahasa = forms.ChoiceField(label=_("Bahasa"), choices=LANGUAGES, required=False)

    field_order = ["kim", "wilayah", "tema", "bahasa", "jumlah"]
