"""One search box for places, KIMs and news."""

import re
from functools import partial

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from activities.filters import PostFilter
from activities.models import Post
from activities.searching import MANY, FoundPage, TextQuery
from aspirations.models import Aspiration
from bulletins.models import Bulletin
from communities.models import Community
from communities.models.querysets import forms_meant, forms_of, words_of_name
from communities.sectors import all_sectors
from kimportal.rewording import parts, rewordings, without_one
from kimportal.tracking import named, offer
from pages.paging import AFTER, BEFORE
from pages.patience import within_patience
from pages.questions import asked
from pages.row_urls import page_url
from pages.said_once import repeated
from pages.stamped import Stamped
from pages.words import words_of_text
from pages.words.asking import Question, Tsquery, wanted_text
from regions.called import NAMED, first_named, place_called
from regions.finding import SEARCH_SETTINGS, Found, may_resemble
from regions.models import Region
from regions.spelling import FAR, letters_apart
from regions.terms import OTHER_NAMES, plain

MAX_LENGTH = 100
SHORTEST = 3
LONGEST = "2s"
MOST_BESIDE = MOST_COMMUNITIES = 3
# Of the KIM whose names are most like what was typed, so many are compared letter by letter.
MOST_COMPARED, LETTERS_TO_A_SLIP = 20, 4

# What was found of government information, which is seldom news, and of proposals.
MOST_SEARCHES = 300
_bulletins, _aspirations = Stamped(MOST_SEARCHES), Stamped(MOST_SEARCHES)

# What people call a section of the portal when they look for it here.
_CLARIFICATIONS = ("activities:clarifications", _("Klarifikasi"))
_ASPIRATIONS, _BULLETINS = ("aspirations:list", _("Usulan warga")), ("bulletins:list", _("Informasi pemerintah"))
SECTIONS = {
    "agenda": ("activities:agenda", _("Agenda")),
    **dict.fromkeys(["hoaks", "hoax", "klarifikasi", "cek fakta", "cek hoaks"], _CLARIFICATIONS),
    "potensi": ("activities:potentials", _("Potensi")),
    **dict.fromkeys(["usulan", "usulan warga", "pengaduan"], _ASPIRATIONS),
    **dict.fromkeys(["informasi", "informasi pemerintah"], _BULLETINS),
}

# "imunisasi di loa kulu": what stands between what one looks for and where.
BEFORE_A_PLACE = re.compile(r"\s+(?:di|dari|untuk|warga)$", re.IGNORECASE)
MOST_WORDS_OF_PLACE = 4

# From here on the words name a KIM; below, they only remind of one.
NAMED_COMMUNITY = 0.6


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
        self.params = params

    def clean(self):
        for name, sentence in repeated(self.params, self.fields).items():
            self.add_error(name, sentence)

    @property
    def text(self):
        return self.cleaned_data["q"] if self.is_valid() else ""


