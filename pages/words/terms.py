"""The words of a text and of a question as PostgreSQL compares them: texts for its types `tsvector` and `tsquery`.

A word has its root as a term, and as it was written another with `=` before it, so that the two are never taken for
each other: "penanaman" is `tanam` and `=penanaman`. A root finds all forms of a word; a phrase and the beginning of a
word are looked for as they are written. No term needs quoting: all are of letters, digits, hyphens and dots.
"""

from collections import defaultdict

from pages.words import words_of_text
from pages.words.roots import roots_of
from pages.words.stop_words import STOP_WORDS

WRITTEN = "="
# PostgreSQL counts no further, and keeps no more places of a term.
LAST_POSITION, MOST_PLACES = 16_383, 255


def terms_of(*fields):
    """The `tsvector` of texts, each with its weight: `terms_of(("A", title), ("C", body))`."""
    places, last = defaultdict(list), 0
    for weight, text in fields:
        words = words_of_text(text)
        for position, word in enumerate(words, last + 1):
            place = f"{min(position, LAST_POSITION)}{weight}"
            for term in {WRITTEN + word, *meanings(word)}:
                if len(places[term]) < MOST_PLACES:
                    places[term].append(place)
        last += len(words) + 1  # no phrase goes on from a title into the text
    return " ".join(f"'{term}':{','.join(where)}" for term, where in sorted(places.items()))


def meanings(word):
    """The roots of a word, none of one that says nothing about a text."""
    return () if word in STOP_WORDS else roots_of(word)


def all_of(text):
    """The `tsquery` for all words of a text, in any form and order; empty where none says anything."""
    found = dict.fromkeys(root for word in words_of_text(text) for root in meanings(word))
    return " & ".join(f"'{root}'" for root in found)


def phrase(text):
    """The `tsquery` for these words as they are written, one after the other."""
    return " <-> ".join(f"'{WRITTEN}{word}'" for word in words_of_text(text))


def half_typed(text):
    """The `tsquery` for all words of a text, whose last may be the beginning of a word; empty as in `all_of`."""
    *whole, last = words_of_text(text) or [""]
    if not last:
        return ""
    before = dict.fromkeys(root for word in whole for root in meanings(word))
    meant = " & ".join(f"'{root}'" for root in meanings(last))
    begun = f"'{WRITTEN}{last}':*"
    return " & ".join([*(f"'{root}'" for root in before), f"({meant} | {begun})" if meant else begun])
