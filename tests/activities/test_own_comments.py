"""What one said oneself is mended within the hour, and taken back at any time."""

from datetime import timedelta

import pytest
from conftest import make_user
from django.utils import timezone, translation

from accounts.lifecycle import StepRefused
from activities.models import Comment, Flag, FlaggedItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(make_post, joko):
    return Comment.objects.say(post=make_post(), author=joko, text="Trima kasih, KIM Mekar!")


def change(client, comment, text="Terima kasih, KIM Mekar!"):
    return client.post(f"/ruang/komentar/{comment.pk}/", {"text": text}, follow=True)


def test_a_comment_is_changed_within_the_hour_and_says_so(client, said, joko):
    client.force_login(joko)

    answer = change(client, said)

    page = client.get(said.post.get_absolute_url()).text
    assert "Komentar Anda diubah." in answer.text
    assert "Terima kasih, KIM Mekar!" in page
    assert "Trima kasih" not in page
    assert "· diubah" in " ".join(page.split())


def test_no_telephone_number_comes_in_by_a_change(client, said, joko):
    client.force_login(joko)

    answer = change(client, said, "WA saya 0812-3456-7890")

    said.refresh_from_db()
    assert said.text == "Trima kasih, KIM Mekar!"
    assert "WA saya 0812-3456-7890" in answer.text
    assert "pakai “Kirim usulan”" in answer.text


def test_after_the_hour_it_is_taken_back_alone(client, said, joko):
    Comment.objects.update(at=timezone.now() - timedelta(minutes=61))
    client.force_login(joko)

    page = client.get(f"/ruang/komentar/{said.pk}/")
    refused = change(client, said)

    assert "tidak dapat diubah lagi" in page.text
    assert refused.status_code == 409
    assert "Terima kasih, KIM Mekar!" in refused.text  # what was typed is still there
    said.refresh_from_db()
    assert said.text == "Trima kasih, KIM Mekar!"


def test_what_is_reported_stays_as_it_was_read(client, said, joko):
    FlaggedItem.objects.flag(said.post, comment=said, reason="hate")
    client.force_login(joko)

    assert change(client, said).status_code == 409

    said.refresh_from_db()
    assert said.text == "Trima kasih, KIM Mekar!"


def test_what_was_found_in_order_is_looked_at_again_when_it_changes(said, joko, made):
    item = FlaggedItem.objects.flag(said.post, comment=said, reason="other").item
    item.close(is_hidden=False, by=made)

    with translation.override("en"):
        said.change("Lihat sendiri kalau tidak percaya", by=joko)

    assert FlaggedItem.objects.waits_for(made).get().comment == said
    # The officer reads it, whichever language the writer reads.
    assert Flag.objects.latest("pk").text == "Diubah penulisnya sesudah diperiksa."


def test_a_personal_number_is_refused_in_the_change_too(client, said, joko):
    client.force_login(joko)

    answer = change(client, said, "NIK saya 6402061708900001")

    assert "6402061708900001" not in client.get(said.post.get_absolute_url()).text
    assert answer.status_code == 200
    assert "errorlist" in answer.text


def test_taken_back_it_is_gone_for_good_and_its_reporter_learns_so(client, said, joko, siti):
    flag = FlaggedItem.objects.flag(said.post, comment=said, reason="hate")
    client.force_login(joko)

    answer = client.post(f"/ruang/komentar/{said.pk}/tarik/", follow=True)
    again = client.post(f"/ruang/komentar/{said.pk}/tarik/", follow=True)

    assert "Anda tarik" in answer.text
    assert again.status_code == 200
    assert "Trima kasih" not in client.get(said.post.get_absolute_url()).text
    assert "ditarik oleh penulisnya" in client.get(f"/lapor/hasil/{flag.code}/").text.lower()
    said.refresh_from_db()
    with pytest.raises(StepRefused):
        said.show_again(by=siti)


def test_nobody_else_touches_it(client, said):
    client.force_login(make_user("Budi"))

    assert client.get(f"/ruang/komentar/{said.pk}/").status_code == 404
    assert change(client, said).status_code == 404
    assert client.post(f"/ruang/komentar/{said.pk}/tarik/").status_code == 404
    assert "Trima kasih" not in client.get("/ruang/komentar/").text


def test_the_own_list_costs_the_same_with_more(client, said, make_post, joko, django_assert_max_num_queries):
    for number in range(3):
        Comment.objects.say(post=make_post(), author=joko, text=f"Komentar {number}")
    client.force_login(joko)

    with django_assert_max_num_queries(9):
        page = client.get("/ruang/komentar/")

    assert page.text.count("Ubah atau tarik") == 4


def test_the_own_list_goes_on_by_key(client, said, joko):
    Comment.objects.bulk_create(Comment(post=said.post, author=joko, text=f"Ke-{n}") for n in range(31))
    client.force_login(joko)

    first = client.get("/ruang/komentar/")
    older = client.get(f"/ruang/komentar/?sebelum={first.context['older']}")

    assert "Komentar sebelumnya" in first.text
    assert "Trima kasih" in older.text
    assert client.get("/ruang/komentar/?sebelum=x\x00").status_code == 200
