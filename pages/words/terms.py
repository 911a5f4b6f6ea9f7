"""The words of a text and of a question as PostgreSQL compares them: texts for its types `tsvector` and `tsquery`.

A word has its root as a term, and as it was written another with `=` before it, so that the two are never taken for
each other: "penanaman" is `tanam` and `=penanaman`. A root finds all forms of a word; a phrase and the beginning of a
word are looked for as they are written, which alone have places in the text. No term needs quoting: all are of letters,
digits, hyphens and dots.
"""

from pages.words import words_of_text
from pages.words.roots import roots_of
from pages.words.stop_words import STOP_WORDS

WRITTEN = "="
# A word of what the place or the KIM of a text is called, for who would be told of the text but for that.
AROUND = "~"
# In every text whose words were made here, and in none that PostgreSQL took apart.
OURS = WRITTEN
# PostgreSQL counts no further, and keeps no more places of a term.
LAST_PLACE, MOST_PLACES = 16_383, 255
PLACES = tuple(map(str, range(LAST_PLACE + 1)))


def terms_of(*texts):
    """The `tsvector` of texts."""
    places = places_of(*texts)
    return " ".join([f"'{OURS}'", *map(written, places, places.values()), *map(meant, roots_among(places))])


def places_of(*texts):
    """`{word: [place, ...]}` of texts, in order; no phrase goes on from one into the next."""
    places, last = {}, 0
    for text in texts:
        words = words_of_text(text)
        for place, word in enumerate(words, last + 1):
            if word in places:
                places[word].append(place)
            else:
                places[word] = [place]
        last += len(words) + 1
    return places


def written(word, places):
    """The term of a word as it was written."""
    return f"'{WRITTEN}{word}':{','.join([PLACES[min(place, LAST_PLACE)] for place in places[:MOST_PLACES]])}"


def meant(root):
    """The term of a root."""
    return f"'{root}'"


def roots_among(words):
    """The roots of words, each once and in order."""
    return sorted(set().union(*map(meanings, words)))


def meanings(word):
    """The roots of a word, none of one that says nothing about a text."""
    return () if word in STOP_WORDS else roots_of(word)
