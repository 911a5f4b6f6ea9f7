"""What another site may choose of the news that it shows in a frame."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from communities.sector_fields import SectorField
from pages.said_once import SaidOnce
from regions.filters import RegionField, unheeded

THEMES = [("", _("mengikuti perangkat pembaca")), ("terang", _("terang")), ("gelap", _("gelap"))]
LANGUAGES = [("", "Bahasa Indonesia"), ("en", "English")]
USUAL_NUMBER, MOST = 5, 10


class LookForm(SaidOnce, forms.Form):
    tema = forms.ChoiceField(label=_("Warna"), choices=THEMES, required=False)
    jumlah = forms.IntegerField(label=_("Jumlah kabar"), min_value=1, max_value=MOST, required=False)
    bidang = SectorField()

    @property
    def look(self):
        """`{name: value}` of what was chosen, without what is usual anyway."""
        sector = self.cleaned_data.get("bidang")
        look = {name: self.cleaned_data.get(name) for name in ("tema", "jumlah")} | {"bidang": sector and sector.slug}
        return {name: value for name, value in look.items() if value}

    @property
    def unheeded(self):
        """A sentence for each name by which lists are narrowed, and this news is not."""
        return unheeded(self.data, self.fields)


class EmbedForm(LookForm):
    """Of which place or which KIM, about what, and how it looks."""

    wilayah = RegionField(label=_("Wilayah"), required=False)
    kim = forms.ModelChoiceField(
        Community.objects.registered(),
        to_field_name="slug",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("KIM ini tidak ada, atau tidak lagi berdiri.")},
    )
    bahasa = forms.ChoiceField(label=_("Bahasa"), choices=LANGUAGES, required=False)

    field_order = ["kim", "wilayah", "bidang", "tema", "bahasa", "jumlah"]
