"""Readers report; many reports of one thing are one case, and each reporter follows it by a code."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from conftest import make_user
from django.test import Client
from django.utils import timezone

from activities.models import Comment, Flag, FlaggedItem, Photo
from aspirations.models import Holiday
from communities.models import StepRefused

pytestmark = pytest.mark.django_db


def report(client, path, reason="false", text="Foto ini dari tempat lain."):
    return client.post(path, {"reason": reason, "text": text})


def test_anyone_reports_a_post_and_gets_a_code(client, make_post):
    post = make_post()

    answer = report(client, f"/lapor/kegiatan/{post.pk}/")

    flag = Flag.objects.get()
    assert flag.code in answer.url
    page = client.get(answer.url)
    assert "paling lambat" in page.text
    assert not page.wsgi_request.session.session_key


def test_a_report_that_is_sent_twice_is_one(client, make_post):
    path = f"/lapor/kegiatan/{make_post().pk}/"
    key = client.get(path).context["form"]["key"].value()

    first, again = [client.post(path, {"key": key, "reason": "spam"}).url for _time in range(2)]

    assert first == again
    assert Flag.objects.count() == 1
    assert client.post(path, {"key": key, "reason": "spam", "text": "Dan fotonya juga."}).url != first


@pytest.mark.parametrize("text", ["", "   ", "..."])
def test_another_reason_is_told_in_words(client, make_post, text):
    path = f"/lapor/kegiatan/{make_post().pk}/"

    page = report(client, path, reason="other", text=text)

    assert len(page.context["form"].errors["text"]) == 1
    assert page.context["form"]["reason"].value() == "other"
    assert not Flag.objects.exists()
    report(client, path, reason="other", text="Alamatnya keliru.")
    report(client, path, reason="spam", text="")
    assert Flag.objects.count() == 2


def test_the_key_of_a_report_opens_no_report_of_another_thing(client, make_post):
    key = "0b6f7b5e-4b86-4d3c-9d0b-0a7a4f3f1c11"

    codes = {
        client.post(f"/lapor/kegiatan/{make_post().pk}/", {"key": key, "reason": "spam"}).url for _time in range(2)
    }

    assert len(codes) == 2


def test_who_reported_reads_what_happens_next_and_by_when(client, desk, make_post, time_machine):
    time_machine.move_to(datetime(2026, 8, 13, 16, 30, tzinfo=UTC))  # Friday 14 August in Kutai Kartanegara
    Holiday.objects.create(date="2026-08-17", name="Kemerdekaan")
    page = report(client, f"/lapor/kegiatan/{make_post().pk}/").url

    assert "paling lambat 20 Agustus 2026" in client.get(page).text
    time_machine.move_to(datetime(2026, 8, 20, 17, tzinfo=UTC))
    assert "mestinya sudah ada 20 Agustus 2026" in client.get(page).text
    told = desk.get("/petugas/activities/post/antrean/?daftar=laporan").text
    assert "paling lambat 20 Agustus 2026" in told
    assert "lewat tenggat" in told


def test_ten_reports_are_one_case(client, make_post):
    post = make_post()

    codes = {report(client, f"/lapor/kegiatan/{post.pk}/").url for _each in range(10)}

    assert len(codes) == 10
    assert FlaggedItem.objects.count() == 1


def test_photo_and_comment_are_cases_of_their_own(client, make_post, joko):
    post = make_post()
    photo = Photo.objects.create(post=post, alt="Panen", width=640, height=400)
    comment = Comment.objects.say(post=post, author=joko, text="Kasar sekali")

    for path in (f"/lapor/foto/{photo.uuid}/", f"/lapor/komentar/{comment.pk}/", f"/lapor/kegiatan/{post.pk}/"):
        report(client, path)

    assert FlaggedItem.objects.count() == 3
    assert FlaggedItem.objects.filter(comment=comment, photo=None).exists()


def test_what_people_say_of_a_photo_is_marked_as_indonesian_on_an_english_page(client, make_post):
    photo = Photo.objects.create(post=make_post(), alt="Panen", width=640, height=400)

    assert 'alt="Panen" lang="id"' in client.get(f"/en/lapor/foto/{photo.uuid}/").text


def test_a_signed_in_reader_reports_a_thing_once(client, make_post, joko):
    post = make_post()
    client.force_login(joko)

    first, second = (report(client, f"/lapor/kegiatan/{post.pk}/").url for _each in range(2))

    assert first == second
    assert Flag.objects.count() == 1


@pytest.mark.parametrize("status", ["draft", "submitted", "hidden"])
def test_what_is_not_shown_cannot_be_reported(client, make_post, status):
    assert report(client, f"/lapor/kegiatan/{make_post(status=status).pk}/").status_code == 404


def test_a_report_without_a_reason_keeps_what_was_typed(client, make_post):
    answer = report(client, f"/lapor/kegiatan/{make_post().pk}/", reason="", text="Ini tidak benar")

    assert "Ini tidak benar" in answer.text
    assert not Flag.objects.exists()


def test_the_reporter_reads_the_answer_by_the_code(client, make_post, made):
    code = report(client, f"/lapor/kegiatan/{make_post().pk}/").url.strip("/").rpartition("/")[2]
    FlaggedItem.objects.get().decide("kept", by=made, note="Sudah kami cocokkan dengan kepala desa.")

    page = client.post("/lapor/hasil/", {"code": f" {code.lower()} "})

    assert "cocokkan dengan kepala desa" in page.text
    assert f'class="receipt__code">{code}<' in page.text
    assert "Kode ini tidak kami temukan" in client.get("/lapor/hasil/LAP-AAAAAAAA/").text


def test_only_the_officer_of_the_place_decides_and_once(client, make_post, made, ratna):
    report(client, f"/lapor/kegiatan/{make_post().pk}/")
    item = FlaggedItem.objects.get()

    for stranger in (ratna, make_user("Budi")):
        with pytest.raises(StepRefused):
            item.decide("hidden", by=stranger)
    item.decide("kept", by=made)
    with pytest.raises(StepRefused):
        item.decide("hidden", by=made)

    assert item.outcome == "kept"


def test_after_a_decision_a_new_report_opens_a_new_case(client, make_post, made):
    post = make_post()
    report(client, f"/lapor/kegiatan/{post.pk}/")
    FlaggedItem.objects.get().decide("kept", by=made)

    report(client, f"/lapor/kegiatan/{post.pk}/")

    assert FlaggedItem.objects.waiting().count() == 1
    assert FlaggedItem.objects.count() == 2


# What was reported is gone by another deed


@pytest.fixture
def reported(make_post, joko):
    """A post, a photo and a comment of it, each reported: `{what: code}`, and the three things."""
    post = make_post()
    photo = Photo.objects.create(post=post, alt="Panen", width=640, height=400)
    comment = Comment.objects.say(post=post, author=joko, text="Kasar sekali")
    things = {"post": {}, "photo": {"photo": photo}, "comment": {"comment": comment}}
    codes = {what: FlaggedItem.objects.flag(post, reason="hate", **thing).code for what, thing in things.items()}
    return post, photo, comment, codes


def outcomes(codes):
    return {what: Flag.objects.get(code=code).item.outcome for what, code in codes.items()}


def test_a_hidden_post_takes_the_reports_of_all_that_is_in_it_along(client, reported, made):
    post, _photo, _comment, codes = reported

    post.hide(by=made, reason="not_true", note="Untuk penulis saja.")

    assert outcomes(codes) == {"post": "hidden", "photo": "hidden", "comment": "hidden"}
    page = client.get(f"/lapor/hasil/{codes['comment']}/").text
    assert "Disembunyikan" in page
    assert "Untuk penulis saja" not in page
    assert FlaggedItem.objects.filter(decided_by=made).count() == 3


def test_a_post_taken_down_by_its_author_is_withdrawn(client, reported, siti):
    post, _photo, _comment, codes = reported

    post.archive(by=siti)

    assert set(outcomes(codes).values()) == {"gone"}
    assert "Ditarik oleh penulisnya" in client.get(f"/lapor/hasil/{codes['post']}/").text


def test_a_hidden_photo_closes_its_own_reports_alone(reported, made):
    _post, photo, _comment, codes = reported

    photo.hide(by=made, reason="personal_data")

    assert outcomes(codes) == {"post": "", "photo": "hidden", "comment": ""}


@pytest.mark.parametrize("who", ["siti", "made"])
def test_a_comment_hidden_by_chair_or_officer_closes_its_own_reports_alone(reported, request, who):
    _post, _photo, comment, codes = reported

    comment.hide(by=request.getfixturevalue(who), reason="hate")

    assert outcomes(codes) == {"post": "", "photo": "", "comment": "hidden"}


def test_many_hidden_at_once_close_their_reports(desk, reported):
    post, _photo, _comment, codes = reported
    chosen = {"action": "hide_many", "_selected_action": [post.pk], "carry_out": "1", "reason": "not_true"}

    desk.post("/petugas/activities/post/", chosen)

    assert set(outcomes(codes).values()) == {"hidden"}


def test_deciding_the_case_hides_the_thing_and_closes_the_others_in_it(reported, made):
    post, _photo, _comment, codes = reported
    case = Flag.objects.get(code=codes["post"]).item

    case.close(is_hidden=True, by=made, reason="not_true", note="Sudah kami periksa.")

    post.refresh_from_db()
    assert post.status == "hidden"
    assert set(outcomes(codes).values()) == {"hidden"}
    case.refresh_from_db()
    assert case.note == "Sudah kami periksa."


def test_a_report_of_what_is_hidden_already_is_closed_as_hidden(reported, made):
    post, _photo, comment, _codes = reported
    comment.hide(by=made, reason="hate")
    late = FlaggedItem.objects.flag(post, comment=comment, reason="hate").item

    late.close(is_hidden=True, by=made, reason="hate")

    assert late.outcome == "hidden"


def test_a_reporter_learns_that_it_is_shown_again(client, reported, made):
    post, _photo, _comment, codes = reported
    post.hide(by=made, reason="not_true")
    post.show_again(by=made)

    assert "sekarang ditampilkan kembali" in client.get(f"/lapor/hasil/{codes['post']}/").text


def test_the_queue_asks_no_more_about_what_is_hidden(desk, reported, made):
    post, *_things = reported
    post.hide(by=made, reason="not_true")

    assert "Tidak ada laporan yang menunggu" in desk.get("/petugas/activities/post/antrean/?daftar=laporan").text


def test_the_way_back_to_a_report_stands_on_every_page_and_beside_its_code(client, make_post):
    answer = report(client, f"/lapor/kegiatan/{make_post().pk}/")

    way = '<a href="/lacak/"'
    assert client.get(answer.url).text.count(way) == 2
    assert client.get("/tentang/").text.count(way) == 1


def test_an_officer_of_the_kim_itself_decides_nothing_that_was_reported_there(make_post, mekar, made, joko):
    post = make_post()
    item = FlaggedItem.objects.flag(post, reason="spam", user=joko).item
    assert item in FlaggedItem.objects.decided_by(made)

    mekar.memberships.create(user=made, name=made.name)

    assert item not in FlaggedItem.objects.decided_by(made)
    with pytest.raises(StepRefused):
        item.decide("kept", by=made, note="")


def test_who_goes_back_and_reports_the_same_is_led_to_the_report(client, make_post, time_machine):
    path = f"/lapor/kegiatan/{make_post().pk}/"
    time_machine.move_to(timezone.now())
    first = client.post(path, {"key": str(uuid4()), "reason": "spam", "text": "Iklan."}).url
    time_machine.shift(timedelta(minutes=2))

    again = client.post(path, {"key": str(uuid4()), "reason": "spam", "text": "Iklan."}).url
    other = client.post(path, {"key": str(uuid4()), "reason": "hate", "text": "Iklan."}).url
    neighbours = Client().post(path, {"key": str(uuid4()), "reason": "spam", "text": "Iklan."}).url

    assert again == f"{first}?sudah=terkirim"
    receipts = [client.get(path).content.decode() for path in (first, again)]
    assert ["Laporan yang sama sudah Anda kirim" in receipt for receipt in receipts] == [False, True]
    assert ["Terima kasih. Laporan Anda" in receipt for receipt in receipts] == [True, False]
    assert len({first, other, neighbours}) == Flag.objects.count() == 3


def test_a_reader_with_an_account_is_told_that_the_first_report_holds(client, make_post, joko):
    path = f"/lapor/kegiatan/{make_post().pk}/"
    client.force_login(joko)
    report(client, path)

    answer = report(client, path, reason="hate", text="Dan menghina.")

    assert "Yang baru Anda tulis tidak kami simpan" in client.get(answer.url).content.decode()
    assert Flag.objects.get().reason == "false"
