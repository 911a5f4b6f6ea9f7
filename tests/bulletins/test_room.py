"""A KIM's inbox: what came, what is new, what is asked, and the short URL that is the KIM's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from bulletins import sending
from bulletins.models import Bulletin, Delivery, Question

PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 12) Chrome/130"}


@pytest.fixture
def sent(make_bulletin, mekar):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    return bulletin


@pytest.fixture
def delivery(sent):
    return sent.deliveries.get()


def test_the_newest_comes_first_and_says_that_it_is_new(client, siti, sent, make_bulletin):
    other = make_bulletin("Pasar murah", status="sent")
    sending.deliver(other.pk)
    client.force_login(siti)
    client.get(sent.room_path)

    page = client.get("/ruang/informasi/")

    assert [row.bulletin for row in page.context["page"]] == [other, sent]
    assertContains(page, "1 belum dibaca")


def test_a_kim_that_nobody_can_have_is_none(client, siti, sent):
    client.force_login(siti)

    for kim in ("\0", f"{sent.deliveries.get().community.slug}\0", "\u202e", "x" * 9_000):
        assert client.get("/ruang/informasi/", {"kim": kim}).status_code == 200


def test_the_room_says_how_many_are_unread(client, siti, sent, mekar):
    client.force_login(siti)
    assertContains(client.get(mekar.room_path), "1 belum dibaca")

    client.get(sent.room_path)

    assertNotContains(client.get(mekar.room_path), "belum dibaca</span>")


@pytest.mark.parametrize(("method", "is_opened"), [("get", True), ("head", False)])
def test_reading_opens_it_and_looking_whether_it_is_there_does_not(client, siti, sent, method, is_opened):
    client.force_login(siti)

    getattr(client, method)(sent.room_path)

    assert Delivery.objects.filter(opened_by=siti).exists() == is_opened


def test_opening_counts_once_for_a_kim(client, siti, joko, mekar, sent):
    mekar.memberships.create(user=joko, name="Joko")
    client.force_login(siti)
    client.get(sent.room_path)
    opened_at = Delivery.objects.get().opened_at
    client.force_login(joko)

    client.get(sent.room_path)

    assert (Delivery.objects.get().opened_at, Delivery.objects.get().opened_by) == (opened_at, siti)


def test_an_inbox_costs_the_same_queries_with_one_and_with_three(
    client, siti, sent, make_bulletin, django_assert_max_num_queries
):
    client.force_login(siti)
    client.get("/ruang/informasi/")
    with django_assert_max_num_queries(20) as first:
        client.get("/ruang/informasi/")
    for number in range(2):
        sending.deliver(make_bulletin(f"Imunisasi {number}", status="sent").pk)

    with django_assert_max_num_queries(len(first)):
        client.get("/ruang/informasi/")


def test_what_did_not_come_to_this_kim_is_not_there(client, joko, make_community, sent):
    make_community("KIM Lain", seat="64.71.01.1001").memberships.create(user=joko, name="Joko")
    client.force_login(joko)

    assert client.get(sent.room_path).status_code == 404
    assertNotContains(client.get("/ruang/informasi/"), sent.title)


# Asking


def test_a_question_reaches_the_office_and_stands_there(client, siti, sent, mekar):
    client.force_login(siti)

    page = client.post(sent.room_path, {"kim": mekar.slug, "text": "Jam berapa?"}, follow=True)

    assert Question.objects.get().community == mekar
    assertContains(page, "Pertanyaan terkirim")
    assertContains(page, "Menunggu jawaban kantor")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Tulis pertanyaannya."),
        ("Atas nama NIK 6402024108900001?", "Jangan menulis NIK"),
        ("a" * 1001, "1000"),
    ],
)
def test_what_is_refused_stays_where_it_was_typed(client, siti, sent, mekar, text, sentence):
    client.force_login(siti)

    page = client.post(sent.room_path, {"kim": mekar.slug, "text": text})

    assert sentence in " ".join(page.context["form"].errors["text"])
    assertContains(page, text)
    assert not Question.objects.exists()


def test_what_ended_while_it_was_asked_about_is_refused_in_words(client, siti, sent, mekar, made):
    client.force_login(siti)
    sent.close(by=made)

    page = client.post(sent.room_path, {"kim": mekar.slug, "text": "Jam berapa?"})

    assertContains(page, "tidak berlaku lagi, jadi tidak dapat ditanyakan")
    assertContains(page, "Jam berapa?")


@pytest.mark.parametrize("kim", ["", "kim-lain", "\x00"])
def test_nobody_asks_in_the_name_of_another_kim(client, siti, sent, kim):
    client.force_login(siti)

    page = client.post(sent.room_path, {"kim": kim, "text": "Jam berapa?"})

    assert page.status_code == 200
    assert "kim" in page.context["form"].errors


def test_everyone_reads_the_answer_below_it(client, siti, sent, mekar, made):
    Question.objects.ask(sent, mekar, by=siti, text="Jam berapa?").reply("Pukul delapan.", by=made)
    Question.objects.ask(sent, mekar, by=siti, text="Di mana?")

    page = client.get(sent.get_absolute_url())

    assertContains(page, "Pukul delapan.")
    assertNotContains(page, "Di mana?")


# The short URL


def test_a_short_url_leads_to_the_public_page_and_is_counted(client, delivery):
    answer = client.get(delivery.short_url, **PHONE)

    assert answer["Location"] == delivery.bulletin.get_absolute_url()
    assert not answer.cookies
    assert Delivery.objects.get().link_opens == 1


def test_one_network_counts_once_an_hour(client, delivery):
    for _time in range(3):
        client.get(delivery.short_url, **PHONE)
    client.get(delivery.short_url, REMOTE_ADDR="203.0.113.9", **PHONE)

    assert Delivery.objects.get().link_opens == 2


@pytest.mark.parametrize("agent", ["WhatsApp/2.23", "facebookexternalhit/1.1", "Googlebot/2.1", ""])
def test_programs_that_only_look_are_not_counted(client, delivery, agent):
    assert client.get(delivery.short_url, HTTP_USER_AGENT=agent).status_code == 302

    assert Delivery.objects.get().link_opens == 0


@pytest.mark.parametrize("code", ["zzzzz", "zzzzzzzzzzzzzzzzzzzzzzz", "-", "a_b"])
def test_a_short_url_that_nobody_was_given_leads_nowhere(client, delivery, code):
    assert client.get(f"/i/{code}/").status_code == 404


def test_the_text_to_pass_on_ends_in_the_kims_own_url(client, siti, sent, delivery):
    client.force_login(siti)

    page = client.get(sent.room_path)

    assertContains(page, f'data-share-text="*Imunisasi polio*\n\nImunisasi polio Sabtu ini.\n\n{delivery.short_url}"')


def test_what_is_recalled_is_offered_to_nobody_for_passing_on(client, siti, sent, delivery, made):
    sent.recall(by=made, reason="Tanggalnya keliru.")
    client.force_login(siti)

    page = client.get(sent.room_path)

    assertContains(page, "Tanggalnya keliru.")
    assertNotContains(page, "data-share-text")


# What a person sees first


def test_the_first_page_tells_how_many_are_unread_and_leads_there(client, siti, mekar, make_bulletin):
    for number in range(4):
        sending.deliver(make_bulletin(f"Imunisasi {number}", status="sent").pk)
    client.force_login(siti)

    page = client.get("/ruang/").text
    assert "4 informasi pemerintah belum dibaca" in page
    assert [f"Imunisasi {number}" in page for number in range(4)] == [False, True, True, True]

    for bulletin in Bulletin.objects.all():
        assert client.get(bulletin.room_path).status_code == 200
    assert "belum dibaca" not in client.get("/ruang/").text.replace("kabar belum dibaca", "")


def test_a_warning_says_first_what_to_do_and_leads_to_its_page(client, siti, mekar, make_warning):
    warning = make_warning()
    sending.deliver(warning.pk)
    client.force_login(siti)

    for path in ("/ruang/", "/ruang/informasi/"):
        assert warning.instruction in client.get(path).text.split('class="list notices"')[1]
    page = client.get(warning.room_path).text.split("<main")[1]
    assert page.index(warning.instruction) < page.index(warning.text)
    assert warning.warning_path in page


def test_the_first_page_asks_as_often_for_many(client, siti, mekar, make_bulletin, django_assert_max_num_queries):
    sending.deliver(make_bulletin(status="sent").pk)
    client.force_login(siti)
    client.get("/ruang/")
    with CaptureQueriesContext(connection) as few:
        client.get("/ruang/")
    for number in range(5):
        sending.deliver(make_bulletin(f"Imunisasi {number}", status="sent").pk)

    with django_assert_max_num_queries(len(few)):
        client.get("/ruang/")


@pytest.mark.parametrize("code", ["zzzzzz", "0", "tidak-ada"])
def test_a_short_url_that_nobody_was_given_says_so_in_words(client, db, code):
    answer = client.get(f"/i/{code}/", HTTP_ACCEPT="text/html", **PHONE)

    assert answer.status_code == 404
    assert "<h1" in answer.text


def test_the_short_url_of_what_was_recalled_leads_to_the_reason(client, sent, delivery, made):
    sent.recall(by=made, reason="Jadwalnya keliru.")

    answer = client.get(delivery.short_url.removeprefix("http://testserver"), follow=True, **PHONE)

    assert "Jadwalnya keliru." in answer.text


def test_the_inbox_says_why_a_bulletin_was_recalled_and_not_what_it_said(client, siti, sent, made):
    sent.recall(by=made, reason="Jadwalnya keliru.")
    client.force_login(siti)

    page = client.get("/ruang/informasi/")

    assertContains(page, "Jadwalnya keliru.")
    assertNotContains(page, sent.short_text)
