"""Deeds at the same moment, in threads with connections of their own: one wins, and nothing is done by half."""

import io
import uuid
from contextlib import suppress

import pytest
from conftest import at_once
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from accounts.photo_limits import PhotoRefused
from aspirations.models import MOST_PHOTOS, Agency, Aspiration, CodeSerial, Support, WaitingPhoto
from regions.models import Region

pytestmark = pytest.mark.django_db(transaction=True)


def picture(color):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), color).save(file, "JPEG")
    return SimpleUploadedFile("jalan.jpg", file.getvalue(), content_type="image/jpeg")


def anew(row):
    """As a request would: read when it comes."""
    return Aspiration.objects.get(pk=row.pk)


def by(user):
    return User.objects.get(pk=user.pk)


def test_two_officers_who_assign_at_once_leave_one_turn(make_aspiration, made, places, public_works):
    row = make_aspiration()
    other = Agency.objects.create(region=places["64.02"], name="Dinas Perhubungan", email="dishub@contoh.id")

    ends = at_once([lambda to=to: anew(row).assign(to, by=by(made)) for to in (public_works, other)])

    assert [end for end in ends if end is True] == [True]
    assert anew(row).turns.open().get().agency == anew(row).agency


def test_an_answer_of_the_opd_and_taking_it_back_leave_one_of_both(make_aspiration, made, public_works):
    row = make_aspiration()
    row.assign(public_works, by=made)
    turn = row.open_turn

    ends = at_once(
        [
            lambda: anew(row).give_answer(turn=turn, text="Sudah.", outcome="done"),
            lambda: anew(row).take_back(by=by(made)),
        ]
    )

    assert [end for end in ends if end is True] == [True]
    assert not anew(row).turns.open().exists()
    assert anew(row).status in ("answered", "accepted")


def test_a_form_sent_twice_at_once_is_one_row_with_one_code(places):
    key, place = uuid.uuid4(), places["64.02.02.2003"]
    facts = {"client_uuid": key, "title": "Jalan rusak", "text": "Berlubang."}

    at_once([lambda: Aspiration.objects.send(place=Region.objects.get(pk=place.pk), **facts)] * 2)

    assert (Aspiration.objects.count(), CodeSerial.objects.get().last) == (1, 1)


def test_four_at_once_get_four_codes(places):
    place = places["64.02.02.2003"]

    def send():
        facts = {"client_uuid": uuid.uuid4(), "title": "Jalan rusak", "text": "Berlubang."}
        Aspiration.objects.send(place=Region.objects.get(pk=place.pk), **facts)

    at_once([send] * 4)

    codes = Aspiration.objects.values_list("code", flat=True)
    assert sorted(int(code[-6:]) for code in codes) == [1, 2, 3, 4]


def test_of_eight_photos_at_once_five_are_kept(places):
    key = uuid.uuid4()

    def add(number):
        with suppress(PhotoRefused):
            WaitingPhoto.objects.add(key, picture((number * 30, 0, 0)))

    at_once([lambda number=number: add(number) for number in range(8)])

    assert WaitingPhoto.objects.of(key).count() == MOST_PHOTOS


def test_two_merged_into_each_other_at_once_leave_one(make_aspiration, made):
    one, other = make_aspiration(), make_aspiration("Jalan rusak")

    at_once(
        [
            lambda: anew(one).merge_into(anew(other), by=by(made)),
            lambda: anew(other).merge_into(anew(one), by=by(made)),
        ]
    )

    assert sorted([anew(one).status, anew(other).status]) == ["duplicate", "forwarded"]


def test_voices_at_once_are_all_counted(make_aspiration):
    row = make_aspiration()

    at_once([lambda device=device: Support.objects.add(anew(row), device=device * 43) for device in "abcd"])

    assert anew(row).support_count == 4
