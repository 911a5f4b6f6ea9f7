"""Posts decided on at the desk, one on its own page and many at once: hidden with a reason, and shown again."""

import pytest
from conftest import make_officer
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from activities.models import Post

pytestmark = pytest.mark.django_db

LIST = "/petugas/activities/post/"


def deed(post, word):
    return reverse("admin:activities_post_deed", args=[post.pk, word])


def at_once(desk, action, posts, **told):
    chosen = {"action": action, "_selected_action": [post.pk for post in posts], "carry_out": "1", **told}
    return desk.post(LIST, chosen, follow=True)


def statuses(*posts):
    return [Post.objects.get(pk=post.pk).status for post in posts]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("published", ["biarkan", "sembunyikan"]),
        ("in_review", ["terbitkan", "kembalikan", "tolak"]),
        ("hidden", ["tampilkan"]),
        ("taken_down", []),
    ],
)
def test_its_page_leads_to_what_may_be_done_to_it_now(desk, make_post, status, words):
    post = make_post(status=status, reviewed_at=None)

    page = desk.get(post.desk_path).text

    every = ["terbitkan", "kembalikan", "tolak", "biarkan", "sembunyikan", "tampilkan"]
    assert [word for word in every if deed(post, word) in page] == words


def test_hidden_from_its_own_page_with_a_reason_that_author_and_trail_have(desk, made, siti, make_post):
    post = make_post("Posyandu")

    refused = desk.post(deed(post, "sembunyikan"), {"reason": "", "note": "Foto anak."})
    assert "Pilih alasannya." in refused.text
    assert "Foto anak." in refused.text
    assert statuses(post) == ["published"]
    answer = desk.post(deed(post, "sembunyikan"), {"reason": "child", "note": ""}, follow=True)

    assert "Disembunyikan: Posyandu" in answer.text
    assert statuses(post) == ["hidden"]
    review = post.reviews.get()
    assert (review.decision, review.reason, review.by) == ("hidden", "child", made)
    assert siti.notices.get().title == "Disembunyikan: Posyandu"
    entry = AuditEntry.objects.filter(model="activities.post", object_id=post.pk).order_by("-pk").first()
    assert entry.reason == "foto anak tanpa izin orang tua"


def test_shown_again_from_its_own_page(desk, client, siti, make_post):
    post = make_post("Posyandu")
    desk.post(deed(post, "sembunyikan"), {"reason": "other"})

    answer = desk.post(deed(post, "tampilkan"), {"note": "Sudah jelas."}, follow=True)

    assert "Ditampilkan lagi: Posyandu" in answer.text
    assert statuses(post) == ["published"]
    assert [step.to for step in post.steps.all()] == ["hidden", "published"]
    assert siti.notices.order_by("pk").last().title == "Ditampilkan lagi: Posyandu"


def test_its_author_reads_of_no_hiding_that_is_over_and_of_one_publication(desk, siti, make_post):
    client = Client()
    client.force_login(siti)
    post = make_post("Posyandu")
    desk.post(deed(post, "sembunyikan"), {"reason": "child", "note": "Tutup wajahnya."})
    assert "Tutup wajahnya." in client.get(post.own_path).text.partition("<h1")[0]
    desk.post(deed(post, "tampilkan"), {"note": ""})

    box, _title, rest = client.get(post.own_path).text.partition("<h1")

    assert "Ditampilkan lagi" in box
    assert "Disembunyikan" not in box
    assert "Diterbitkan" not in box
    journey = [words for words in ("Disembunyikan", "Ditampilkan lagi", "<span>Terbit") if words in rest]
    assert journey == ["Disembunyikan", "Ditampilkan lagi"]


def test_what_is_done_already_is_said_and_not_done_again(desk, make_post):
    post = make_post(status="hidden")

    answer = desk.post(deed(post, "sembunyikan"), {"reason": "other"})

    assert answer.status_code == 409
    assert not post.reviews.exists()


def test_three_hidden_at_once_are_shown_again_at_once_and_the_second_time_changes_nothing(desk, make_post):
    posts = [make_post(f"Posyandu {number}") for number in (1, 2, 3)]
    at_once(desk, "hide_many", posts, reason="not_true")
    assert statuses(*posts) == ["hidden"] * 3

    first = at_once(desk, "show_again_many", posts)
    again = at_once(desk, "show_again_many", posts)

    assert "3 kegiatan ditampilkan lagi." in first.text
    assert "kegiatan ditampilkan lagi." not in again.text
    assert again.text.count("Langkah ini tidak berlaku") == 1
    assert "3 kegiatan tidak berubah: Langkah ini tidak berlaku" in again.text
    assert statuses(*posts) == ["published"] * 3
    assert [post.reviews.count() for post in posts] == [2, 2, 2]


def test_an_action_without_a_row_asks_for_one(desk, make_post):
    make_post("Posyandu")

    answer = desk.post(LIST, {"action": "hide_many", "index": "0"}, follow=True)

    assert "Centang dahulu baris yang dimaksud." in answer.text


def test_publishing_what_is_hidden_says_what_to_choose_instead(desk, make_post):
    post = make_post(status="hidden")

    answer = at_once(desk, "publish_many", [post])

    assert "Tampilkan lagi" in answer.text.partition("messagelist")[2].partition("</ul>")[0]
    assert statuses(post) == ["hidden"]


def test_with_a_number_of_a_person_it_stays_hidden(desk, make_post):
    post = make_post(status="hidden", body="NIK saya 6402065708900001.")

    answer = desk.post(deed(post, "tampilkan"), {"note": ""})

    assert answer.status_code == 409
    assert statuses(post) == ["hidden"]


def test_elsewhere_nothing_of_it_is_there(client, make_post, ratna, with_second_factor):
    shown, hidden = make_post(), make_post(status="hidden")
    client.force_login(with_second_factor(ratna))

    assert client.post(deed(shown, "sembunyikan"), {"reason": "other"}).status_code == 404
    at_once(client, "hide_many", [shown], reason="other")
    at_once(client, "show_again_many", [hidden])

    assert statuses(shown, hidden) == ["published", "hidden"]


def test_who_only_watches_it_is_offered_nothing(client, make_post, made, places, with_second_factor):
    post = make_post()
    above = make_officer("Wulan", places["64"])
    client.force_login(with_second_factor(above))

    page = client.get(post.desk_path).text

    assert deed(post, "sembunyikan") not in page
    assert reverse("admin:activities_post_hoax", args=[post.pk]) not in page
    assert client.post(deed(post, "sembunyikan"), {"reason": "other"}).status_code == 403
    assert statuses(post) == ["published"]
