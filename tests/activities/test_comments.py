"""Residents speak under a post, and what should not be there goes, with a reason."""

from datetime import timedelta

import pytest
from conftest import make_user
from django.utils import timezone

from accounts.models import AuditEntry
from activities.models import Comment
from activities.reader_forms import CONTACT_ELSEWHERE
from pages import limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_joko(joko):
    joko.joined_at = timezone.now() - timedelta(days=30)
    joko.save()
    return joko


def say(client, post, text="Terima kasih, KIM Mekar!"):
    return client.post(f"/kegiatan/{post.pk}/komentar/", {"text": text})


def test_a_resident_comments_and_everyone_reads(client, make_post, joko):
    post = make_post()
    client.force_login(joko)

    answer = say(client, post)

    client.logout()
    assert answer.url.startswith(post.get_absolute_url())
    page = client.get(post.get_absolute_url())
    assert "Terima kasih, KIM Mekar!" in page.text
    assert "Joko" in page.text
    assert joko.email not in page.text


def test_a_visitor_is_asked_to_sign_in(client, make_post):
    post = make_post()

    assert "/akun/login/" in say(client, post).url
    assert not Comment.objects.exists()


def test_sent_twice_it_is_one(client, make_post, joko):
    post = make_post()
    client.force_login(joko)

    assert say(client, post).url == say(client, post).url
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("text", ["Kunjungi https://promo.example", "lihat www.judi.example", "buka promo.com ya"])
def test_a_new_account_writes_no_links(client, make_post, joko, text):
    post = make_post()
    client.force_login(joko)

    answer = say(client, post, text)

    assert "Akun baru belum dapat menulis tautan" in answer.text
    assert text in answer.text
    assert not Comment.objects.exists()


def test_an_older_account_may_and_the_words_stay_words(client, make_post, old_joko):
    post = make_post()
    client.force_login(old_joko)

    say(client, post, "<script>alert(1)</script> https://kominfo.go.id")

    page = client.get(post.get_absolute_url()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


REACHABLE = ["WA saya 0812-3456-7890 ya", "telp (0541) 661234", "ke wa.me/6281234567890", "surel: joko@desa.example"]


@pytest.mark.parametrize("text", REACHABLE)
def test_nobody_publishes_how_somebody_is_reached_and_is_told_what_to_do_instead(client, make_post, old_joko, text):
    post = make_post()
    client.force_login(old_joko)

    answer = say(client, post, text)

    assert answer.context["form"].errors["text"] == [CONTACT_ELSEWHERE]
    assert text in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["Darurat? Tekan 112.", "Rp 1.250.000 untuk 12 RT", "17-08-2026, 08.00-11.00"])
def test_other_numbers_are_said(client, make_post, joko, text):
    client.force_login(joko)

    say(client, make_post(), text)

    assert Comment.objects.get().text == text


@pytest.mark.parametrize("closed", ["post", "hidden", "draft"])
def test_where_comments_are_closed_nothing_is_said(client, make_post, joko, closed):
    status = {"hidden": "hidden", "draft": "draft"}.get(closed, "published")
    post = make_post(status=status, comments_open=closed != "post")
    client.force_login(joko)

    assert say(client, post).status_code in (404, 409)
    assert not Comment.objects.exists()


def test_what_was_typed_when_comments_were_closed_stays_on_the_page(client, make_post, joko):
    post = make_post(comments_open=False)
    client.force_login(joko)

    answer = say(client, post, "Kapan posyandu berikutnya?")

    assert "Kapan posyandu berikutnya?" in answer.text
    assert "tidak menerima komentar lagi" in answer.text


def switch(client, post, **form):
    return client.post(f"/ruang/kegiatan/{post.pk}/komentar/", form, follow=True)


