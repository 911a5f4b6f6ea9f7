"""The texts of a tier: of each some hundreds are written once, and filled with the names of a place and its KIM.

Two million texts differ in little but names, so their words are taken apart once too, for each number of words that the
names have: where a name has one word more, all after it stand one place further.
"""

import re
from functools import cache, lru_cache
from struct import pack, unpack
from typing import NamedTuple

from django.utils.text import slugify
from psycopg.adapt import Dumper
from psycopg.pq import Format

from activities.models import Post
from demo.texts import STORIES, PlaceWords, write_post
from pages.words import words_of_text
from pages.words.known import EDITION
from pages.words.terms import MOST_PLACES, OURS, WRITTEN, places_of, roots_among

# Stand in a text where the names of the post's own place and KIM will.
STAND_INS = VILLAGE, DISTRICT, REGENCY, PROVINCE, KIM = "§desa", "§kecamatan", "§kabupaten", "§provinsi", "§kim"
LETTERS = "abcde"
DRAFTS_EACH = 8
# Columns with names in them, and how long they may be.
NAMING = {"title": 150, "summary": 220, "body": None, "venue": 150, "claim": None, "source_name": 150, "product": 150}


class Vector(bytes):
    """A `tsvector` in the form in which PostgreSQL needs neither to read nor to sort it."""


class VectorDumper(Dumper):
    oid, format = 3614, Format.BINARY

    def dump(self, value):
        return value


def vector(terms):
    return Vector(pack(">i", len(terms)) + b"".join(sorted(terms)))


def vector_of(*texts):
    """What `terms_of` makes of texts."""
    return vector(terms_among(places_of(*texts)).values())


def terms_among(places):
    """`{word: its term in a Vector}` of `{word: [place, ...]}`, and of its roots."""
    terms = {OURS: term(OURS)} | {WRITTEN + word: term(WRITTEN + word, at) for word, at in places.items()}
    return terms | {root: term(root) for root in roots_among(places)}


def term(word, places=()):
    """As `written` and `meant` of `pages.words.terms`, for texts that are not too long for any place to count."""
    places = places[:MOST_PLACES]
    return word.encode() + pack(f">x{len(places) + 1}H", len(places), *places)


def places_in(term):
    places = term.partition(b"\0")[2]
    return unpack(f">{len(places) // 2}H", places)[1:]


class Name(NamedTuple):
    """The words of a name as a Vector has them, and `{root: its term}`."""

    words: list
    roots: dict


@lru_cache(maxsize=200_000)
def name_of(text):
    words = words_of_text(text)
    return Name([WRITTEN + word for word in words], {root: term(root) for root in roots_among(words)})


class Names(NamedTuple):
    """`{stand-in: text}` and `{stand-in: Name}`."""

    texts: dict
    names: dict


def names_of(community, seat):
    """The Names of a KIM and where it is."""
    texts = (seat.name, (seat.district or seat).name, seat.regency.name, seat.province.name, community)
    texts = dict(zip(STAND_INS, texts, strict=True))
    return Names(texts, {stand_in: name_of(text) for stand_in, text in texts.items()})


class TierText:
    """A post that may be about any place, and its `duties`."""

    def __init__(self, draft, duties):
        texts = {column: getattr(draft, column) for column in NAMING}
        # For the % of Python, which is many times as quick as to look for each name.
        self.naming = {column: percent(text) for column, text in texts.items() if "§" in text}
        self.rest = texts | {
            "verdict": draft.verdict.replace(" ", "_"), "public_contact": draft.contact[:150], "duties": duties,
            "participants": draft.participants, "words_edition": EDITION,
        }  # fmt: skip
        self.days_ahead = draft.days_ahead
        self.searched = [percent(texts[column]) for column in Post.SEARCHED]
        self.named = [stand_in for stand_in in STAND_INS if any(stand_in in text for text in self.searched)]
        self.without_names = cache(self.without_names)

    def columns(self, names):
        """`{column: value}` of all that is written, with these names."""
        texts = self.rest | {column: text % names.texts for column, text in self.naming.items()}
        too_long = [column for column, most in NAMING.items() if most and len(texts[column]) > most]
        for column in too_long:
            texts[column] = texts[column][: NAMING[column]]
        is_cut = not {*too_long}.isdisjoint(Post.SEARCHED)
        texts["slug"] = slugify(texts["title"])[:90].strip("-")
        texts["search"] = vector_of(*map(texts.get, Post.SEARCHED)) if is_cut else self.vector(names.names)
        return texts

    def vector(self, names):
        """What `vector_of` makes of the text with these names."""
        names = [names[stand_in] for stand_in in self.named]
        terms, named = self.without_names(*[len(name.words) for name in names])
        terms, own = terms.copy(), {}
        for name, number, places in named:
            own.setdefault(names[name].words[number], []).extend(places)
        for word, places in own.items():
            at = self.order.get(word)
            if at is None:
                terms.append(term(word, sorted(places)))
            else:
                terms[at] = term(word, sorted([*places, *places_in(terms[at])]))
        roots = {root: found for name in names for root, found in name.roots.items() if root not in self.order}
        return vector(terms + list(roots.values()))

    def without_names(self, *lengths):
        """The terms of all but names of so many words, and `[(which name, number of its word, places), ...]`."""
        known = {
            f"q{letter}{'q' * number}": (name, number)
            for name, (letter, length) in enumerate(zip(LETTERS, lengths, strict=False))
            for number in range(length)
        }
        naming = dict.fromkeys(STAND_INS, "")
        for word, (name, _number) in known.items():
            naming[self.named[name]] = f"{naming[self.named[name]]} {word}".strip()
        places = places_of(*(text % naming for text in self.searched))
        named = [(*known[word], places.pop(word)) for word in known if word in places]
        terms = dict(sorted(terms_among(places).items()))
        # Other lengths move the places, but no word.
        self.order = {word: at for at, word in enumerate(terms)}
        return list(terms.values()), named


def percent(text):
    """A text for the % of Python, from one with stand-ins."""
    return re.sub("|".join(STAND_INS), lambda found: f"%({found[0]})s", text.replace("%", "%%"))


def written_texts(rng, types):
    """`{type: [TierText, ...]}`, some hundreds of them."""
    place = PlaceWords(VILLAGE, "Desa", DISTRICT, REGENCY, PROVINCE, "64")
    texts = {type_: [] for type_ in types}
    for story in STORIES:
        for kind in story.types:
            for _number in range(DRAFTS_EACH):
                draft = write_post(rng, story, place, KIM, kind)
                # About a kilobyte, as members write who have a story to tell.
                more = write_post(rng, story, place, KIM, "BERITA").body.split("\n\n")[:3]
                draft.body = "\n\n".join([draft.body, *more])
                texts[kind.lower()].append(TierText(draft, list(story.duties)))
    return texts
