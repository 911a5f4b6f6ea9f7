"""The words of a text: the same of what was written and of what is searched, whatever a database takes for a letter."""

import re
import unicodedata
from functools import lru_cache

from pages.words.roots import is_known, roots_of

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip

# Nobody sees them within a word, or tells them from each other.
ONE_WAY = dict.fromkeys(map(ord, "\u00ad\u200c\u200d\u2060\ufeff")) | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
# Typed within a word, in place of an apostrophe: Jum'at, Jum’at, Jum`at.
APOSTROPHES = re.compile(r"(?<=[^\W_])['’‘`´ʼʻ′](?=[^\W_])")
# One word, or one day, with signs in it: www.kim.id, 17/8/2026, 17/8/26.
WITH_SIGNS = re.compile(
    r"""\b(?:
      (?P<site> (?:[a-z0-9][a-z0-9-]{0,62}\.){1,5} (?:id|com|net|org) ) (?![.-]?\w)
    | (?<!\d[/.-])(?P<day>0?[1-9]|[12]\d|3[01]) (?P<sign>[/.-]) (?P<month>0?[1-9]|1[0-2])
      (?P=sign) (?P<year>(?:20)?\d\d|19\d\d) (?![\w/.-]*\d)
    )""",
    re.VERBOSE,
)
# R.I., U.M.K.M.
INITIALS = re.compile(r"\b(?:[a-z]\.){1,9}[a-z]\b(?!\.\w)")
# RW VII is RW 7.
ROMAN = re.compile(
    r"\b(?P<before>r[tw][\s./]{1,3})(?=[ivx])(?P<tens>x{0,3})(?P<ones>ix|iv|v?i{0,3})(?!\w)", re.IGNORECASE
)
ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
# Said twice, as people write it: anak2.
TWICE = re.compile(r"\b([^\W\d_]{3,})2\b")
# A letter and a number that touch: covid19, RT05, Rp10.000.
TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
WORD = re.compile(
    r"""
      (?P<amount> (?<![\d.]) \d{1,3} (?:\.\d{3})+ (?![.]?\d) ) (?:,00\b)?
    | (?P<time> (?<![\d.:]) \d{1,2}[.:]\d\d (?![.:]?\d) )
    | (?P<number> \d+ )
    | (?P<electronic> \be- (?=[^\W\d_]{3}) )
    | (?P<word> [^\W\d_]+ )
    """,
    re.VERBOSE,
)
# What a hyphen, a blank or nothing joins to a word, and what says nothing by itself: Al-Qur'an, ke-81, Rp 10.000.
SILENT = {"al", "ke", "rp", "se"}
ELECTRONIC = "elektronik"
SHORT_FOR = {"ektp": (ELECTRONIC, "ktp")}
# Letters; nobody wrote a longer word by hand.
LONGEST = 60


def words_of_text(text):
    """`[word, ...]` as they were written, in order: in small letters without accents, and numbers in one way."""
    return [word for piece in with_numbers(text).split() for word in words_of_piece(piece)]


def with_numbers(text):
    """The text with the number of a neighbourhood in digits."""
    return ROMAN.sub(lambda found: f"{found['before']}{roman(found)}", text)


def roman(found):
    return 10 * len(found["tens"]) + ONES.index(found["ones"].lower())


def words_of_piece(piece):
    """The same of what stands between two blanks; most pieces of a text were read before."""
    return read(piece) if len(piece) <= LONGEST else read.__wrapped__(piece)


@lru_cache(maxsize=20_000)
def read(piece):
    piece = APOSTROPHES.sub("", piece.translate(ONE_WAY))
    piece = unicodedata.normalize("NFKD", piece).lower()
    piece = "".join(sign for sign in piece if not unicodedata.combining(sign))
    return tuple(word[:LONGEST] for word in written(piece) if word not in SILENT)


def roots_of_text(text):
    """`[root, ...]` of the words of a text, in order; two of two words written as one."""
    return [root for word in words_of_text(text) for root in roots_of(word)]


def written(text):
    at = 0
    for found in WITH_SIGNS.finditer(text):
        yield from plainly_written(text[at : found.start()])
        yield from (site_of(found) if found["site"] else day_of(found))
        at = found.end()
    yield from plainly_written(text[at:])


def site_of(found):
    yield found["site"].removeprefix("www.")


def day_of(found):
    year = found["year"] if len(found["year"]) > 2 else f"20{found['year']}"
    yield from (found["day"].lstrip("0"), MONTHS[int(found["month"]) - 1], year)


def plainly_written(text):
    text = INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    text = TWICE.sub(lambda found: found[1] if is_known(found[1]) else found[0], text)
    for found in WORD.finditer(TOUCHING.sub(" ", text)):
        match found.lastgroup:
            case "amount":
                yield found["amount"].replace(".", "")
            case "time":
                yield found["time"].replace(":", ".").removeprefix("0")
            case "number":
                yield found["number"].lstrip("0") or "0"
            case "electronic":
                yield ELECTRONIC
            case _:
                yield from SHORT_FOR.get(found["word"], (found["word"],))
