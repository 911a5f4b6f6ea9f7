"""How long somebody stays signed in, and what ends it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User

pytestmark = pytest.mark.django_db
OWN_PAGE = "/ruang/"


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def is_signed_in(client, page=OWN_PAGE):
    return client.get(page).status_code == 200


def test_an_officer_works_a_day_and_signs_in_again(made, with_second_factor, time_machine):
    browser = browser_of(with_second_factor(made))
    assert is_signed_in(browser, "/petugas/")
    morning = timezone.now()

    time_machine.move_to(morning + timedelta(hours=9, minutes=50))
    assert is_signed_in(browser, "/petugas/"), "no page begins the day anew"
    time_machine.move_to(morning + timedelta(hours=10, minutes=1))

    assert not is_signed_in(browser, "/petugas/")
    assert not is_signed_in(browser), "nor is any other page of theirs open"
    assert "_auth_user_id" not in browser.session


def test_who_becomes_an_officer_while_signed_in_works_a_day_from_then(siti, places, time_machine):
    browser = browser_of(siti)
    siti.assignments.create(region=places["64.02"], letter_number="1/2026", duties=["moderation"])
    siti.authenticator_set.create(type="totp", data={"secret": ""})
    assert is_signed_in(browser)

    time_machine.move_to(timezone.now() + timedelta(hours=11))

    assert not is_signed_in(browser)


def test_a_member_stays_signed_in_for_days(siti, time_machine):
    browser = browser_of(siti)
    assert is_signed_in(browser)

    time_machine.move_to(timezone.now() + timedelta(days=5))

    assert is_signed_in(browser)


def disable(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def enable(user):
    User.objects.filter(pk=user.pk).update(is_active=True)


def test_the_sessions_of_a_disabled_account_do_not_come_back_with_it(siti):
    phone, unused = browser_of(siti), browser_of(siti)
    disable(siti)
    assert not is_signed_in(phone)

    enable(siti)

    assert not is_signed_in(phone)
    assert not is_signed_in(unused), "nor one that nobody used meanwhile"
    assert is_signed_in(browser_of(User.objects.get(pk=siti.pk)))


def test_not_even_an_old_copy_of_the_row_brings_sessions_back(siti):
    phone, old_copy = browser_of(siti), User.objects.get(pk=siti.pk)
    disable(siti)

    old_copy.save()

    assert User.objects.get(pk=siti.pk).is_active
    assert not is_signed_in(phone)


def test_what_an_officer_corrects_in_an_account_ends_no_session(siti):
    phone = browser_of(siti)

    User.objects.filter(pk=siti.pk).update(name="Siti Aminah")

    assert is_signed_in(phone)
