"""One search box for places, KIMs and news."""

from django import forms
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from activities.filters import PostFilter
from activities.models import Post
from activities.searching import FoundPage, TextQuery
from communities.models import Community
from pages.paging import AFTER, BEFORE
from pages.patience import within_patience
from regions.finding import SEARCH_SETTINGS, Found
from regions.models import INDONESIA, Region
from regions.terms import plain

MAX_LENGTH = 100
SHORTEST = 3
LONGEST = "2s"

# From here on the words name a place or a KIM; below, they only remind of one.
NAMED_REGION, NAMED_COMMUNITY = 1.5, 0.6


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Cari kegiatan, KIM, atau wilayah"),
        required=False,
        max_length=MAX_LENGTH,
        error_messages={"max_length": _("Pencarian paling panjang 100 huruf. Coba beberapa kata saja.")},
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "data-suggest": reverse_lazy("search_suggest")}
        ),
    )

    def __init__(self, params):
        # Nobody types a NUL; whoever sends one is shown what the rest finds.
        super().__init__({"q": params.get("q", "").replace("\0", " ")})

    @property
    def text(self):
        return self.cleaned_data["q"] if self.is_valid() else ""


class Search:
    """What was asked for, and what the page shows of it."""

    def __init__(self, params):
        self.params, self.form = params, SearchForm(params)
        self.filter = PostFilter(params, queryset=Post.objects.published())
        self.text = self.form.text
        self.query = TextQuery(self.text)

    @property
    def topic(self):
        """What changes when anything that may be found does."""
        return self.filter.region.code if self.filter.region else INDONESIA

    @cached_property
    def page(self):
        """The posts, newest first; None when no word says what to find."""
        return FoundPage(self.filter.qs, self.query, self.params, facets=self.filter.terms) if self.query else None

    @cached_property
    def names(self):
        """The places and KIMs with such a name, on the first page alone."""
        if not self.text or self.params.keys() & {AFTER, BEFORE}:
            return Found(), Found()
        regions = Found() if any(self.filter.terms) else Region.objects.named(self.text)
        return regions, closest_communities(self.text, self.filter.region)

    @property
    def named(self):
        """`{regions, communities, is_cut}`: beside posts only names close to the words, else similar ones too."""
        regions, communities = self.names
        is_cut = regions.is_cut or communities.is_cut
        if self.page is not None and self.page.items:
            regions = [region for region in regions if region.closeness >= NAMED_REGION]
            communities = [community for community in communities if community.closeness >= NAMED_COMMUNITY]
        return {"regions": regions, "communities": communities, "is_cut": is_cut}

    @property
    def place(self):
        """Where to propose or found something: the place it was narrowed to, or the one that the words name."""
        regions, _communities = self.names
        return self.filter.region or next((region for region in regions if region.closeness >= NAMED_REGION), None)

    @property
    def chosen(self):
        """`[(words, url)]`: what the search is narrowed by, each with the URL of the search without it."""
        return self.filter.without(**({"q": self.text} if self.text else {}))

    @property
    def url(self):
        return self.url_of("search")

    @property
    def feed_url(self):
        return self.url_of("search_feed")

    @property
    def follow_url(self):
        return self.url_of("alerts:follow")

    def url_of(self, view):
        """The URL of the first page of this search."""
        return f"{reverse(view)}?{urlencode({'q': self.text, **self.filter.chosen})}"


def in_time(search):
    """What the search gives; None when the database takes too long over any part of it."""
    return within_patience(search, f"SET LOCAL statement_timeout = '{LONGEST}'", otherwise=None)


def closest_communities(text, region=None, limit=3):
    communities = Community.objects.registered()
    communities = communities.within(region) if region else communities
    found = within_patience(lambda: list(communities.closest(text, limit).for_cards()), SEARCH_SETTINGS, otherwise=None)
    return Found(found or (), is_cut=found is None)


def suggestions(params, limit=3):
    """What the search box offers while someone types: the places and KIMs with a name that begins so."""
    words = plain(SearchForm(params).text)
    if len(words) < SHORTEST:
        return []
    largest = Region.objects.current().filter(level__gt=0, search_name__startswith=words).order_by("level", "name")
    places = Region.objects.with_names().filter(pk__in=largest.values("pk")[:limit]).order_by("level", "name")
    communities = Community.objects.registered().beginning(words).select_related("seat")[:limit]
    return [
        *({"label": place.long_name, "url": place.get_absolute_url()} for place in places),
        *({"label": f"{kim.name}, {kim.seat.full_name}", "url": kim.get_absolute_url()} for kim in communities),
    ]
