"""The words found in a text, marked, and the part of a long text where most of them stand."""

import re
from functools import lru_cache
from itertools import islice

from django.utils.safestring import mark_safe

from pages.filling import escaped
from pages.words import words_of_piece
from pages.words.roots import roots_of

# A word as it stands, with the signs within it.
PIECE = re.compile(r"[^\W_](?:[^\W_]|[.'’‘`´ʼʻ′](?=[^\W_]))*")
LENGTH = 32  # words of an extract
BEFORE = 4  # of them before the first that was found
REACH = LENGTH - BEFORE  # from that one on
FIRST = 100  # of the words found, among which it begins


@lru_cache(maxsize=10_000)
def roots_in(piece):
    return frozenset(root for word in words_of_piece(piece) for root in roots_of(word))


class Sought(dict):
    """`{piece of a text: which of the roots are in it}`; a word with that beginning counts as one."""

    def __init__(self, roots, *, beginning=""):
        super().__init__()
        self.roots, self.beginning = roots, beginning
        self.most = len(roots | {beginning} - {""})

    def __missing__(self, piece):
        self[piece] = found = roots_in(piece) & self.roots
        if self.beginning and any(word.startswith(self.beginning) for word in words_of_piece(piece)):
            self[piece] = found = found | {self.beginning}
        return found


def marked(text, sought):
    """Safe HTML: `<mark>` around each piece of a text in which something Sought is."""
    html, at = [], 0
    for piece in PIECE.finditer(text):
        if sought[piece[0]]:
            html += [escaped(text[at : piece.start()]), f"<mark>{escaped(piece[0])}</mark>"]
            at = piece.end()
    return mark_safe("".join([*html, escaped(text[at:])]))  # each part escaped


def extract(text, sought):
    """At most LENGTH words of the text, from before the one where the most different roots follow each other."""
    begins = max(0, place_of_most(text, sought) - BEFORE)
    # With one word more than it may show, if there is one: whether the text goes on.
    pieces = list(islice(PIECE.finditer(text), begins + LENGTH + 1))
    last = len(pieces) - LENGTH
    if last <= 0:
        return text
    first = min(begins, last)
    start = pieces[first].start() if first else 0
    return text[start:] if first == last else text[start : pieces[first + LENGTH - 1].end()]


def place_of_most(text, sought):
    """The number of the word from which on the most different roots are found; 0 where there are none.

    Nothing is read beyond the word with which all of them are.
    """
    hits = []
    for at, piece in enumerate(PIECE.finditer(text)):
        if found := sought[piece[0]]:
            hits.append((at, found))
            if len(hits) == FIRST or number_from(hits, at - REACH + 1) == sought.most:
                break
    return max(hits, key=lambda hit: (number_from(hits, hit[0]), -hit[0]), default=(0, set()))[0]


def number_from(hits, first):
    """How many different roots are found from one word on, as far as an extract reaches."""
    return len(set().union(*(found for at, found in hits if first <= at < first + REACH)))
