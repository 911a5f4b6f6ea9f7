"""What lists are narrowed by: a region, chosen by code or typed as people type it, and what else each list offers."""

from copy import deepcopy
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

import django_filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pages.memory import Memory
from pages.questions import asked
from pages.said_once import SaidOnce, repeated
from pages.spans import InOrder
from pages.words.slips import corrected
from regions.called import place_meant
from regions.finding import LIFETIME
from regions.models import INDONESIA, Region
from regions.terms import CODE, plain

# What choices mean is remembered as long as places and fields are.
MOST_MEANINGS = 500
_meanings = Memory(MOST_MEANINGS, seconds=LIFETIME)

UNFINISHED = _("Pencarian belum selesai, coba lagi.")
MOST_OFFERED = 8
UNHEEDED = _("Yang tampil di sini tidak dapat dipersempit dengan “%(name)s”.")


class RegionInput(forms.TextInput):
    """A place to type in; where what was typed may be several, each of them to choose below it, under the same name.

    A choice made is sent after what stays typed, and counts (QueryDict.get).
    """

    template_name = "regions/_region_input.html"
    # Set by the field: the Regions to choose from, or the one that was meant.
    offered, meant = (), None

    def __init__(self):
        super().__init__({"data-suggest": reverse_lazy("regions:suggest")})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, self.meant.long_name if self.meant else value, attrs)
        context["widget"]["offered"] = self.offered
        return context

    def offered_html(self, name):
        """The choices alone, for a script that puts them below what is typed."""
        return render_to_string("regions/_offered.html", {"name": name, "offered": self.offered})

    @staticmethod
    def is_answered(values):
        """Whether a region was chosen below what was typed; of two that are typed or two codes nobody knows which."""
        return len(values) == 2 and bool(CODE.fullmatch(values[1])) and not CODE.fullmatch(values[0])


