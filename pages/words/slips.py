"""Which words somebody may have meant who slipped while typing one."""

from pages.words.known import ROOTS
from pages.words.roots import known_root
from pages.words.stop_words import STOP_WORDS

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONGEST = 4, 20  # letters of a word in which one slip is surely one


def slipped(word):
    """All that is one slip away: a letter missed, added or exchanged, or two swapped."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(start + end[1:] for start, end in parts if end),
        *(start + end[1] + end[0] + end[2:] for start, end in parts if len(end) > 1),
        *(start + letter + end[1:] for start, end in parts if end for letter in LETTERS),
        *(start + letter + end for start, end in parts for letter in LETTERS),
    } - {word}


def meant_by(word, *, names=(), shares=None):
    """`[word, ...]`: what may have been meant by a word, the likeliest first; nothing for one that is right.

    Words are known by their root, by `names` of what is near, and by `{word: share}` of the texts that have them.
    """
    shares = shares or {}
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()) or word in shares or known_root(word):
        return []
    near = slipped(word) - STOP_WORDS
    found = near & (ROOTS | shares.keys() | set(names)) or {other for other in near if known_root(other)}
    return sorted(found, key=lambda other: (-shares.get(other, 0), other not in names, other))