class Search:
    """What was asked for, and what the page shows of it."""

    EXAMPLES = [
        ("posyandu", _("kata ini dalam bentuk apa pun")),
        ("tanam pohon", _("kedua kata, juga menanam dan penanaman")),
        ('"bank sampah"', _("persis begini, berurutan")),
        ("banjir atau longsor", _("salah satunya")),
        ("pupuk -kimia", _("tanpa kata kimia")),
        ("Tenggarong", _("nama wilayah atau KIM")),
    ]

    def __init__(self, params):
        self.params, self.form = params, SearchForm(params)
        self.filter = PostFilter(params, queryset=Post.objects.none())
        self.filter.known_beside = frozenset({"q"})
        self.text = self.form.text
        self.query, self.instead = TextQuery(self.text), None

    @property
    def topic(self):
        """What changes when anything that may be found does."""
        return self.filter.topic

    @cached_property
    def page(self):
        """The posts, newest first; None when no word says what to find.

        Where there are none, `instead` says what else was looked for and found.
        """
        if not self.query:
            return None
        page = self.look_up(self.query, self.params)
        if page.items or page.is_cut:
            return page
        ways = [(way, self.look_up(way.query, self.params_with(way.text))) for way in self.rewordings]
        found = [(way, other) for way, other in ways if other.items]
        if found:
            # Of words as near to what was typed, those that most people wrote; `max` takes the first of equals.
            self.instead, page = max(found, key=lambda pair: MANY if pair[1].total is None else pair[1].total)
        return page

    @property
    def has_posts(self):
        """Whether posts hold the words as they were typed."""
        return self.page is not None and bool(self.page.items) and not self.instead

    @property
    def rewordings(self):
        return rewordings(self.query, self.names_alike, self.is_written)

    def is_written(self, text):
        """Whether any post has these words."""
        return bool(self.look_up(TextQuery(text), QueryDict()).items)

    def params_with(self, text):
        params = self.params.copy()
        params["q"] = text
        return params

    @cached_property
    def conditions(self):
        return self.filter.conditions

    def look_up(self, query, params):
        return FoundPage(self.conditions, query, params, facets=self.filter.terms)

    @property
    def names_alike(self):
        regions, communities = self.names
        return [*(region.name for region in regions), *(community.name for community in communities)]

    @property
    def exact_url(self):
        """Where what was typed is looked for, and nothing else."""
        return self.url_of("search", q=self.instead.exact)

    @cached_property
    def without_one(self):
        """`[(words, url)]` of the words that are found together where one of them is left out."""
        return self.found_of(without_one(self.query))

    @cached_property
    def parts(self):
        """`[(word, url)]` of the words that are found alone, where they are not found together."""
        return self.found_of(parts(self.query))

    def found_of(self, texts):
        return [(text, self.url_of("search", q=text)) for text in texts if self.is_written(text)]

    @cached_property
    def at_its_place(self):
        """The search for the first words at the place that the last ones name; None where that finds nothing either."""
        words = [] if self.filter.region else self.text.split()
        for first in range(max(1, len(words) - MOST_WORDS_OF_PLACE), len(words)):
            topic, name = BEFORE_A_PLACE.sub("", " ".join(words[:first])), " ".join(words[first:])
            if place := place_called(name):
                params = self.params_with(topic)
                params["wilayah"] = place.code
                other = Search(params)
                return other if other.page and other.page.items else None
        return None

    @cached_property
    def names(self):
        """The places and KIMs with such a name, and without the words refused, on the first page alone."""
        wanted = wanted_text(self.text)
        if not wanted or self.params.keys() & {AFTER, BEFORE}:
            return Found(), Found()
        regions = Found() if any(self.filter.terms) else Region.objects.named(wanted)
        places = [{*plain(region.name).split()} for region in regions]
        communities = closest_communities(wanted, places, self.filter.region)
        return not_refused(regions, self.query), not_refused(communities, self.query)

    @property
    def named(self):
        """`{regions, communities, is_cut}`: beside posts only names close to the words, else similar ones too."""
        regions, communities = self.names
        is_cut = regions.is_cut or communities.is_cut
        if self.page is not None and self.page.items:
            meant = plain(self.instead.text) if self.instead else ""
            regions = [region for region in regions if region.closeness >= NAMED or plain(region.name) == meant]
            communities = [kim for kim in communities if kim.closeness >= NAMED_COMMUNITY or own_name(kim) == meant]
        return {"regions": regions, "communities": communities, "is_cut": is_cut}

    @cached_property
    def bulletins(self):
        """The newest government information with these words."""
        region = self.filter.region
        place = (region.pk, [above.pk for above in region.ancestors]) if region else (0, [])
        return self.newest_beside(_bulletins, Bulletin.NEWS, bulletins_saying, *place)

    @property
    def bulletins_url(self):
        return self.url_of("bulletins:list")

    @cached_property
    def aspirations(self):
        """The newest public proposals with these words."""
        region = self.filter.region
        place = region.pk if region else 0
        return self.newest_beside(_aspirations, Aspiration.NEWS, aspirations_saying, place)

    @property
    def aspirations_url(self):
        return self.url_of("aspirations:list")

    def newest_beside(self, kept, topic, saying, *place):
        """What is shown beside posts, on the first page of what a region alone narrows."""
        if not self.query or self.params.keys() & {AFTER, BEFORE} or self.filter.chosen.keys() - {"wilayah"}:
            return []
        query = self.instead.query if self.page is not None and self.instead else self.query
        words, level = query.tsquery(careful=True), self.filter.region.level if self.filter.region else 0

        def ask():
            if query.refused:
                return list(saying(words, *place, level=level).without_refused(query)[:MOST_BESIDE])
            return asked(saying, words, *place, level=level, most=MOST_BESIDE)

        return kept.get((words, place[0]), topic, ask)

    @property
    def section(self):
        """`(name, url)` of the section that is called so, of the place alone that it was narrowed to; or None."""
        view, name = SECTIONS.get(plain(self.text), (None, None))
        if view is None:
            return None
        place = f"?{urlencode({'wilayah': self.filter.chosen['wilayah']})}" if self.filter.region else ""
        return name, f"{page_url(view)}{place}"

    @property
    def place(self):
        """Where to propose or found something: the place it was narrowed to, or the one that the words name."""
        regions, _communities = self.names
        return self.filter.region or first_named(regions)

    @property
    def chosen(self):
        """`[(words, url)]`: what the search is narrowed by, each with the URL of the search without it."""
        return self.filter.without(**({"q": self.text} if self.text else {}))

    @property
    def facets(self):
        """`[[(words, number, url)]]`: what that is found is besides, where it may still be narrowed by that."""
        (types, sectors), chosen = self.page.kinds, self.filter.chosen
        groups = []
        if "jenis" not in chosen and len(types) > 1:
            groups.append([(Post.Type(word).label, number, f"jenis={word}") for word, number in types.most_common()])
        if "bidang" not in chosen and len(sectors) > 1:
            known = {sector.pk: sector for sector in all_sectors()}
            counted = [(known[key], number) for key, number in sectors.most_common() if key in known]
            groups.append([(str(sector), number, f"bidang={sector.slug}") for sector, number in counted])
        url = self.url
        return [
            [(words, self.page.at_least(number), f"{url}&{choice}") for words, number, choice in group]
            for group in groups
        ]

    @property
    def url(self):
        return self.url_of("search")

    @property
    def feed_url(self):
        return self.url_of("search_feed")

    @property
    def follow_url(self):
        return self.url_of("alerts:follow")

    def url_of(self, view, **choice):
        """The URL of the first page of this search, or of it narrowed by a choice more, or with other words as `q`."""
        text = self.instead.text if self.page is not None and self.instead else self.text
        return f"{page_url(view)}?{urlencode({'q': text, **self.filter.chosen, **choice})}"


