"""A reader says thanks by one tap: one of each phone, without an account and without a cookie."""

import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from activities.models import Thanks
from activities.views.thanks import MOST_A_DAY

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120", "Sec-Fetch-Site": "same-origin"}


def thank(client, post, *, data=None, **headers):
    return client.post(reverse("activities:thank", args=[post.pk]), data or {}, headers=PHONE | headers)


def test_each_phone_counts_once_and_is_left_no_cookie(client, make_post):
    post = make_post()
    one, other = ({"device": str(uuid.uuid4())} for _ in range(2))

    answers = [thank(client, post, data=phone, Accept="application/json") for phone in (one, one, other)]

    assert [answer.json()["number"] for answer in answers] == [1, 1, 2]
    assert not any(answer.cookies for answer in answers)
    assert client.get(post.get_absolute_url()).context["post"].thanks_number == 2


def test_without_scripts_it_is_a_form_that_leads_back(client, make_post):
    post = make_post()
    assertContains(client.get(post.get_absolute_url()), reverse("activities:thank", args=[post.pk]))

    for _tap in range(2):
        assertContains(thank(client, post), post.get_absolute_url())

    assert post.thanks.count() == 1


def test_a_phone_has_another_mark_for_each_post(client, make_post):
    phone = {"device": str(uuid.uuid4())}

    for post in (make_post(), make_post()):
        thank(client, post, data=phone)

    assert Thanks.objects.values("mark").distinct().count() == 2


@pytest.mark.parametrize("headers", [{"User-Agent": "Googlebot/2.1"}, {"Sec-Fetch-Site": "cross-site"}])
def test_programs_and_pages_of_others_do_not_count(client, make_post, headers):
    thank(client, make_post(), **headers)

    assert not Thanks.objects.exists()


def test_one_address_moves_the_number_only_so_far(client, make_post):
    post = make_post()

    for _phone in range(MOST_A_DAY + 5):
        thank(client, post, data={"device": str(uuid.uuid4())})

    assert post.thanks.count() == MOST_A_DAY


def test_what_nobody_may_read_nobody_thanks_for(client, make_post):
    assert thank(client, make_post(status="hidden")).status_code == 404
    assert not Thanks.objects.exists()


def test_a_device_that_is_no_number_is_taken_for_none(client, make_post):
    post = make_post()

    assert thank(client, post, data={"device": "\0 apa saja"}).status_code == 200
    assert post.thanks.count() == 1
