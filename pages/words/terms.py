"""The words of a text and of a question as PostgreSQL compares them: texts for its types `tsvector` and `tsquery`.

A word has its root as a term, and as it was written another with `=` before it, so that the two are never taken for
each other: "penanaman" is `tanam` and `=penanaman`. A root finds all forms of a word; a phrase and the beginning of a
word are looked for as they are written, which alone have places in the text. No term needs quoting: all are of letters,
digits, hyphens and dots.
"""

from collections import defaultdict

from pages.words import words_of_text
from pages.words.roots import roots_of
from pages.words.stop_words import STOP_WORDS

WRITTEN = "="
# In every text whose words were made here, and in none that PostgreSQL took apart.
OURS = WRITTEN
# PostgreSQL counts no further, and keeps no more places of a term.
LAST_PLACE, MOST_PLACES = 16_383, 255


def terms_of(*texts):
    """The `tsvector` of texts; no phrase goes on from one into the next."""
    places, roots, last = defaultdict(list), set(), 0
    for text in texts:
        words = words_of_text(text)
        for place, word in enumerate(words, last + 1):
            places[word].append(str(min(place, LAST_PLACE)))
        last += len(words) + 1
    roots.update(*map(meanings, places))
    written = (f"'{WRITTEN}{word}':{','.join(where[:MOST_PLACES])}" for word, where in places.items())
    return " ".join((f"'{OURS}'", *written, *(f"'{root}'" for root in sorted(roots))))


def meanings(word):
    """The roots of a word, none of one that says nothing about a text."""
    return () if word in STOP_WORDS else roots_of(word)
