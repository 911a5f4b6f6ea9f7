"""The words of the demonstration: every story can be told everywhere, in the same words for the same seed."""

import random

import pytest

from demo.texts import SUBJECTS, SUMMARY_LENGTH, TITLE_LENGTH, Place, subjects_for, write_post

PLACES = [
    Place("Jembayan", "Desa", "Loa Kulu", "Kabupaten Kutai Kartanegara", "Kalimantan Timur", "64"),
    Place("Tallo", "Kelurahan", "Tallo", "Kota Makassar", "Sulawesi Selatan", "73"),
    Place("Wonodadi", "Pekon", "Gadingrejo", "Kabupaten Pringsewu", "Lampung", "18"),
    Place("", "", "Tenggarong", "Kabupaten Kutai Kartanegara", "Kalimantan Timur", "64"),
]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.key)
def test_a_story_can_be_told_at_any_place(subject):
    for place in PLACES:
        for kind in subject.types:
            draft = write_post(random.Random(1), subject, place, "KIM Mekar", kind)

            assert TITLE_LENGTH[0] <= len(draft.title) <= TITLE_LENGTH[1]
            assert SUMMARY_LENGTH[0] <= len(draft.summary) <= SUMMARY_LENGTH[1]
            assert "{" not in draft.title + draft.summary + draft.body


def test_the_same_seed_tells_the_same_story():
    first, second = (write_post(random.Random(7), SUBJECTS[0], PLACES[0], "KIM Mekar", "BERITA") for _ in range(2))

    assert first == second


def test_every_field_and_every_type_has_stories():
    assert {kind for subject in SUBJECTS for kind in subject.types} >= {
        "BERITA", "GALERI", "PENGUMUMAN", "AGENDA", "KLARIFIKASI", "POTENSI",
    }  # fmt: skip
    assert len(subjects_for(PLACES[0])) > 20
