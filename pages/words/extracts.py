"""The words found in a text, marked, and the part of a long text where most of them stand."""

import re
from functools import lru_cache
from itertools import islice

from django.utils.safestring import mark_safe

from pages.filling import escaped
from pages.words import words_of_piece
from pages.words.roots import roots_of

# A word as it stands, with the signs within it.
PIECE = re.compile(r"[^\W_]++(?:[.'’‘`´ʼʻ′][^\W_]++)*+")
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
        self.key = frozenset(roots), beginning

    def __missing__(self, piece):
        self[piece] = found = roots_in(piece) & self.roots
        if self.beginning and [word for word in words_of_piece(piece) if word.startswith(self.beginning)]:
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
    rest = PIECE.finditer(text)
    pieces, most_at = up_to_most(rest, sought)
    begins = max(0, most_at - BEFORE)
    # One word more than it may show, if there is one, says that the text goes on.
    pieces += islice(rest, max(0, begins + LENGTH + 1 - len(pieces)))
    last = len(pieces) - LENGTH
    if last <= 0:
        return text
    first = min(begins, last)
    start = pieces[first].start() if first else 0
    return text[start:] if first == last else text[start : pieces[first + LENGTH - 1].end()]


def up_to_most(rest, sought):
    """`(the words up to one with which all roots are found, the number of that from which on the most are)`.

    All words where there is no such word, and 0 where nothing is found.
    """
    pieces, hits = [], []
    for at, piece in enumerate(rest):
        pieces.append(piece)
        if found := sought[piece[0]]:
            hits.append((at, found))
            if len(hits) == FIRST or number_from(hits, at - REACH + 1) == sought.most:
                break
    return pieces, max(hits, key=lambda hit: (number_from(hits, hit[0]), -hit[0]), default=(0, set()))[0]


def stands_together(text, sought, wanted, reach):
    """Whether so many words of a text say all that is wanted, each as the roots of any form of it."""
    hits = [(at, sought[piece[0]]) for at, piece in enumerate(PIECE.finditer(text)) if sought[piece[0]]]
    for number, (first, _roots) in enumerate(hits):
        near = set().union(*(roots for at, roots in hits[number : number + reach] if at < first + reach))
        if all(any(form <= near for form in forms) for forms in wanted):
            return True
    return False


def number_from(hits, first):
    """How many different roots are found from one word on, as far as an extract reaches."""
    return len(set().union(*(found for at, found in hits if first <= at < first + REACH)))
