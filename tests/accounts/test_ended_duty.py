"""An officer whose duty ended while a form was open reads that it ended, and keeps what was typed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import OfficerAssignment
from regions.templatetags.places import place_date

pytestmark = pytest.mark.django_db

NOTE = "Sejak setahun tidak ada kegiatan."


def end(user, *, days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    user.assignments.filter(ends_on=None).update(ends_on=day)
    return f"Sejak {place_date(day)} Anda tidak lagi bertugas di Kabupaten Kutai Kartanegara"


def move(user, region):
    sentence = end(user)
    OfficerAssignment.objects.create(user=user, region=region, letter_number="2", starts_on=timezone.localdate())
    return sentence


def suspend(desk, community):
    return desk.post(reverse("admin:communities_community_deed", args=[community.pk, "bekukan"]), {"note": NOTE})


def test_it_is_said_with_what_was_typed(desk, made, mekar):
    sentence = end(made)

    answer = suspend(desk, mekar)

    mekar.refresh_from_db()
    assert (answer.status_code, mekar.status) == (403, "verified")
    assert sentence in answer.text
    assert NOTE in answer.text


def test_it_is_said_to_who_was_moved_elsewhere(desk, made, mekar, places):
    sentence = move(made, places["64.71"])

    answer = suspend(desk, mekar)

    assert answer.status_code == 404
    assert sentence in answer.text
    assert NOTE in answer.text


def test_a_page_of_the_desk_says_it_too(desk, made, mekar):
    sentence = end(made, days_ago=90)

    assert sentence in desk.get("/petugas/", follow=True).text


def test_what_is_elsewhere_has_nothing_to_do_with_a_duty_of_long_ago(desk, made, make_community, places):
    OfficerAssignment.objects.create(
        user=made, region=places["64"], letter_number="2", starts_on="2020-01-01", ends_on="2021-01-01"
    )

    answer = suspend(desk, make_community("KIM Manggar", seat="64.71.01.1001"))

    assert "Halaman ini tidak ada" in answer.text
    assert "bertugas di" not in answer.text


def test_who_was_never_an_officer_reads_that_the_page_is_for_others(client, joko):
    client.force_login(joko)

    assert "Halaman ini bukan untuk Anda" in client.get("/petugas/", follow=True).text


def test_who_is_no_officer_any_more_can_still_sign_out_at_the_desk(desk, made):
    end(made)

    desk.post(reverse("admin:logout"))

    assert "_auth_user_id" not in desk.session