def not_refused(found, query):
    return Found([row for row in found if not is_refused(row, query)], is_cut=found.is_cut)


def is_refused(row, query):
    """Whether a word with a minus is in the name of a place or a KIM, or of what it lies in."""
    if not query.refused:
        return False
    place = getattr(row, "seat", row)
    called = [{*words_of_text(one.name), *other_names_of(one)} for one in {row, place, *place.ancestors}]
    return any({*token.words} <= words for token in query.refused for words in called)


def other_names_of(row):
    """What else people call it, where it is a place."""
    return OTHER_NAMES.get(getattr(row, "code", ""), "").split(", ")


def found_in_time(search):
    """What the search gives; None when the database takes too long over any part of it."""
    return within_patience(search, f"SET LOCAL statement_timeout = '{LONGEST}'", otherwise=None)


def bulletins_saying(words, pk, above, *, level, most=None):
    found = Bulletin.objects.public().without_recalled().filter(search=Tsquery(words))
    return found.reaching_place(pk, above, level=level).for_list().newest_first()[:most]


def aspirations_saying(words, pk, *, level, most=None):
    found = Aspiration.objects.public().filter(search=Tsquery(words))
    return found.within(Region(pk=pk, level=level)).for_list().order_by("-published_at", "-pk")[:most]


def closest_communities(text, places=(), region=None):
    """The KIM with such a name, typing errors forgiven; `places` are names as in `meant_by`."""
    place = [region.pk] if region else []
    name, words = f"kim {plain(text[:100]).removeprefix('kim ')}", words_of_name(text)
    if not words:
        return Found()

    def called(forms, like=()):
        return asked(communities_called, name, [*map(forms, words)], [*like], *place, level=region and region.level)

    def nearest():
        found = called(forms_of)
        return found if found or not may_resemble(words) else called(partial(forms_meant, names=places), like=words)

    found = within_patience(nearest, SEARCH_SETTINGS, otherwise=None)
    typed = name.removeprefix("kim ")
    led = sorted(found or (), key=lambda kim: letters_off(typed, kim))  # those with as many stay in order
    return Found(led[:MOST_COMMUNITIES], is_cut=found is None)


def own_name(kim):
    """Its name in plain words; that it is a KIM tells nothing."""
    return plain(kim.name).removeprefix("kim ")


def letters_off(typed, kim):
    """How many letters the name of a KIM, the beginning of it or its place is off what was typed; FAR for others."""
    words, typed = own_name(kim).split(), typed.replace(" ", "")
    names = ["".join(words[:number]) for number in range(1, len(words) + 1)] + [plain(kim.seat.name).replace(" ", "")]
    apart = min(letters_apart(typed, name) for name in names)
    return apart if apart * LETTERS_TO_A_SLIP <= len(typed) else FAR


def communities_called(name, forms, like, *place, level):
    communities = Community.objects.registered()
    for pk in place:
        communities = communities.within(Region(pk=pk, level=level))
    return communities.closest(name, forms, like).for_cards()[:MOST_COMPARED]


def suggestions(params, limit=3):
    """What the search box offers while someone types: the places and KIMs with a name that begins so."""
    text = SearchForm(params).text
    words, query = plain(wanted_text(text)), Question(text)
    if len(words) < SHORTEST:
        return []
    largest = Region.objects.beginning_with(words).order_by("level", "name")
    places = Region.objects.with_names().filter(pk__in=largest.values("pk")[:limit]).order_by("level", "name")
    communities = Community.objects.registered().beginning(words).select_related("seat")[:limit]
    return [
        *(offer(place.long_name, place.get_absolute_url()) for place in places if not is_refused(place, query)),
        *(offer(*named(kim)) for kim in communities if not is_refused(kim, query)),
    ]
