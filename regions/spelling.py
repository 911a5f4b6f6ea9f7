"""How differently one name of a place is written, and which of two names are the same with a slip of the pen."""

import re
from functools import lru_cache

from .terms import plain

ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]
NUMBERS = {roman: str(number) for number, roman in enumerate(ROMAN, start=1)}

# What people, and at times the official list itself, shorten within a name.
SHORTENED = {
    **dict.fromkeys(["tj", "tg", "tjg", "tjng", "tanj"], "tanjung"),
    **dict.fromkeys(["sei", "sungei", "soengai", "s"], "sungai"),
    **dict.fromkeys(["gn", "gng", "g"], "gunung"),
    **dict.fromkeys(["tlk", "tel"], "teluk"),
    **dict.fromkeys(["lb", "lbk"], "lubuk"),
    **dict.fromkeys(["pd", "pdg"], "padang"),
    **dict.fromkeys(["kr", "krg"], "karang"),
    **dict.fromkeys(["p", "pul", "pulo"], "pulau"),
    **dict.fromkeys(["kep"], "kepulauan"),
    **dict.fromkeys(["ma", "mr"], "muara"),
    **dict.fromkeys(["bkt"], "bukit"),
    **dict.fromkeys(["perk"], "perkebunan"),
    **dict.fromkeys(["ut", "utr"], "utara"),
    **dict.fromkeys(["sel", "slt", "slatan"], "selatan"),
    **dict.fromkeys(["tim", "tmr"], "timur"),
    **dict.fromkeys(["brt", "bar"], "barat"),
    **dict.fromkeys(["teng", "tgh"], "tengah"),
}

# Old spelling, Javanese spelling, and letters that sound alike; the longest first.
SOUNDS = [
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("dh", "d"), ("th", "t"), ("kh", "k"), ("gh", "g"),
    ("ie", "i"), ("y", "i"), ("v", "p"), ("f", "p"), ("z", "s"), ("q", "k"),
]  # fmt: skip
DOUBLED = re.compile(r"([a-z])\1+")
# "Oro2 Ombo" is Oro-oro Ombo.
TWICE = re.compile(r"\b([a-z]{2,})2\b")

VOWELS = set("aeiou")
# Consonants that ears and keyboards confuse.
ALIKE = [set("mn"), set("bp"), set("dt"), set("gk"), set("lr"), set("sz"), set("cj"), set("kh"), set("wu"), set("iy")]
FAR = 9


def words_of(text):
    """A name in plain words, with one way to write numbers: "Sukamaju-II" is `["sukamaju", "2"]`."""
    words = TWICE.sub(r"\1 \1", plain(text)).split()
    return words[:1] + [NUMBERS.get(word, word.lstrip("0") or word) for word in words[1:]]


def key_of(text):
    """The same for "Nambangankidul" and "NAMBANGAN KIDUL"."""
    return "".join(words_of(text))


@lru_cache(maxsize=200_000)
def sound_of(text):
    """The same for "Karang Anjar" in old and new letters, with double letters or single ones, shortened or not."""
    sound = "".join(SHORTENED.get(word, word) for word in words_of(text))
    for written, heard in SOUNDS:
        sound = sound.replace(written, heard)
    return DOUBLED.sub(r"\1", sound)


def trigrams(sound):
    padded = f" {sound} "
    return frozenset(padded[index : index + 3] for index in range(len(padded) - 2))


def likeness(these, others):
    """How many of all trigrams are in both, from 0 to 1."""
    return len(these & others) / len(these | others)


def is_slip(typed, name):
    """Whether `typed` is surely `name` with a slip: a letter too many, too few, swapped, or one for a similar one.

    Another consonant makes another name (Sukajaya and Sukaraya), so do another number and another short word.
    """
    if re.findall(r"\d+", typed) != re.findall(r"\d+", name):
        return False
    typed_words, words = words_of(typed), words_of(name)
    if len(typed_words) == len(words):
        different = [pair for pair in zip(typed_words, words, strict=True) if pair[0] != pair[1]]
        if len(words) > 1 and any(min(map(len, pair)) < 5 for pair in different):
            return False
    typed, name = sound_of(typed), sound_of(name)
    shorter = min(len(typed), len(name))
    allowed = 0 if shorter < 5 else 1 if shorter < 9 else 2
    return slips(typed, name, allowed) <= allowed


def slips(typed, name, allowed):
    """How many slips make `name` what was typed; FAR for more than allowed."""
    if abs(len(typed) - len(name)) > allowed:
        return FAR
    before, last = [], list(range(len(name) + 1))
    for row, sign in enumerate(typed, start=1):
        now = [row]
        for column, other in enumerate(name, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + exchange(sign, other))
            swapped = row > 1 and column > 1 and sign == name[column - 2] and typed[row - 2] == other
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(now) > allowed:
            return FAR
        before, last = last, now
    return last[-1]


def exchange(sign, other):
    if sign == other:
        return 0
    alike = {sign, other} <= VOWELS or any({sign, other} <= group for group in ALIKE)
    return 1 if alike else FAR