def test_the_author_closes_comments_and_opens_them_again(client, make_post, siti, joko):
    post = make_post()
    Comment.objects.say(post=post, author=joko, text="Terima kasih, KIM Mekar!")
    client.force_login(siti)

    page = switch(client, post)
    closed = client.get(post.get_absolute_url()).text
    switch(client, post, wanted="1")
    opened = client.get(post.get_absolute_url()).text

    assert "Tersimpan." in page.text
    assert "tidak menerima komentar" in closed
    assert "Terima kasih, KIM Mekar!" in closed
    assert "Tulis komentar" in opened


def test_a_chair_closes_comments_on_what_a_member_wrote(client, mekar, make_post, siti):
    wayan = make_user("Wayan")
    mekar.memberships.create(user=wayan, name="Wayan")
    post = make_post(author=wayan)
    client.force_login(siti)

    switch(client, post)

    post.refresh_from_db()
    assert not post.comments_open


def test_a_member_closes_no_comments_on_what_another_wrote(client, mekar, make_post):
    post, wayan = make_post(), make_user("Wayan")
    mekar.memberships.create(user=wayan, name="Wayan")
    client.force_login(wayan)

    assert switch(client, post).status_code == 404
    post.refresh_from_db()
    assert post.comments_open


def test_a_kept_page_closes_with_its_comments(client, make_post, settings, django_capture_on_commit_callbacks):
    settings.PAGE_STORE = True
    post = make_post()
    assert "Tulis komentar" in client.get(post.get_absolute_url()).text

    with django_capture_on_commit_callbacks(execute=True):
        post.open_comments(False)

    assert "tidak menerima komentar" in client.get(post.get_absolute_url()).text


@pytest.mark.parametrize("who", ["siti", "made"])
def test_the_chair_and_the_officer_hide_with_a_reason(
    client, make_post, joko, siti, made, ratna, with_second_factor, who
):
    post = make_post()
    comment = Comment.objects.say(post=post, author=joko, text="Dasar pembohong kalian")
    who = {"siti": siti, "made": made}[who]
    client.force_login(with_second_factor(who))

    client.post(f"/komentar/{comment.pk}/sembunyikan/", {"reason": ""})
    comment.refresh_from_db()
    assert comment.hidden_at is None

    client.post(f"/komentar/{comment.pk}/sembunyikan/", {"reason": "hate"})
    assert "pembohong" not in client.get(post.get_absolute_url()).text
    assert "pembohong" in client.get(f"/kegiatan/{post.pk}/komentar/jaga/").text
    assert Comment.objects.get().text == "Dasar pembohong kalian"
    hidden = AuditEntry.objects.filter(model="activities.comment", deed="UPDATE").latest("pk")
    assert (hidden.by, hidden.reason) == (who, "hate")

    client.post(f"/komentar/{comment.pk}/sembunyikan/", {"show": "1"})
    assert "pembohong" in client.get(post.get_absolute_url()).text


def test_nobody_else_hides(client, make_post, joko, ratna, with_second_factor):
    comment = Comment.objects.say(post=make_post(), author=joko, text="Bagus")

    for person in (joko, make_user("Budi"), with_second_factor(ratna)):
        client.force_login(person)
        assert client.post(f"/komentar/{comment.pk}/sembunyikan/", {"reason": "hate"}).status_code == 403
        assert client.get(f"/kegiatan/{comment.post_id}/komentar/jaga/").status_code == 403

    comment.refresh_from_db()
    assert comment.hidden_at is None


def test_comments_cost_one_query_however_many(client, make_post, joko, django_assert_max_num_queries):
    post = make_post()
    for number in range(5):
        Comment.objects.say(post=post, author=joko, text=f"Komentar {number}")

    with django_assert_max_num_queries(7):
        client.get(post.get_absolute_url())


def test_who_sends_without_end_is_asked_to_wait(client, make_post, joko, monkeypatch):
    monkeypatch.setattr(limits, "MINUTE", 10**10)
    post = make_post()
    client.force_login(joko)

    answers = [say(client, post, f"Komentar {number}").status_code for number in range(40)]

    assert answers[0] == 302
    assert answers[-1] == 429
