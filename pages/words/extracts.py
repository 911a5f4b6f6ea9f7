"""The words found in a text, marked, and the part of a long text where most of them stand."""

import re
from functools import lru_cache

from pages.words import roots_of_text, words_of_text

# A word as it stands, with the signs within it.
PIECE = re.compile(r"[^\W_](?:[^\W_]|[.'’‘`´ʼʻ′](?=[^\W_]))*")
LENGTH = 32  # words of an extract
BEFORE = 4  # of them before the first that was found
FIRST = 100  # of the words found, among which it begins


@lru_cache(maxsize=20_000)
def read(piece):
    """`(its words, its roots)`."""
    return tuple(words_of_text(piece)), frozenset(roots_of_text(piece))


def found_in(piece, roots, beginning):
    """Which of the roots are in a piece; a word with that beginning counts as one."""
    words, own = read(piece)
    begun = {beginning} if beginning and any(word.startswith(beginning) for word in words) else set()
    return (own & roots) | begun


def marked(text, roots, *, beginning="", around=("<mark>", "</mark>")):
    """The text with each piece that has one of the roots, or a word with this beginning, between these marks."""
    start, stop = around
    return PIECE.sub(
        lambda piece: f"{start}{piece[0]}{stop}" if found_in(piece[0], roots, beginning) else piece[0], text
    )


def extract(text, roots, *, beginning=""):
    """At most LENGTH words of the text, from before the one where the most different roots follow each other."""
    pieces = list(PIECE.finditer(text))
    hits = [(at, found_in(piece[0], roots, beginning)) for at, piece in enumerate(pieces)]
    hits = [(at, found) for at, found in hits if found][:FIRST]
    best = max(hits, key=lambda hit: (number_from(hits, hit[0]), -hit[0]), default=(0, set()))
    last = len(pieces) - LENGTH
    first = max(0, min(best[0] - BEFORE, last))
    if not pieces or last <= 0:
        return text
    beginning_at = pieces[first].start() if first else 0
    return text[beginning_at : pieces[first + LENGTH - 1].end()] + text[pieces[-1].end() :] * (first == last)


def number_from(hits, first):
    """How many different roots are found from one piece on, as far as an extract reaches."""
    return len(set().union(*(found for at, found in hits if first <= at < first + LENGTH - BEFORE)))
