"""Which words somebody may have meant who slipped while typing one."""

from functools import lru_cache

from pages.words import words_of_text
from pages.words.asking import TOKEN, Question
from pages.words.known import ABBREVIATIONS, ROOTS
from pages.words.roots import known_root
from pages.words.stop_words import STOP_WORDS

LETTERS, VOWELS = "abcdefghijklmnopqrstuvwxyz", frozenset("aeiouy")
SHORTEST, LONGEST = 4, 20  # letters of a word in which one slip is surely one
MOST_WORDS = 1000
MOST_AT_ONCE = 20  # of one search, which looks for names and for posts; each has hundreds


@lru_cache(MOST_AT_ONCE)
def slipped(word):
    """All that is one slip away: a letter missed, added or exchanged, or two swapped."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    missed = {start + end[1:] for start, end in parts if end}
    swapped = {start + end[1] + end[0] + end[2:] for start, end in parts if len(end) > 1}
    exchanged = {start + letter + end[1:] for start, end in parts if end for letter in LETTERS}
    added = {start + letter + end for start, end in parts for letter in LETTERS}
    return frozenset(missed | swapped | exchanged | added) - {word}


@lru_cache(MOST_WORDS)
def near(word):
    """What is one slip away and has a root that is known: to look at all of them takes milliseconds."""
    return frozenset(other for other in slipped(word) - STOP_WORDS if known_root(other))


def is_abbreviation(word):
    """Whether it is known as one, or nobody could say it otherwise."""
    return word in ABBREVIATIONS or not VOWELS & {*word}


def meant_by(word, *, names=(), shares=None):
    """`[word, ...]`: what may have been meant by a word, the likeliest first; nothing for one that is right.

    Words are known by their root, by `{word: share}` of the texts that have them, and by `names` that are like all that
    was typed: `[{word, ...}, ...]`, the nearest first, whose words are right.
    """
    shares = shares or {}
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
        return []
    if word in shares or known_root(word) or is_abbreviation(word) or (names and word in names[0]):
        return []
    slips, named = slipped(word) - STOP_WORDS, set().union(*names)
    found = (slips & ROOTS) | (slips & shares.keys()) | (slips & named) or near(word)
    return sorted(found, key=lambda other: (-shares.get(other, 0), other not in named, other))


def corrected(text, names=()):
    """`(text, exact)` as `instead_of` of what somebody may have mistyped; None where nothing is.

    `names` are those like all that was typed, the nearest first, whose words are right.
    """
    question, names = Question(text), [{*words_of_text(name)} for name in names]
    meant = {token: others[0] for token in question.single_words if (others := meant_by(token.words[0], names=names))}
    return instead_of(question, meant) if meant else None


def instead_of(question, meant):
    """`(text, exact)`: what was typed with `{token: other word}` instead, and what finds the very words typed."""
    others = {token.typed: other for token, other in meant.items()}
    text = TOKEN.sub(lambda typed: others.get(typed[0], typed[0]), question.text)
    exact = TOKEN.sub(lambda typed: f'"{typed[0]}"' if typed[0] in others else typed[0], question.text)
    return text.strip(), exact.strip()