class RegionField(forms.CharField):
    """A code, or words that name one place; cleans to a Region with its ancestors. Asks rather than guesses."""

    default_error_messages = {
        "unknown": _("Wilayah ini tidak kami temukan. Coba nama desa, kecamatan, atau kabupatennya."),
        "several": _("Ada beberapa wilayah bernama “%(typed)s”. Pilih yang Anda maksud."),
        "many": _("Ada banyak wilayah bernama “%(typed)s”. Pilih yang Anda maksud, atau tulis juga kabupatennya."),
        "resembling": _("Tidak ada wilayah bernama persis “%(typed)s”. Pilih yang Anda maksud, atau tulis lagi."),
        "unfinished": UNFINISHED,
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=100, widget=RegionInput(), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        exact = (CODE.fullmatch(text) and asked(of_code, text)) or Region.objects.exactly(text)
        if len(exact) != 1:
            raise self.question(text, exact)
        (self.widget.meant,) = exact
        return exact[0]

    def question(self, text, exact):
        found = exact or Region.objects.find(text, limit=MOST_OFFERED)
        self.widget.offered = found[:MOST_OFFERED]
        if exact:
            code = "several" if len(exact) <= MOST_OFFERED else "many"
        elif found:
            code = "resembling"
        else:
            code = "unfinished" if found.is_cut else "unknown"
        return forms.ValidationError(self.error_messages[code], code=code, params={"typed": text})


def of_code(code):
    return Region.objects.current().with_names().filter(code=code)


class RegionFilter(django_filters.Filter):
    """The region of a ListFilter, whose rows know what lies `within` one."""

    field_class = RegionField

    def __init__(self):
        super().__init__(label=_("Wilayah"), method="within")


class Meaning(NamedTuple):
    """What was meant by each choice, and the same in words."""

    understood: dict
    names: dict


# As other systems, and our open data, call what lists are narrowed by.
ALSO_CALLED = {"region", "sector", "since", "type", "level"}


@cache
def narrowing():
    """Every name by which some list of ours is narrowed."""

    def below(kind):
        return kind.base_filters.keys() | set().union(*map(below, kind.__subclasses__()))

    return frozenset(below(ListFilter) | ALSO_CALLED)


def unheeded(data, known, *, beside=()):
    """A sentence for each name in a query string by which some list is narrowed, and none of what is `known` here."""
    others = narrowing() - {*known, *beside}
    names = [name for name in data if name in others and data.get(name)]
    return [str(UNHEEDED) % {"name": name} for name in names]


class ListFilter(django_filters.FilterSet):
    """Narrows a list, and knows in words and as a URL what was chosen.

    Most lists are opened with nothing chosen, which costs no form and no copies of the filters: it is bound if
    something is. `chosen` is `{name: what was typed or selected}`, without what was left empty.
    """

    def __init__(self, data, queryset):
        self.data, self.queryset, self.request, self.form_prefix = data, queryset, None, None
        self.chosen = {name: data[name] for name in self.base_filters if any(said(data, name))}
        self.is_bound = bool(self.chosen)
        # Of the page, where it is more than this list, such as a search for words.
        self.known_beside = frozenset()

    @property
    def unheeded(self):
        """A sentence for each name by which other lists are narrowed: nobody is to take this one for what it is not."""
        return unheeded(self.data, self.base_filters, beside=self.known_beside)

    @property
    def repeated_beside(self):
        """A sentence for each of what is known beside that was said twice and differently; the form says its own."""
        return [*repeated(self.data, self.known_beside).values()]

    @cached_property
    def filters(self):
        filters = deepcopy(self.base_filters)
        for each in filters.values():
            each.model, each.parent = self.queryset.model, self
        return filters

    def get_form_class(self):
        kind = type(self)
        if "_form_class" not in vars(kind):
            kind._form_class = type("NarrowingForm", (SaidOnce, InOrder, super().get_form_class()), {})
        return kind._form_class

    def within(self, rows, name, region):
        return rows.within(region)

    @property
    def is_asking(self):
        """Whether something chosen is not understood yet: what is below would be an answer to another question."""
        return self.is_bound and self.meaning is None

    @property
    def refusals(self):
        """What is not understood, each as a sentence after the name of its field."""
        return [f"{self.form[name].label}: {error}" for name, errors in self.form.errors.items() for error in errors]

    @property
    def is_unfinished(self):
        return self.form.has_error("wilayah", "unfinished")

    @property
    def offered(self):
        """The regions to choose from, where what was typed may be several."""
        return self.form.fields["wilayah"].widget.offered

    @property
    def region(self):
        """The region chosen, or None."""
        return self.understood.get("wilayah") if self.is_bound and self.meaning else None

    @property
    def topic(self):
        """What changes with any row of the list: the news of the region chosen, or of all (see `pages.freshness`)."""
        return self.region.code if self.region else INDONESIA

    @property
    def understood(self):
        """`{name: what was meant}` of the choices that are understood."""
        if not self.is_bound:
            return {}
        if self.meaning:
            return dict(self.meaning.understood)
        return {name: value for name, value in self.form.cleaned_data.items() if value not in EMPTY_VALUES}

    @cached_property
    def meaning(self):
        """The Meaning of the choices, where nothing is to be asked, else None; choices made before make no form."""
        key = (type(self), get_language(), *((name, *said(self.data, name)) for name in self.chosen))
        known = _meanings.get(key)
        if known is None and self.form.is_valid():
            understood = {name: value for name, value in self.form.cleaned_data.items() if value not in EMPTY_VALUES}
            names = {name: in_words(self.form.fields[name], value) for name, value in understood.items()}
            known = _meanings[key] = Meaning(understood, names)
        return known

    @property
    def query(self):
        """The choice as the query string of a URL; empty for none."""
        return self.query_with()

    def query_with(self, **others):
        """The same of the choice with these others, of which an empty one is left out."""
        chosen = {name: value for name, value in (self.chosen | others).items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    @cached_property
    def place_typed(self):
        """The place that its words name, or that the KIM they name is of, where none is chosen; None for none."""
        words = plain(self.chosen.get("q", "")).removeprefix("kim ")
        return None if not words or self.chosen.get("wilayah") else place_meant(words)

    @property
    def at_place_typed(self):
        """The query string of the list at that place, without its name among the words."""
        return self.query_with(q="", wilayah=self.place_typed.code)

    @property
    def names(self):
        """`{name: what was understood of it, in words}`."""
        return dict(self.meaning.names) if self.is_bound and self.meaning else {}

    def without(self, **kept):
        """`(words, query string)` for each choice: the list without that one; what is `kept` stands first."""
        return [
            (words, f"?{urlencode(kept | {other: value for other, value in self.chosen.items() if other != name})}")
            for name, words in self.names.items()
        ]


class Meant(NamedTuple):
    """What a list was read by instead of words that find nothing, and where those very words are looked for."""

    typed: str
    text: str
    exact_url: str


def read_as_meant(chosen, read):
    """`(page, Meant or None)`: the page that `read(filter)` gives, or what a `q` meant that finds nothing."""
    page = read(chosen)
    typed = chosen.chosen.get("q", "")
    if page.items or not page.is_first or chosen.is_asking:
        return page, None
    correction = corrected(typed, [region.name for region in Region.objects.named(typed)])
    if correction is None:
        return page, None
    text, exact = correction
    data = chosen.data.copy()
    data["q"] = text
    other = read(type(chosen)(data, queryset=chosen.queryset))
    return (other, Meant(typed, text, chosen.query_with(q=exact))) if other.items else (page, None)


def said(data, name):
    """All that was said under this name."""
    return data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]


def in_a_sentence(label):
    return f"{str(label)[:1].lower()}{str(label)[1:]}"


def in_words(field, value):
    """A region with its kind, the label of a choice, a day with what it begins or ends, “words” as they were typed.

    As they stand within a sentence.
    """
    if isinstance(value, date):
        return f"{in_a_sentence(field.label)} {date_format(value, 'j F Y')}"
    if isinstance(value, str):
        return str(dict(getattr(field, "choices", ())).get(value, f"“{value}”"))
    return getattr(value, "full_name", str(value))
