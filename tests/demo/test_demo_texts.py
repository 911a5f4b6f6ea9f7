"""The words of the demonstration: every story can be told everywhere, in the same words for the same seed."""

import random
import re

import pytest

from demo.texts import STORIES, SUMMARY_LENGTH, TITLE_LENGTH, PlaceWords, stories_for, write_post
from demo.texts.grammar import Pen

PLACES = [
    PlaceWords("Jembayan", "Desa", "Loa Kulu", "Kabupaten Kutai Kartanegara", "Kalimantan Timur", "64"),
    PlaceWords("Tallo", "Kelurahan", "Tallo", "Kota Makassar", "Sulawesi Selatan", "73"),
    PlaceWords("Wonodadi", "Pekon", "Gadingrejo", "Kabupaten Pringsewu", "Lampung", "18"),
    PlaceWords("", "", "Tenggarong", "Kabupaten Kutai Kartanegara", "Kalimantan Timur", "64"),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_a_story_can_be_told_at_any_place(story):
    for place in PLACES:
        for kind in story.types:
            draft = write_post(random.Random(1), story, place, "KIM Mekar", kind)

            assert TITLE_LENGTH[0] <= len(draft.title) <= TITLE_LENGTH[1]
            assert SUMMARY_LENGTH[0] <= len(draft.summary) <= SUMMARY_LENGTH[1]
            assert "{" not in draft.title + draft.summary + draft.body


def test_the_same_seed_tells_the_same_story():
    first, second = (write_post(random.Random(7), STORIES[0], PLACES[0], "KIM Mekar", "BERITA") for _ in range(2))

    assert first == second


@pytest.mark.parametrize("story", [story for story in STORIES if "AGENDA" in story.types], ids=lambda story: story.key)
def test_an_agenda_speaks_of_its_own_day_and_hall(story):
    for place in PLACES:
        for seed in range(20):
            draft = write_post(random.Random(seed), story, place, "KIM Mekar", "AGENDA")
            said = f"{draft.title} {draft.summary} {draft.body}"
            hall = Pen(random.Random(), place, {}, None).known["balai"]

            # It is written up to 24 days before.
            assert not re.search(r"\b(hari|malam|pekan|minggu|bulan) ini\b|\bbesok\b", said)
            assert hall not in said or hall in draft.venue.lower()


def test_every_field_and_every_type_has_stories():
    assert {kind for story in STORIES for kind in story.types} >= {
        "BERITA", "GALERI", "PENGUMUMAN", "AGENDA", "KLARIFIKASI", "POTENSI",
    }  # fmt: skip
    assert len(stories_for(PLACES[0])) > 20
