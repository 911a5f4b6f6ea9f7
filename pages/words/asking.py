"""What a person typed into a search box, taken apart, and what PostgreSQL is asked by it."""

import re
from itertools import chain
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.utils.translation import gettext_lazy as _

from pages.words import with_numbers, words_of_text
from pages.words.roots import is_known
from pages.words.short_forms import MOST_WORDS, OTHER_FORMS
from pages.words.stop_words import STOP_WORDS
from pages.words.terms import AROUND, OURS, WRITTEN, meanings

MAX_WORDS = 10
SHORTEST = 3  # letters of a beginning
OR = "atau"
TOKEN = re.compile(r'-?"[^"]*"?|\S+')
REFUSED = "-"
# What telephones and word processors make of a minus before a word.
MINUS = re.compile("(?<!\\S)[\u2010-\u2014\u2212\ufe63\uff0d](?=\\S)")

NO_WORDS = _("Tidak ada kata di dalamnya. Tulis kata yang Anda cari, misalnya posyandu atau banjir.")
ONLY_REFUSED = _("Ini hanya menyebut yang tidak dicari. Tulis juga kata yang Anda cari, misalnya pupuk -kimia.")
TOO_GENERAL = _(
    "Kata-kata ini terlalu umum untuk dicari. Tambahkan satu kata tentang isinya, misalnya posyandu atau banjir."
)


class Tsquery(SearchQuery):
    """A text of the type `tsquery` as it is."""

    template = "%(expressions)s::tsquery"


class Token(NamedTuple):
    """Words that stand together: one typed without a blank, or a "phrase"."""

    words: tuple
    is_phrase: bool = False
    is_refused: bool = False
    typed: str = ""
    others: tuple = ()  # the words of each other form of what they are short for, or are the long form of

    @property
    def roots(self):
        return tuple(dict.fromkeys(root for word in self.words for root in meanings(word)))

    def terms(self, *, careful=False, begun=False, around=False):
        """The `tsquery` for it; `careful` where words may be of another edition, `begun` for a beginning.

        With `around` what is refused is refused in the names of place and KIM too, where their words are at hand.
        """
        if self.is_phrase:
            found = together(self.words)
        elif careful or begun:
            found = " & ".join(f"({' | '.join(self.ways(word, begun))})" for word in self.words if meanings(word))
        else:
            found = " & ".join(f"'{root}'" for root in self.roots)
        if self.others:
            found = f"({' | '.join(f'({form})' for form in (found, *map(together, self.others)))})"
        if self.is_refused and around:
            found = f"({found}) | ({' & '.join(f"'{AROUND}{word}'" for word in self.words)})"
        return f"!({found})" if self.is_refused else found

    def ways(self, word, begun):
        yield f"({' & '.join(f"'{root}'" for root in meanings(word))})"
        yield f"'{WRITTEN}{word}'{':*' if begun else ''}"


def roots_of_form(words):
    return {root for word in words for root in meanings(word)}


def together(words):
    """The `tsquery` for words that follow each other as they are written."""
    return " <-> ".join(f"'{WRITTEN}{word}'" for word in words)


