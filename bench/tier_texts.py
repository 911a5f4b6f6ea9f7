"""The texts of a tier: of each some hundreds are written once, and filled with the names of a place and its KIM.

Two million texts differ in little but names, so their words are taken apart once too, for each number of words that the
names have: where a name has one word more, all after it stand one place further.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from django.utils.text import slugify

from activities.models import Post
from demo.texts import STORIES, PlaceWords, write_post
from pages.words import words_of_text
from pages.words.known import EDITION
from pages.words.terms import OURS, WRITTEN, meant, places_of, roots_among, terms_of, written

# Stand in a text where the names of the post's own place and KIM will.
STAND_INS = VILLAGE, DISTRICT, REGENCY, PROVINCE, KIM = "§desa", "§kecamatan", "§kabupaten", "§provinsi", "§kim"
LETTERS = "abcde"
DRAFTS_EACH = 8
# Columns with names in them, and how long they may be.
NAMING = {"title": 150, "summary": 220, "body": None, "venue": 150, "claim": None, "source_name": 150, "product": 150}


class Name(NamedTuple):
    """A name, its words, and the terms of their roots."""

    text: str
    words: tuple
    roots: str


@lru_cache(maxsize=200_000)
def name_of(text):
    words = tuple(words_of_text(text))
    return Name(text, words, " ".join(map(meant, roots_among(words))))


def names_of(community, seat):
    """`{stand-in: Name}` of a KIM and where it is."""
    texts = (seat.name, (seat.district or seat).name, seat.regency.name, seat.province.name, community)
    return dict(zip(STAND_INS, map(name_of, texts), strict=True))


class TierText:
    """A post that may be about any place, and its `duties`."""

    def __init__(self, draft, duties):
        # For the % of Python, which is many times as quick as to look for each name.
        self.texts = {column: percent(getattr(draft, column)) for column in NAMING}
        self.rest = {
            "verdict": draft.verdict.replace(" ", "_"), "public_contact": draft.contact[:150], "duties": duties,
            "participants": draft.participants, "words_edition": EDITION,
        }  # fmt: skip
        self.days_ahead = draft.days_ahead

    def columns(self, names):
        """`{column: value}` of all that is written, with these names."""
        naming = {stand_in: name.text for stand_in, name in names.items()}
        whole = {column: text % naming for column, text in self.texts.items()}
        texts = {column: whole[column][:most] for column, most in NAMING.items()}
        searched = [texts[column] for column in Post.SEARCHED]
        is_cut = searched != [whole[column] for column in Post.SEARCHED]
        return texts | self.rest | {
            "slug": slugify(texts["title"])[:90].strip("-"),
            "search": terms_of(*searched) if is_cut else self.terms(names),
        }  # fmt: skip

    def terms(self, names):
        """What `terms_of` makes of the text with these names; a word of both stands in it twice."""
        terms, named, used = terms_without_names(self, tuple([len(name.words) for name in names.values()]))
        written_names = [f"'{WRITTEN}{names[stand_in].words[number]}':{places}" for stand_in, number, places in named]
        return " ".join([terms, *written_names, *[names[stand_in].roots for stand_in in used]])


@lru_cache(maxsize=100_000)
def terms_without_names(text, lengths):
    """The terms of all but names of so many words, `[(stand-in, number of its word, places), ...]`, whose these are."""
    known = {
        f"q{letter}{'q' * number}": (stand_in, number)
        for stand_in, letter, length in zip(STAND_INS, LETTERS, lengths, strict=True)
        for number in range(length)
    }
    naming = dict.fromkeys(STAND_INS, "")
    for word, (stand_in, _number) in known.items():
        naming[stand_in] = f"{naming[stand_in]} {word}".strip()
    places = places_of(*(text.texts[column] % naming for column in Post.SEARCHED))
    named = [(*known[word], written(word, places.pop(word)).rpartition(":")[2]) for word in known if word in places]
    terms = [f"'{OURS}'", *map(written, places, places.values()), *map(meant, roots_among(places))]
    return " ".join(terms), named, {stand_in for stand_in, *_ in named}


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
