"""The demonstration: drawn and written by code, the same for the same seed, and every kind of thing occurs."""

import pytest

from activities.demo import draw_and_prepare
from activities.demo_pictures import draw_scene
from activities.demo_texts import SUBJECTS


@pytest.mark.parametrize("subject", sorted({subject.picture for subject in SUBJECTS}))
def test_a_picture_is_drawn_for_every_subject_and_again_the_same(subject):
    assert draw_scene(subject, 7).tobytes() == draw_scene(subject, 7).tobytes()
    assert draw_scene(subject, 7).tobytes() != draw_scene(subject, 8).tobytes()


def test_a_drawn_picture_passes_as_a_photo_and_is_light():
    prepared = draw_and_prepare(("posyandu", 1))

    assert len(prepared.files["640.webp"]) <= 40_000
