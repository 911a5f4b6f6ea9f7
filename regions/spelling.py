"""How differently one name of a place is written, and which of two names are the same with a slip of the pen."""

import re
from functools import lru_cache

from regions.terms import plain

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
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("bh", "b"), ("dh", "d"), ("th", "t"), ("kh", "k"),
    ("gh", "g"), ("ie", "i"), ("y", "i"), ("v", "p"), ("f", "p"), ("z", "s"), ("q", "k"),
]  # fmt: skip
# But the last letters of "Teluk PanjiIII" are a number.
DOUBLED = re.compile(r"([a-hj-z])\1+|(i)\2+(?![i]|$)")
# "Oro2 Ombo" is Oro-oro Ombo.
TWICE = re.compile(r"\b([a-z]{2,})2\b")

VOWELS = set("aeiou")
# Consonants that ears and keyboards confuse.
ALIKE = [set("mn"), set("bp"), set("dt"), set("gk"), set("lr"), set("sz"), set("cj"), set("kh"), set("wu"), set("iy")]
# A letter missed or doubled weighs more, so that one missed and one added are not another consonant.
MISSED, TWO_SLIPS, FAR = 1.25, 2.25, 9


@lru_cache(maxsize=20_000)
def words_of(text):
    """A name in plain words, with one way to write numbers: "Sukamaju-II" is `("sukamaju", "2")`."""
    words = TWICE.sub(r"\1 \1", plain(text)).split()
    return (*words[:1], *(NUMBERS.get(word, word.lstrip("0") or word) for word in words[1:]))


def key_of(text):
    """The same for "Nambangankidul" and "NAMBANGAN KIDUL"."""
    return "".join(words_of(text))


@lru_cache(maxsize=20_000)
def sound_of(text):
    """The same for "Karang Anjar" in old and new letters, with double letters or single ones, shortened or not."""
    sound = "".join(SHORTENED.get(word, word) for word in words_of(text))
    for written, heard in SOUNDS:
        sound = sound.replace(written, heard)
    return DOUBLED.sub(lambda doubled: doubled[0][0], sound)


@lru_cache(maxsize=20_000)
def trigrams(sound):
    padded = f" {sound} "
    return frozenset(padded[index : index + 3] for index in range(len(padded) - 2))


def likeness(these, others):
    """How many of all trigrams are in both, from 0 to 1."""
    return len(these & others) / len(these | others)


def is_slip(typed, name):
    """Whether `typed` is surely `name` with a slip: a letter too many, too few, swapped, or one for a similar one.

    Another consonant makes another name (Sukajaya and Sukaraya), so does another number, short word or added word.
    """
    typed_words, words = words_of(typed), words_of(name)
    if numbers_in(typed_words) != numbers_in(words):
        return False
    if typed_words != words and (set(typed_words) <= set(words) or set(words) <= set(typed_words)):
        return False
    if len(typed_words) == len(words):
        different = [pair for pair in zip(typed_words, words, strict=True) if pair[0] != pair[1]]
        if len(words) > 1 and any(min(map(len, pair)) < 5 for pair in different):
            return False
    typed, name = sound_of(typed), sound_of(name)
    # "KalindaI" is the first of several Kalinda, and none that is called just so.
    if typed != name and typed.rstrip("iv") == name.rstrip("iv"):
        return False
    return slips(typed, name) <= allowance(typed, name, len(typed_words) == len(words))


def numbers_in(words):
    return [word for word in words if word.isdecimal()]


def allowance(typed, name, is_like_built):
    shorter = min(len(typed), len(name))
    if shorter < 6:
        return 0
    return TWO_SLIPS if shorter > 8 and is_like_built else MISSED


def slips(typed, name):
    """How many slips make `name` what was typed; FAR for more than two."""
    if abs(len(typed) - len(name)) * MISSED > TWO_SLIPS:
        return FAR
    before, last = [], [column * MISSED for column in range(len(name) + 1)]
    for row, sign in enumerate(typed, start=1):
        now = [row * MISSED]
        for column, other in enumerate(name, start=1):
            cost = min(last[column] + MISSED, now[-1] + MISSED, last[column - 1] + exchange(sign, other))
            swapped = row > 1 and column > 1 and sign == name[column - 2] and typed[row - 2] == other
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(now) > TWO_SLIPS:
            return FAR
        before, last = last, now
    return last[-1]


def exchange(sign, other):
    if sign == other:
        return 0
    alike = {sign, other} <= VOWELS or any({sign, other} <= group for group in ALIKE)
    return 1 if alike else FAR


@lru_cache(maxsize=20_000)
def letters_apart(typed, name):
    """How many letters to add, drop, change or swap with the next until one is the other."""
    before, last = [], [*range(len(name) + 1)]
    for row, sign in enumerate(typed, start=1):
        now = [row]
        for column, other in enumerate(name, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (sign != other))
            swapped = row > 1 and column > 1 and sign == name[column - 2] and typed[row - 2] == other
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return last[-1]
