"""The root of an Indonesian word: "penanaman", "ditanami" and "menanam" are all of "tanam".

An affix is taken off where a known root stays (`known.py`); of several the longest, because "menusuk" is of "tusuk" and
not of "usuk". Of a word whose root nobody knows only what is surely an affix is taken off, the same way each time.
"""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import product

from pages.words.known import IRREGULAR, ROOTS, VARIANTS
from pages.words.stop_words import STOP_WORDS

VOWELS = tuple("aeiou")
PARTICLES = ("", "lah", "kah", "tah", "pun")
OWNERS = ("", "nya", "ku", "mu")
SUFFIXES = ("", "kan", "an", "i", "wan", "wati")
# `{last letter: [(ending, suffix in it)]}` of those that a word with that letter may have: of most letters none.
ENDINGS = defaultdict(lambda: [("", "")])
for particle, owner, suffix in product(PARTICLES, OWNERS, SUFFIXES):
    if ending := f"{suffix}{owner}{particle}":
        ENDINGS[ending[-1]].append((ending, suffix))

# What me- and pe- become before a letter, and the letter that they swallow: mem-b…, but mem-ilih of "pilih", and
# pem-roses-an of "proses".
BEFORE = {
    "m": (("b", "f", "p", "v"), "p"),
    "n": (("c", "d", "j", "s", "t", "z"), "t"),
    "ng": (("g", "h", "k", "l", "q", "r", *VOWELS), "k"),
    "ny": ((), "s"),
}
BARE = ("l", "m", "n", "r", "w", "y")
# Domes and what is stiff are no deeds: "mengubah" is of "ubah", "mengaku" of "aku".
NEVER_SWALLOWED = {"kaku", "kubah"}
# Between prefixes and the shortest root, "-" within a word of three: ke-pe-mimpin-an.
MOST_PREFIXES = 3

# Letters of Arabic and of the spelling before 1972, which each writes otherwise: Shubuh, umroh, Djoko, Soekarno.
PLAINLY = [
    (re.compile(pattern), letters)
    for pattern, letters in [
        (r"^ts(?=[aiu])|sh", "s"),
        (r"d[hl](?=[aiou])", "d"),
        (r"gh", "g"),
        (r"th(?=[aiou])", "t"),
        (r"ph", "f"),
        (r"dj", "j"),
        (r"tj", "c"),
        (r"oe", "u"),
        (r"iy(?=a)", "i"),
        (r"(?<=[^n]r)oh$", "ah"),
        (r"q", "k"),
        (r"kw(?=[aei])", "ku"),
        (r"ly(?=[aou])", "li"),
        (r"fitas$", "vitas"),
        (r"tip$", "tif"),
        (r"(?<=[lnrt])isir$", "isasi"),
        (r"([bcdfhj-np-tv-z]|(?<!n)g)\1", r"\1"),
    ]
]

# What stands before a whole word: "antikorupsi" is of "anti" and "korupsi".
LEADING = (
    "antar", "anti", "bio", "eks", "inter", "kontra", "maha", "makro", "mikro", "multi", "nara", "neo", "non", "pasca",
    "pra", "pro", "purna", "semi", "sub", "super", "swa", "trans", "tri", "tuna", "ultra",
)  # fmt: skip
# What me- and pe- become before one syllable: "mengebor", "pengelapan".
OF_ONE_SYLLABLE = re.compile(r"(?:me|pe)nge([bcdfghjklmprst][aeiou][bdgklmprst])(?:an|kan|i)?(?:nya)?")
HALF = 4  # letters at least, of each word in "sukamaju"


def plainly_spelled(word):
    """A word in the simplest of its spellings; of a short one, such as Adha, nobody can tell."""
    for pattern, letters in PLAINLY if len(word) > HALF else ():
        word = pattern.sub(letters, word)
    return word


# Roots by the simplest spelling of theirs, where that is not another root: tsunami, maghrib.
SIMPLER = {plainly_spelled(root): root for root in ROOTS}
SIMPLER = {plain: root for plain, root in SIMPLER.items() if plain not in ROOTS | VARIANTS.keys() | IRREGULAR.keys()}
KNOWN = ROOTS | VARIANTS.keys() | IRREGULAR.keys() | SIMPLER.keys()


@lru_cache(maxsize=20_000)
def roots_of(word):
    """The root of a word in small letters, as a tuple: of words written as one there are two."""
    word = word.replace("dz", "z")
    known = known_root(word) or known_root(plainly_spelled(word))
    if known:
        return (known,)
    return halves(word) or (halves(bare := stripped(word)) or (plainly_spelled(bare),))


def is_known(word):
    """Whether a word in small letters is one without any affix; of others we do not know whether they are whole."""
    return word in KNOWN or word in STOP_WORDS


