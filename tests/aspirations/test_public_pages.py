"""What everyone reads of aspirations, what supporters do, and what a sender does by the secret link."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aspirations.models import Aspiration, CodeSerial


@pytest.fixture
def answered(make_aspiration, made):
    row = make_aspiration()
    row.accept(by=made)
    row.give_answer(by=made, text="Diaspal bulan depan.", outcome="planned")
    return row


def text_of(answer):
    return answer.content.decode()


# Reading


@pytest.mark.parametrize(
    ("step", "colour"),
    [
        (lambda row, made: row.give_answer(by=made, text="Diaspal bulan depan.", outcome="planned"), " badge--good"),
        (lambda row, made: row.reject(by=made, note="Bukan wewenang."), " badge--bad"),
        (lambda row, made: None, " badge--open"),
    ],
)
def test_what_is_rejected_does_not_look_like_what_is_answered(client, make_aspiration, made, step, colour):
    row = make_aspiration()
    row.accept(by=made)

    step(row, made)

    assert f'<span class="badge{colour}">' in text_of(client.get("/usulan/"))


def test_everyone_reads_who_holds_it_and_nobody_who_sent_it(client, make_aspiration):
    row = make_aspiration()

    answer = client.get(row.get_absolute_url())

    assert row.holder_label in text_of(answer)
    assert "Rini" not in text_of(answer)
    assert row.secret not in text_of(answer)
    assert not answer.cookies


def test_it_is_overdue_the_day_after_its_term(client, make_aspiration):
    row = make_aspiration()
    Aspiration.objects.update(due_on=timezone.localdate() - timedelta(days=2))

    assert "Lewat tenggat." in text_of(client.get(row.get_absolute_url()))
    assert row.code in text_of(client.get("/usulan/?tenggat=lewat"))


def test_a_duplicate_leads_to_the_other(client, make_aspiration, made):
    row, other = make_aspiration(), make_aspiration("Jalan rusak")
    row.merge_into(other, by=made)

    assert other.get_absolute_url() in text_of(client.get(row.get_absolute_url()))


# Lists


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("", True),
        ("wilayah=64.02", True),
        ("wilayah=64.71", False),
        ("status=kantor", True),
        ("status=dijawab", False),
        ("pemegang=kabupaten", True),
        ("pemegang=provinsi", False),
        ("pemegang=kementerian", False),
        ("pemegang=opd", False),
        ("pemegang=kim", False),
        ("tenggat=lewat", False),
        ("jenis=usulan", True),
        ("jenis=pengaduan", False),
    ],
)
def test_a_list_is_narrowed(client, make_aspiration, query, is_found):
    row = make_aspiration()

    assert (row.get_absolute_url() in text_of(client.get(f"/usulan/?{query}"))) is is_found


@pytest.mark.parametrize("query", ["wilayah=entah", "status=x", "pemegang=%00", "sesudah=x"])
def test_a_list_answers_whatever_is_asked(client, make_aspiration, query):
    make_aspiration()

    assert client.get(f"/usulan/?{query}").status_code in (200, 404)


@pytest.mark.parametrize("url", ["/usulan/", "/usulan/?wilayah=64.02", "/usulan/wilayah/64.02/", "/feed/usulan/"])
def test_three_cost_what_one_costs(client, make_aspiration, url):
    make_aspiration()
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    make_aspiration("Lampu jalan mati")
    make_aspiration("Air keruh")

    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)


def test_a_village_which_has_no_parts_says_how_many_go_on_in_it(client, make_aspiration):
    make_aspiration("Lampu jalan mati")

    page = text_of(client.get("/usulan/wilayah/64.02.02.2003/"))

    assert "Belum ada usulan yang sedang berjalan" not in page
    print(page[page.index("Yang sedang") :][:1500])


def test_a_region_says_how_fast_its_office_answers_or_that_nobody_knows(client, make_aspiration, answered):
    make_aspiration("Lampu jalan mati")

    page = text_of(client.get("/usulan/wilayah/64/"))

    assert "Belum ada yang dijawab" in page
    numbers = Aspiration.objects.numbers_of([answered.office])[answered.office_id]
    assert (numbers["answered"], numbers["waiting"], numbers["overdue"]) == (1, 1, 0)
    assert "Biasanya dijawab dalam kurang dari sejam." in page
    assert client.get("/usulan/wilayah/99/").status_code == 404


def test_feeds_tell_what_is_new_and_nothing_private(client, make_aspiration):
    row = make_aspiration()

    for url in ("/feed/usulan/", "/feed/usulan/64.02/"):
        feed = text_of(client.get(url))
        assert row.get_absolute_url() in feed
        assert "Rini" not in feed
    assert row.title not in text_of(client.get("/feed/usulan/64.71/"))
    assert client.get("/feed/usulan/99/").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        *[
            "{code}",
            "{code} ",
            " {code}.",
            "asp {year} {number}",
            "{year} {number}",
            "{year}{number}",
            "ASP {year} {short}",
        ],
        *["asp {short}", "asp{short}", "ASP-{short}", "{short}", "asp/{year}/{short}", "ASP–{year}–{number}"],
        *["https://contoh.id/usulan/{code}/", "https://contoh.id/usulan/{code}/dukung/", "Kode: {code}"],
    ],
)
def test_a_code_leads_to_it_however_it_is_typed(client, make_aspiration, typed):
    row = make_aspiration()
    _asp, year, number = row.code.split("-")
    code = typed.format(code=row.code, year=year, number=number, short=int(number))

    for text in (code, code.lower()):
        assert client.get("/usulan/lacak/", {"kode": text}).url == row.get_absolute_url()


def test_a_number_of_two_years_asks_for_the_year(client, make_aspiration):
    old, new = make_aspiration(), make_aspiration("Jalan rusak")
    Aspiration.objects.filter(pk=old.pk).update(code="ASP-2025-000002")
    CodeSerial.objects.create(year=2025, last=2)

    assert "Tulis juga tahunnya" in text_of(client.get("/usulan/lacak/", {"kode": "asp 2"}))
    assert client.get("/usulan/lacak/", {"kode": "asp 2026 2"}).url == new.get_absolute_url()


@pytest.mark.parametrize("typed", ["", "ASP-2026-999999", "\0", "２０２６", "ASP-" + "9" * 30, "'; --"])
def test_no_code_is_a_sentence(client, make_aspiration, typed):
    assert client.get("/usulan/lacak/", {"kode": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["berlubang", "LUBANG jalan", "tiga bulan", "{code}", "asp 1", '"RT 03"'])
def test_the_list_is_searched_by_words_and_by_code(client, make_aspiration, typed):
    row, other = make_aspiration(), make_aspiration("Pohon tumbang", text="Menutup parit.")

    page = client.get("/usulan/", {"q": typed.format(code=row.code)})

    assert row.title in text_of(page)
    assert other.title not in text_of(page)


@pytest.mark.parametrize("typed", ["entah", "\0", "'", "((", "a" * 101, "-"])
def test_a_search_that_finds_nothing_is_a_sentence(client, make_aspiration, typed):
    make_aspiration()

    page = client.get("/usulan/", {"q": typed})

    assert page.status_code == 200
    assert "berlubang" not in text_of(page)


# Supporting


def test_a_browser_supports_once_and_may_take_it_back(client, make_aspiration):
    row = make_aspiration()
    url = f"{row.get_absolute_url()}dukung/"

    client.post(url)
    client.post(url)
    row.refresh_from_db()
    assert row.support_count == 1

    client.post(url, {"back": "1"})
    row.refresh_from_db()
    assert row.support_count == 0


def test_a_second_click_that_brings_no_cookie_yet_is_the_same_voice(client, make_aspiration):
    row = make_aspiration()
    url = f"{row.get_absolute_url()}dukung/"

    client.post(url, headers={"user-agent": "Telepon"})
    client.cookies.clear()
    client.post(url, headers={"user-agent": "Telepon"})

    row.refresh_from_db()
    assert row.support_count == 1
    assert "dukungan Anda tercatat" in text_of(client.get(url))


def test_a_forged_cookie_is_another_browser_and_reading_leaves_none(client, make_aspiration):
    row = make_aspiration()
    client.cookies["dukungan"] = "palsu:x"

    answer = client.get(f"{row.get_absolute_url()}dukung/")

    assert "Dukung usulan ini" in text_of(answer)
    assert not answer.cookies


# By the secret link


def test_a_link_that_nobody_gave_is_a_sentence(client, places):
    answer = client.get("/usulan/milik/entah/")

    assert answer.status_code == 404
    assert "tidak berlaku" in text_of(answer)


def test_a_sender_answers_what_was_asked_and_only_the_holder_reads_it(client, make_aspiration, made):
    row = make_aspiration()
    row.accept(by=made)
    row.ask(by=made, text="RT berapa?", is_public=True)
    row.ask(by=made, text="Catatan dalam", is_public=False)

    client.post(row.secret_path, {"deed": "reply", "text": "RT 03, dekat surau."})

    own = text_of(client.get(row.secret_path))
    assert "dekat surau" in own
    assert "Catatan dalam" not in own
    assert "dekat surau" not in text_of(client.get(row.get_absolute_url()))


def test_the_same_short_answer_to_another_question_is_another(client, make_aspiration, made):
    row = make_aspiration()
    assert "Belum ada pertanyaan" in text_of(client.post(row.secret_path, {"deed": "reply", "text": "Ya"}))

    for question in ("Masih rusak?", "Sudah dilaporkan ke RT?"):
        row.ask(by=made, text=question, is_public=True)
        shown = re.findall(r'name="after" value="(\d+)"', client.get(row.secret_path).text)
        client.post(row.secret_path, {"deed": "reply", "text": "Ya", "after": shown[0]})

    assert row.steps.filter(deed="reply").count() == 2


@pytest.mark.parametrize("deed", ["reply", "withdraw"])
def test_what_a_sender_sends_twice_is_done_once(client, make_aspiration, made, deed):
    row = make_aspiration()
    row.ask(by=made, text="RT berapa?", is_public=True)
    form = {"deed": deed, "text": "RT 03.", "note": "", "sure": "on"}

    ends = [client.post(row.secret_path, form) for _time in range(2)]

    assert ends[0].url == ends[1].url
    assert row.steps.filter(deed=deed).count() == 1


def test_a_sender_withdraws(client, make_aspiration):
    row = make_aspiration()

    asked = text_of(client.post(row.secret_path, {"deed": "withdraw", "note": "Sudah beres."}))
    assert "Benar-benar menarik usulan ini?" in asked
    assert "Sudah beres." in asked
    assert client.get(row.get_absolute_url()).status_code == 200
    client.post(row.secret_path, {"deed": "withdraw", "note": "Sudah beres.", "sure": "on"})

    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(row.secret_path).status_code == 200


def test_a_sender_contests_the_answer_once(client, answered):
    assert "Tulis alasannya" in text_of(client.post(answered.secret_path, {"deed": "reopen", "note": ""}))

    client.post(answered.secret_path, {"deed": "reopen", "note": "Belum dikerjakan."})

    answered.refresh_from_db()
    assert answered.status == "reopened"
    again = client.post(answered.secret_path, {"deed": "reopen", "note": "Sekali lagi."})
    assert again.status_code == 409
    assert "Sekali lagi." in text_of(again)


def test_ones_own_are_listed_in_the_room(client, make_aspiration, joko):
    row = make_aspiration(sender=joko)
    make_aspiration("Punya orang lain")
    client.force_login(joko)

    page = text_of(client.get("/ruang/usulan-saya/"))

    assert row.secret_path in page
    assert "Punya orang lain" not in page
