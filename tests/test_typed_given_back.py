"""Whoever comes second reads that somebody else was faster, and has what was typed: in its field, or in a box."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from bulletins.models import Question
from pages.typed import in_fields, in_one_line

pytestmark = pytest.mark.django_db

WORDS = "Jalan ini milik provinsi,\r\njadi <kami> teruskan & kabari."
WISHES = "/petugas/aspirations/aspiration/antrean/"
POSTS = "/petugas/activities/post/antrean/"
BOX = "Salin dahulu bila masih Anda perlukan."


def in_box(page):
    """Whether the box has the words; they stand on the page once."""
    assert page.status_code == HTTPStatus.CONFLICT
    assert page.text.count("milik provinsi") == 1
    assert in_one_line(WORDS) in in_fields(page.text)
    return BOX in page.text


@pytest.mark.parametrize(
    ("deed", "field", "others"),
    [
        ("tolak", "note", {}),
        ("tanya", "text", {"is_public": "1"}),
        ("jawab", "text", {"outcome": "done"}),
        ("jawab", "text", {}),  # with a fault of its own besides
    ],
)
def test_of_a_proposal_that_another_decided(desk, made, make_aspiration, deed, field, others):
    row = make_aspiration()
    row.reject(by=made, note="Bukan wewenang kami.")
    sent = {f"{deed}-{name}": value for name, value in (others | {field: WORDS}).items()}

    page = desk.post(WISHES, {"daftar": "baru", "row": row.pk, "deed": deed, **sent})

    assert in_box(page)


@pytest.mark.parametrize("decision", ["send_back", "reject"])
def test_of_a_post_that_another_decided(desk, made, make_post, decision):
    post, _next = make_post("Satu", status="in_review"), make_post("Dua", status="in_review")
    post.publish(by=made)

    page = desk.post(POSTS, {"row": post.pk, "decision": decision, "reason": "other", "note": WORDS})

    assert in_box(page)
    assert "Dua" in page.text


def test_of_a_photo_that_is_gone_it_stays_in_its_field(desk, make_post):
    post = make_post(status="in_review")
    decision = "photo_hide:00000000-0000-4000-8000-000000000000"

    page = desk.post(POSTS, {"row": post.pk, "decision": decision, "reason": "other", "note": WORDS})

    assert not in_box(page)


@pytest.mark.parametrize(("deed", "field"), [("teruskan", "note"), ("lengkapi", "text")])
def test_of_a_proposal_that_the_board_handed_on(client, siti, mekar, sector, make_aspiration, deed, field):
    row = make_aspiration(community=mekar)
    row.forward(by=siti)
    client.force_login(siti)

    page = client.post(row.room_path, {"deed": deed, f"{deed}-{field}": WORDS, f"{deed}-sector": sector.pk})

    assert in_box(page)


@pytest.mark.parametrize("reason", ["other", "", "nonsense"])
def test_of_a_post_that_the_chair_read_already(client, siti, joko, make_post, reason):
    post = make_post(status="in_review", author=joko)
    client.force_login(siti)

    sent = {"decision": "return", "reason": reason, "note": WORDS}

    assert in_box(client.post(f"/ruang/kegiatan/{post.pk}/baca/", sent))


def test_of_a_question_that_was_answered(desk, made, siti, mekar, make_bulletin):
    bulletin = make_bulletin(status="sent")
    bulletin.deliveries.create(community=mekar, place=mekar.seat)
    question = Question.objects.ask(bulletin, mekar, by=siti, text="Jam berapa?")
    Question.objects.filter(pk=question.pk).update(answered_at="2026-01-01T00:00Z", answered_by=made, answer="Pukul 8.")

    assert not in_box(desk.post(reverse("admin:bulletins_question_change", args=[question.pk]), {"answer": WORDS}))


@pytest.mark.parametrize("word", ["bubarkan", "bekukan"])
def test_of_a_kim_that_has_another_status(desk, mekar, word):
    type(mekar).objects.filter(pk=mekar.pk).update(status="dissolved")

    assert in_box(desk.post(reverse("admin:communities_community_deed", args=[mekar.pk, word]), {"note": WORDS}))


def test_of_a_kim_that_was_decided(desk, mekar):
    address = reverse("admin:communities_community_check", args=[mekar.pk])

    assert in_box(desk.post(address, {"decision": "reject", "private_note": WORDS}))
    assert not in_box(desk.post(address, {"decision": "reject", "note": WORDS}))


def test_what_is_done_is_not_given_back(desk, make_post):
    post, _next = make_post("Satu", status="in_review"), make_post("Dua", status="in_review")

    page = desk.post(POSTS, {"row": post.pk, "decision": "reject", "reason": "other", "note": WORDS})

    assert page.status_code == HTTPStatus.OK
    assert BOX not in page.text
