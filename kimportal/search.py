"""One search box for places, KIMs and news."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Post
from communities.models import Community
from communities.paging import KeysetPage
from regions.models import Region

MAX_LENGTH, MAX_WORDS = 100, 10


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Cari kegiatan, KIM, atau wilayah"),
        required=False,
        max_length=MAX_LENGTH,
        error_messages={"max_length": _("Pencarian paling panjang 100 huruf. Coba beberapa kata saja.")},
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def clean_q(self):
        return " ".join(self.cleaned_data["q"].split()[:MAX_WORDS])


def search_everything(form, params):
    """What the page shows: a few places and KIMs that the words name, then posts, newest first."""
    text = form.cleaned_data["q"] if form.is_valid() else ""
    if not text:
        return {"query": text, "regions": [], "communities": [], "page": None}
    return {
        "query": text,
        "regions": Region.objects.find(text, limit=3),
        "communities": Community.objects.registered().named(text).for_cards()[:3],
        "page": KeysetPage(Post.objects.published().matching(text).for_cards(), params),
    }
