"""Readers report; many reports of one thing are one case, and each reporter follows it by a code."""

import pytest
from conftest import make_user

from activities.models import Comment, Flag, FlaggedItem, Photo
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
    assert "sedang diperiksa" in page.text
    assert not page.wsgi_request.session.session_key


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
