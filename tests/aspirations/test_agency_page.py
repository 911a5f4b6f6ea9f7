"""The page of an OPD: a link of its own, without an account, that dies with its turn."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Dispatch
from aspirations.models import Aspiration

Status = Aspiration.Status


@pytest.fixture
def turn(make_aspiration, made, public_works):
    row = make_aspiration()
    row.ask(by=made, text="Pengirim bernama Rini, hubungi 081234567890.", is_public=False)
    row.assign(public_works, by=made, note="Mohon ditinjau.")
    return row.open_turn


def send(client, turn, deed, **facts):
    typed = {f"{deed}-{name}": value for name, value in facts.items()}
    return client.post(turn.link, {"deed": deed, **typed}, follow=True)


def test_it_reads_the_matter_without_who_sent_it(client, turn):
    page = client.get(turn.link)

    assert "Sudah tiga bulan." in page.text
    assert "Mohon ditinjau." in page.text
    for secret in ("Rini", "rini@contoh.id", "081234567890"):
        assert secret not in page.text
    assert page["Cache-Control"].startswith("max-age=0") or "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.text


def test_it_reads_the_sender_where_the_office_says_so(client, turn):
    turn.shows_sender = True
    turn.save()

    assert "rini@contoh.id" in client.get(turn.link).text


def test_a_second_click_on_the_answer_is_thanked_too(client, turn):
    for _time in range(2):
        answer = send(client, turn, "jawab", text="Sudah diaspal.", outcome="done")

    assert "Terima kasih" in answer.text
    assert turn.aspiration.steps.filter(deed="give_answer").count() == 1


def test_it_starts_asks_and_answers(client, turn):
    row = turn.aspiration
    send(client, turn, "mulai")
    send(client, turn, "tanya", text="Di depan rumah siapa?", is_public="1")
    row.reply(text="Rumah nomor 7.")
    assert "Rumah nomor 7." in client.get(turn.link).text
    send(client, turn, "tanya", text="Anggaran belum ada.", is_public="")

    answer = send(client, turn, "jawab", text="Sudah diaspal.", outcome="done")

    row.refresh_from_db()
    assert (row.status, row.answer) == (Status.ANSWERED, "Sudah diaspal.")
    assert [step.actor for step in row.steps.all()][-5:] == [
        *["Dinas Pekerjaan Umum"] * 2,
        "pengirim",
        *["Dinas Pekerjaan Umum"] * 2,
    ]
    assert "Terima kasih" in answer.text
    assert Dispatch.objects.filter(address="rini@contoh.id", title=f"Usulan Anda dijawab: {row.code}").exists()
    assert not row.steps.public().filter(note="Anggaran belum ada.").exists()


def test_it_is_written_to_when_the_sender_replied_to_its_question(client, turn):
    send(client, turn, "tanya", text="Di depan rumah siapa?", is_public="1")

    turn.aspiration.reply(text="Rumah nomor 7.")

    letter = Dispatch.objects.filter(address=turn.agency.email).latest("pk")
    assert letter.title == f"Pengirim membalas: {turn.aspiration}"
    assert letter.path == turn.link
    assert "nomor 7" not in letter.text


def test_after_its_answer_the_link_says_that_it_is_over(client, turn):
    send(client, turn, "jawab", text="Sudah diaspal.", outcome="done")

    for answer in (client.get(turn.link), send(client, turn, "jawab", text="Lain.", outcome="planned")):
        assert answer.status_code == 404
        assert "tidak lagi di OPD Anda" in answer.text
    turn.aspiration.refresh_from_db()
    assert turn.aspiration.answer == "Sudah diaspal."


@pytest.mark.parametrize("end", ["take_back", "escalate", "reject", "withdraw"])
def test_whatever_ends_the_turn_ends_the_link(end, client, turn, made):
    row = turn.aspiration
    deeds = {
        "take_back": lambda: row.take_back(by=made),
        "escalate": lambda: row.escalate(by=made, note="Jalan provinsi."),
        "reject": lambda: row.reject(by=made, note="Bukan wewenang."),
        "withdraw": lambda: row.withdraw(),
    }

    deeds[end]()

    assert client.get(turn.link).status_code == 404


def test_a_second_turn_of_the_same_opd_has_another_link(client, turn, made, public_works):
    row = turn.aspiration
    row.take_back(by=made)
    row.assign(public_works, by=made)

    assert client.get(turn.link).status_code == 404
    assert client.get(row.open_turn.link).status_code == 200


def test_a_link_that_nobody_was_given_says_so(client, db):
    for token in ("x", "a" * 43, "%00", "'; --"):
        answer = client.get(reverse("aspirations:agency", args=["x"]).replace("/x/", f"/{token}/"))
        assert answer.status_code in (400, 404)


def test_sent_twice_it_is_one(client, turn):
    for _time in range(2):
        send(client, turn, "tanya", text="Di mana?", is_public="1")

    assert turn.aspiration.steps.filter(deed="ask").count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(client, turn):
    answer = send(client, turn, "jawab", text="Sudah diaspal.")

    assert "Belum dilakukan." in answer.text
    assert "Sudah diaspal." in answer.text
    turn.aspiration.refresh_from_db()
    assert turn.aspiration.status == Status.ASSIGNED


def test_too_many_in_a_minute_are_asked_to_wait(client, turn, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # within one minute, however long it takes
    answers = [
        send(client, turn, "tanya", text=f"Pertanyaan {number}?", is_public="").status_code for number in range(25)
    ]

    assert answers[0] == 200
    assert answers[-1] == 429
    assert client.get(turn.link).status_code == 200


def test_a_deed_of_the_office_is_none_of_the_opd(client, turn):
    for deed in ("tolak", "naikkan", "serahkan", ""):
        assert client.post(turn.link, {"deed": deed, f"{deed}-note": "x"}).status_code == 404
    turn.aspiration.refresh_from_db()
    assert turn.aspiration.status == Status.ASSIGNED


def test_what_is_not_its_business_goes_back_to_the_office_with_a_reason(client, turn, made):
    row, due = turn.aspiration, turn.aspiration.due_on
    assert "harus diisi" in send(client, turn, "kembalikan", note="").text

    for _time in range(2):
        answer = send(client, turn, "kembalikan", note="Ini jalan provinsi.")

    row.refresh_from_db()
    assert (row.status, row.agency, row.due_on) == (Status.ACCEPTED, None, due)
    assert "Terima kasih" in answer.text
    assert client.get(turn.link).status_code == 404
    step = row.steps.get(deed="hand_back")
    assert (step.actor, step.note, step.is_public) == ("Dinas Pekerjaan Umum", "Ini jalan provinsi.", True)
    notice = made.notices.latest("pk")
    assert (notice.title, notice.text) == (f"{row} dikembalikan OPD", "Ini jalan provinsi.")
