"""One's own name and e-mail address are changed by oneself, and the account is closed by oneself."""

import re
from datetime import date

import pytest
from conftest import PASSWORD, make_user
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.closing import close_account, obstacles_of
from accounts.lifecycle import StepRefused
from accounts.models import AuditEntry, Dispatch, Notice, User
from activities.models import Comment, Post
from alerts.models import Subscriber
from communities.models import Membership

pytestmark = pytest.mark.django_db

CLOSE = "/ruang/akun/tutup/"


@pytest.fixture
def member(mekar, joko):
    return Membership.objects.create(community=mekar, user=joko, name="Joko", occupation="petani")


def test_a_new_name_stands_beside_what_was_said_before(inside, make_post, joko):
    post = make_post()
    Comment.objects.say(post=post, author=joko, text="Bagus sekali")

    answer = inside.post("/ruang/akun/", {"name": "Joko Susilo"}, follow=True)

    assert "Nama Anda disimpan." in answer.text
    assert "Joko Susilo" in inside.get(post.get_absolute_url()).text


@pytest.mark.parametrize(
    "name", ["", "---", "-1", "9" * 40, "2026-13-45", "٣٣٣", "6402061708900001", "Jo\u202eko", "x" * 121]
)
def test_a_name_that_is_none_is_refused_beside_its_field(inside, joko, name):
    answer = inside.post("/ruang/akun/", {"name": name})

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    joko.refresh_from_db()
    assert joko.name == "Joko"


def test_a_new_address_is_confirmed_there_told_to_the_old_and_ends_other_sessions(inside, joko):
    elsewhere = Client()
    elsewhere.force_login(joko)

    sent = inside.post(reverse("account_email"), {"email": "joko@desa.example", "action_add": ""})
    joko.refresh_from_db()
    assert joko.email == "joko@contoh.id", "not before the code comes back"
    code = re.search(r"\d{4}-\d{4}", mail.outbox[0].body)[0]
    inside.post(sent.url, {"code": code})

    joko.refresh_from_db()
    assert joko.email == "joko@desa.example"
    assert [letter.to for letter in mail.outbox] == [["joko@desa.example"], ["joko@contoh.id"]]
    assert inside.get("/ruang/akun/").status_code == 200
    assert elsewhere.get("/ruang/akun/").url.startswith(reverse("account_login"))


def test_closing_asks_who_is_there_and_once_more(inside, joko):
    fresh = Client()
    fresh.force_login(joko)

    assert fresh.post(CLOSE, {"sure": "on"}).url.startswith(reverse("account_reauthenticate"))
    assert "Yang tetap ada" in inside.get(CLOSE).text
    assert "Centang ini" in inside.post(CLOSE, {}).text
    joko.refresh_from_db()
    assert joko.is_active


def test_a_closed_account_leaves_what_is_published_and_nothing_of_the_person(inside, member, make_post, joko, siti):
    published, draft = make_post(author=joko), make_post("Belum selesai", status="draft", author=joko)
    waits = make_post("Menunggu", status="submitted", author=joko)
    Comment.objects.say(post=published, author=joko, text="Bagus sekali")
    Subscriber.objects.of_user(joko)
    Notice.objects.tell([joko], "membership", "Halo Joko")
    elsewhere = Client()
    elsewhere.force_login(joko)

    answer = inside.post(CLOSE, {"sure": "on"}, follow=True)

    assert "Akun Anda sudah ditutup" in answer.text
    page = inside.get(published.get_absolute_url()).text
    assert "Bagus sekali" in page
    assert "Mantan anggota" in page
    assert "Joko" not in page
    assert elsewhere.get("/ruang/").url.startswith(reverse("account_login"))
    assert not Post.objects.filter(pk=draft.pk).exists()
    assert Post.objects.get(pk=waits.pk).status in ("draft", "archived")
    member.refresh_from_db()
    assert (member.status, member.name, member.occupation) == ("left", "Mantan anggota", "")
    assert siti.notices.filter(title__contains="keluar").exists()
    gone = User.objects.get(pk=joko.pk)
    assert (gone.name, gone.is_active, gone.has_usable_password()) == ("Mantan anggota", False, False)
    assert not gone.emailaddress_set.exists()
    assert not Subscriber.objects.exists()
    assert Dispatch.objects.filter(address="joko@contoh.id").get().title == "Akun Anda sudah ditutup"
    trail = AuditEntry.objects.filter(model="accounts.user", object_id=joko.pk).latest("pk")
    assert "joko" not in f"{trail.before}{trail.after}".lower()


def test_what_is_to_be_copied_first_is_one_link_away(inside):
    page = inside.get(CLOSE).text

    assert f'<a href="{reverse("own_data")}">salin dahulu</a>' in page
    assert f'<a href="{reverse("aspirations:own_list")}">tautan pribadinya</a>' in page


def test_comments_go_along_where_one_wants_it(inside, make_post, joko):
    post = make_post()
    Comment.objects.say(post=post, author=joko, text="Bagus sekali")

    inside.post(CLOSE, {"sure": "on", "with_comments": "on"})

    assert "Bagus sekali" not in inside.get(post.get_absolute_url()).text


def test_a_proposal_goes_on_without_the_account(joko, make_aspiration):
    row = make_aspiration(sender=joko)

    close_account(joko)

    row.refresh_from_db()
    assert row.sender is None
    assert not row.is_name_public


def test_a_chair_hands_over_first(client, mekar, siti, joko):
    siti.confirm_email()
    client.force_login(siti)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    alone = client.get(CLOSE).text
    Membership.objects.create(community=mekar, user=joko, name="Joko")
    refused = client.post(CLOSE, {"sure": "on"})

    assert "satu-satunya anggota" in alone
    assert refused.status_code == 409
    assert f"/ruang/kim/{mekar.slug}/anggota/" in refused.text
    siti.refresh_from_db()
    assert siti.is_active
    with pytest.raises(StepRefused):
        close_account(siti)


def test_a_draft_of_ones_own_holds_nobody(make_community, joko):
    draft = make_community("KIM Baru", status="draft")
    own = Membership.objects.create(community=draft, user=joko, name="Joko")
    draft.positions.create(membership=own, role="ketua")

    close_account(joko)

    assert not User.objects.get(pk=joko.pk).is_active


def test_an_officer_is_not_closed_while_on_duty(made):
    assert "Kutai Kartanegara" in obstacles_of(made)[0].sentence
    made.assignments.update(ends_on=date(2020, 1, 2))

    close_account(User.objects.get(pk=made.pk))

    assert not User.objects.get(pk=made.pk).is_active


def test_the_address_of_a_closed_account_signs_up_anew(joko):
    close_account(joko)

    assert make_user("Joko").is_active
