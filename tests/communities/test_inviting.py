"""A chair invites by a link that ends, or many at once by their e-mail addresses; and names sections."""

import re
from datetime import timedelta

import pytest
from conftest import make_user
from django.urls import reverse
from django.utils import timezone

from accounts.models import Dispatch
from communities.models import Community, InvitationLink, Membership, StepRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(client, siti):
    client.force_login(siti)
    return client


@pytest.fixture
def link(mekar, siti):
    return InvitationLink.objects.issue(mekar, by=siti)


def page(name, kim):
    return reverse(f"communities:{name}", args=[kim.slug])


def test_the_chair_makes_a_link_shares_it_and_ends_it(chair, mekar):
    chair.post(page("invitation_link", mekar), {"deed": "new"})
    link = InvitationLink.objects.get()
    text = chair.get(page("member_invite", mekar)).text
    assert link.url in text
    assert "https://wa.me/?text=" in text

    chair.post(page("invitation_link", mekar), {"deed": "new"})
    assert [row.ended_at is None for row in InvitationLink.objects.order_by("pk")] == [False, True]
    chair.post(page("invitation_link", mekar), {"deed": "end"})

    assert not InvitationLink.objects.usable().exists()


def test_a_visitor_is_led_to_signing_in_and_finds_it_in_the_room(client, link, joko):
    here = link.get_absolute_url()
    text = client.get(here).text
    assert f"next={here.replace('/', '%2F')}" in text

    client.force_login(joko)
    assert here in client.get(reverse("workspace")).text


def test_whoever_has_it_joins_at_once_and_the_chair_is_told_once(client, link, mekar, joko, siti):
    client.force_login(joko)
    assert "Ya, saya bergabung" in client.get(link.get_absolute_url()).text

    for _time in range(2):
        client.post(reverse("communities:join_by_link", args=[link.code]))

    assert mekar.memberships.current().get(user=joko)
    link.refresh_from_db()
    assert link.places_left == 29
    told = siti.notices.filter(title="Joko bergabung dengan KIM Mekar lewat tautan undangan")
    assert told.count() == 1


def test_who_had_asked_or_was_invited_has_one_line(link, mekar, joko):
    asked = Membership.objects.ask_to_join(mekar, by=joko)
    rina = make_user("Rina")
    invited = mekar.memberships.create(name="Bu Rina", email=rina.email, status="invited")

    for person in (joko, rina):
        Membership.objects.join_by(link, by=person)

    assert mekar.memberships.current().get(user=joko) == asked
    assert mekar.memberships.current().get(user=rina) == invited


@pytest.mark.parametrize("why", ["ended", "late", "full", "closed"])
def test_it_ends(client, link, mekar, joko, siti, why):
    if why == "ended":
        InvitationLink.objects.end(mekar, by=siti)
    if why == "late":
        InvitationLink.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    if why == "full":
        InvitationLink.objects.update(places_left=0)
    if why == "closed":
        Community.objects.filter(pk=mekar.pk).update(status="dissolved")
    client.force_login(joko)

    assert client.get(link.get_absolute_url()).status_code == 410
    with pytest.raises(StepRefused):
        Membership.objects.join_by(link, by=joko)
    assert not mekar.memberships.filter(user=joko).exists()


def test_nobody_but_the_chair_makes_one(client, mekar, joko):
    mekar.memberships.create(user=joko, name="Joko")
    client.force_login(joko)

    assert client.post(page("invitation_link", mekar), {"deed": "new"}).status_code in (403, 404)
    assert not InvitationLink.objects.exists()


def test_many_are_invited_at_once_and_a_bad_line_costs_the_good_ones_nothing(chair, mekar):
    lines = "1. Bu Wati <wati@contoh.id>\nandi@contoh.id\n\nPak Budi, budi-tanpa-surel\nandi@contoh.id"

    answer = chair.post(page("invite_many", mekar), {"lines": lines})

    invited = mekar.memberships.invited().order_by("pk").values_list("name", "email")
    assert list(invited) == [("Bu Wati", "wati@contoh.id"), ("andi", "andi@contoh.id")]
    assert Dispatch.objects.count() == 2
    assert answer.context["form"]["lines"].value() == "Pak Budi, budi-tanpa-surel"
    assert "2 undangan dikirim." in answer.text
    assert "Tulis alamat surelnya." in answer.text


def test_what_was_refused_is_under_the_eyes_and_said_however_far_down_its_form_stands(chair, mekar):
    path = page("member_invite", mekar)
    assert "autofocus" not in chair.get(path).text

    bad = chair.post(path, {"name": "123", "email": "x"}).text
    chair.post(path, {"name": "Bu Wati", "email": "wati@contoh.id"})
    again = chair.post(path, {"name": "Wati", "email": "wati@contoh.id"})

    assert re.search(r'role="alert" tabindex="-1" autofocus>Belum terkirim\..*value="123"', bad, re.DOTALL)
    assert bad.count("autofocus") == again.text.count("autofocus") == 1
    assert again.status_code == 409


def test_an_address_of_digits_is_invited_too(chair, mekar):
    chair.post(page("invite_many", mekar), {"lines": "12345@contoh.id\n2. 0812@contoh.id\nBu Wati, 777@contoh.id"})

    invited = mekar.memberships.invited().order_by("pk").values_list("name", "email")
    called = [("Anggota", "12345@contoh.id"), ("Anggota", "0812@contoh.id"), ("Bu Wati", "777@contoh.id")]
    assert list(invited) == called


def test_a_section_has_the_name_that_the_kim_gives_it(chair, mekar, joko, client):
    member = mekar.memberships.create(user=joko, name="Joko")
    path = reverse("communities:member", args=[mekar.slug, member.pk])
    assert "Tulis nama jabatannya" in chair.post(path, {"role": "seksi"}).text

    for title in ("seksi publikasi", "seksi humas", "seksi humas"):
        chair.post(path, {"role": "seksi", "title": title})

    assert sorted(office.label for office in member.positions.all()) == ["seksi humas", "seksi publikasi"]
    assert "Seksi humas" in client.get(f"/kim/{mekar.slug}/").text