def known_root(word):
    """The root that the vocabulary has of a word, in its one spelling; empty where it has none."""
    if word in KNOWN:
        return plain_root(word)
    found = [
        (len(root), -restored, -prefixes, root)
        for rest, suffix in without_ending(word)
        for root, prefixes, restored in without_prefixes(rest, suffix)
        if root in KNOWN and not (restored and root in NEVER_SWALLOWED)
    ]
    return plain_root(max(found)[-1]) if found else ""


def plain_root(root):
    root = SIMPLER.get(root, root)
    root = IRREGULAR.get(root, root)
    return VARIANTS.get(root, root)


def without_ending(word):
    """`(rest, suffix)` of each way to take endings off, none among them."""
    for ending, suffix in ENDINGS[word[-1:]]:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: len(word) - len(ending)], suffix


def without_prefixes(word, suffix, taken=0, restored=0):
    """`(rest, prefixes taken off, letters restored)` of each way to take prefixes off, none among them."""
    yield word, taken, restored
    if taken < MOST_PREFIXES:
        for rest, is_restored in without_prefix(word, suffix, taken):
            if len(rest) >= 3:
                yield from without_prefixes(rest, suffix, taken + 1, restored + is_restored)


def without_prefix(word, suffix, taken):
    first, rest = word[:2], word[2:]
    # Nobody says me-…-an: "menarikan" is to dance, of "tari" and not of "tarik".
    if first == "di" and suffix != "an":
        yield rest, False
    elif first == "me" and suffix != "an":
        yield from without_nasal(rest)
    elif first == "pe":
        yield from without_nasal(rest)
        yield from without_r(rest)
        if not rest.startswith(VOWELS):
            yield rest, False
    elif first in ("be", "te"):
        yield from without_r(rest)
    elif (first == "ke" and (suffix == "an" or taken)) or (first == "se" and len(rest) > HALF):
        yield rest, False


def without_nasal(rest):
    if rest.startswith(BARE):
        yield rest, False
    for nasal, (kept, swallowed) in BEFORE.items():
        after = rest.removeprefix(nasal)
        if after == rest:
            continue
        if after.startswith(kept):
            yield after, False
        if after.startswith(VOWELS) or (swallowed == "p" and after.startswith("r")):
            yield f"{swallowed}{after}", True
    # Before one syllable: "mengecat".
    if rest.startswith("nge") and len(rest) <= 7:
        yield rest.removeprefix("nge"), False


def without_r(rest):
    """Of ber-, ter- and per-, whose r is lost before another: be-kerja, be-ragam; and one l, of bel-ajar."""
    if rest.startswith("r"):
        yield rest[1:], False
        yield rest, False
    elif rest == "lajar":
        yield "ajar", False
    elif rest[1:3] == "er" and not rest.startswith(VOWELS):
        yield rest, False


def halves(word):
    """The roots of two words written as one, where both are known; nothing otherwise."""
    for leading in LEADING:
        if word.startswith(leading) and len(word) - len(leading) >= HALF:
            known = known_root(word.removeprefix(leading))
            if known:
                return (leading, known)
    for middle in range(HALF, len(word) - HALF + 1):
        if word[:middle] in ROOTS and word[middle:] in ROOTS:
            return (plain_root(word[:middle]), plain_root(word[middle:]))
    return ()


def stripped(word):
    """A word of unknown root, without what is surely an affix."""
    if syllable := OF_ONE_SYLLABLE.fullmatch(word):
        return syllable[1]
    word = shorter(word, word.removesuffix("nya"))
    for suffix in ("kan", "an", ""):
        rest = word.removesuffix(suffix) if suffix else word
        if suffix and rest == word:
            continue
        for bare in surely_bare(rest, suffix):
            if shorter(rest, bare) == bare:
                return bare
        if suffix == "an" and len(rest) > HALF and shorter(word, rest) == rest:
            return rest
    return word


def surely_bare(word, suffix):
    """What may stay of a word without its prefix, the likeliest first."""
    if word.startswith("ber") or (word.startswith("ter") and suffix != "an" and len(word) > 6):
        yield word[3:]
    elif word.startswith("me") and suffix != "an":
        yield from likeliest(word[2:])
    elif word.startswith("pe") and suffix == "an":
        if word.startswith("per"):
            yield word[3:]
        else:
            yield from likeliest(word[2:])
    elif (word.startswith("di") and suffix == "kan") or (word.startswith("ke") and suffix == "an"):
        yield word[2:]


def likeliest(rest):
    """Without the nasal: before a vowel a letter was swallowed, but hardly ever a k, which new words keep."""
    ways = [way for way in without_nasal(rest) if way[0] != rest or rest[1:2] in VOWELS]
    ways.sort(key=lambda way: way[1] == rest.startswith("ng"))
    return [way for way, _restored in ways]


def shorter(word, rest):
    """`rest`, where it still looks like a word: four letters with two vowels."""
    return rest if len(rest) >= HALF and sum(sign in VOWELS for sign in rest) > 1 else word