class Question:
    """Words, "phrases", -without, and atau; the last word may be half typed."""

    def __init__(self, text, *, is_begun=False):
        self.is_begun = is_begun  # whatever its last word is
        self.text = with_hyphens(text.replace("\0", " "))
        self.groups, left = [[]], MAX_WORDS
        for typed in TOKEN.findall(with_numbers(self.text)):
            if typed.lower() in (OR, "or"):
                self.groups.append([])
            elif left and (token := read_token(typed, left)):
                self.groups[-1].append(token)
                left -= len(token.words)
        self.groups = [with_other_forms(group) for group in self.groups if group]

    def __bool__(self):
        """Whether there is anything to find; what only says what not to find is nothing."""
        return bool(self.groups) and all(any(not token.is_refused for token in group) for group in self.groups)

    @property
    def nothing_because(self):
        """A sentence on why there is nothing to find; empty where there is."""
        if self:
            return ""
        if not words_of_text(self.text):
            return NO_WORDS
        if any(token.is_refused for group in self.groups for token in group):
            return ONLY_REFUSED
        return TOO_GENERAL

    @property
    def refused(self):
        return [token for group in self.groups for token in group if token.is_refused]

    @property
    def wanted(self):
        return [token for group in self.groups for token in group if not token.is_refused]

    @property
    def single_words(self):
        """The tokens that are to be found and are one word each, which may be mistyped."""
        return [token for token in self.wanted if not token.is_phrase and len(token.words) == 1]

    @property
    def has_phrase(self):
        return any((token.is_phrase and len(token.words) > 1) or token.others for token in self.wanted)

    @property
    def roots(self):
        """Those by which a word is one of the words found."""
        return self.plain_roots.union(*map(roots_of_form, self.long_forms))

    @property
    def long_forms(self):
        """The words of each thing that a word is short for, which say so where all of them stand side by side."""
        return [form for token in self.wanted for form in token.others if len(form) > 1]

    @property
    def plain_roots(self):
        """The roots of all else, each of which says so alone."""
        single = [form for token in self.wanted for form in token.others if len(form) == 1]
        return set().union(*map(roots_of_form, [*(token.words for token in self.wanted), *single]))

    @property
    def together(self):
        """`[[the roots of each form of a word, as a set], ...]` of words that fit best side by side; none for one word.

        Nor of what is a phrase already, or where any of several will do.
        """
        tokens = self.wanted
        if len(self.groups) != 1 or sum(len(token.words) for token in tokens) < 2 or any(t.is_phrase for t in tokens):
            return []
        wanted = [[*map(roots_of_form, (token.words, *token.others))] for token in tokens]
        if self.beginning:
            wanted[-1].append({self.beginning})
        return wanted

    @property
    def last(self):
        """The last word, where it may be the beginning of another; empty where it stands in a phrase, or is refused."""
        token = self.groups[-1][-1] if len(self.groups) == 1 else None
        if not token or token.is_phrase or token.is_refused or len(token.words) > 1:
            return ""
        return token.words[0] if len(token.words[0]) >= SHORTEST and token.words[0].isalpha() else ""

    @property
    def is_half_typed(self):
        """A last word that we know stands for itself; any other may be the beginning of a word."""
        return bool(self.last) and (self.is_begun or not is_known(self.last))

    @property
    def beginning(self):
        return self.last if self.is_half_typed else ""

    def without(self, token):
        """The `tsquery` of what "atau" parts from wherever this one stands; empty where it stands everywhere."""
        others = [group for group in self.groups if token not in group]
        return self.tsquery(careful=True, groups=others)

    def tsquery(self, *, careful=False, around=False, groups=None):
        found = []
        for group in self.groups if groups is None else groups:
            *others, last = group
            terms = [token.terms(careful=careful, around=around) for token in others]
            terms.append(last.terms(careful=careful, begun=self.is_half_typed, around=around))
            found.append(" & ".join(terms))
        return " | ".join(f"({terms})" for terms in found) if len(found) > 1 else "".join(found)

    def expression(self, *, oldest=None):
        """What a column of words is compared with, where `oldest` is the edition of its oldest rows, if not ours."""
        ours = Tsquery(self.tsquery(careful=oldest is not None))
        if oldest != 0:
            return ours
        text = self.text.lower().replace(f" {OR} ", " or ")
        return ours | (SearchQuery(text, search_type="websearch", config="indonesian") & Tsquery(f"!'{OURS}'"))


def with_hyphens(text):
    """The text with the one sign for what is refused."""
    return MINUS.sub(REFUSED, text)


def wanted_text(text):
    """What was typed but for what is not to be found."""
    return " ".join(typed for typed in TOKEN.findall(with_hyphens(text)) if not typed.startswith(REFUSED))


def with_other_forms(tokens):
    """The tokens, each with the other forms of what it says; joined where several say it, as "bantuan" and "sosial"."""
    found = []
    while tokens:
        most = min(MOST_WORDS, len(tokens))
        number = next((number for number in range(most, 0, -1) if other_forms(tokens[:number])), 1)
        found.append(joined(tokens[:number]))
        tokens = tokens[number:]
    return found


def other_forms(tokens):
    if any(token.is_phrase for token in tokens) or (len(tokens) > 1 and any(token.is_refused for token in tokens)):
        return ()
    return OTHER_FORMS.get(tuple(chain.from_iterable(token.words for token in tokens)), ())


def joined(tokens):
    words = tuple(chain.from_iterable(token.words for token in tokens))
    typed = " ".join(token.typed for token in tokens)
    return tokens[0]._replace(words=words, typed=typed, others=other_forms(tokens))


def read_token(typed, most):
    """The Token of what was typed without a blank or between quotation marks; None where it says nothing."""
    is_refused = typed.startswith(REFUSED)
    is_phrase = typed.lstrip(REFUSED).startswith('"')
    words = tuple(words_of_text(typed)[:most])
    if not is_phrase:
        words = tuple(word for word in words if word not in STOP_WORDS)
    return Token(words, is_phrase, is_refused, typed) if words else None
