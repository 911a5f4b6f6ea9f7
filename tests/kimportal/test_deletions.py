"""What open data no longer has is told to whoever keeps a copy: which row and when, and never what was not public."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models.posts import PostStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client):
    def ask(name, query=""):
        answer = client.get(f"/api/v1/deleted/{name}{query}")
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    return ask


def test_whoever_follows_a_list_is_led_to_what_left_it(client, make_post, made):
    post = make_post()
    client.get("/api/v1/posts")
    post.hide(by=made, reason="other", note="Memuat nama anak")

    page = client.get("/api/v1/posts?region=64.02&since=2026-01-01T00:00:00%2B08:00").json()
    answer = client.get(page["deleted"].removeprefix(settings.SITE_URL))

    (row,) = answer.json()["items"]
    url = f"{settings.SITE_URL}/api/v1/posts/{post.pk}"
    assert row == {"id": str(post.pk), "deleted": True, "deleted_at": row["deleted_at"], "url": url}
    assert row["deleted_at"] == post.steps.get(to="hidden").at.isoformat()
    for words in ("anak", post.title, made.name, "hidden", "64.02"):
        assert words not in answer.text
    assert "deleted" not in client.get("/api/v1/posts").json()


def test_what_is_shown_again_is_named_no_more_and_what_goes_twice_once(told, make_post, made):
    post = make_post()
    for _time in range(2):
        post.hide(by=made, reason="other", note="Keliru")
        gone = told("posts")
        post.show_again(by=made)

        assert [row["id"] for row in gone] == [str(post.pk)]
        assert told("posts") == []


def test_a_proposal_is_gone_when_it_is_hidden_or_withdrawn(told, make_aspiration, made):
    hidden, withdrawn, there = (make_aspiration(title) for title in ("Lampu mati", "Jalan rusak", "Jembatan"))
    hidden.hide(by=made, note="Memuat nama")
    withdrawn.withdraw()

    assert [row["id"] for row in told("aspirations")] == [hidden.code, withdrawn.code]
    assert there.code not in str(told("aspirations"))


def test_a_kim_is_gone_when_it_is_suspended_dissolved_or_merged(told, make_community, mekar, made):
    kims = [make_community(f"KIM {name}") for name in ("Satu", "Dua", "Tiga", "Empat")]
    kims[0].suspend(by=made, note="Vakum")
    kims[1].dissolve(by=made, note="Bubar")
    kims[2].merge_into(mekar, by=made)
    kims[3].suspend(by=made, note="Vakum")
    kims[3].restore(by=made)

    assert [row["id"] for row in told("kim")] == [kim.slug for kim in kims[:3]]


def test_what_was_never_public_is_not_named(told, make_post, make_aspiration, make_community, made, siti):
    draft = make_post("Konsep rahasia", status="draft", published_at=None)
    sent_back = make_post("Dikembalikan", status="returned", published_at=None)
    sent_back.put_away(by=siti)
    make_post("Ditolak", status="in_review", published_at=None).reject(by=made, reason="other", note="Bukan berita")
    held = make_aspiration("Slot gacor maxwin")
    assert held.status == "held"
    held.withdraw()
    make_community("KIM Konsep", status="submitted").reject(by=made, note="Bukan KIM")

    assert draft.status == "draft"
    assert [told(name) for name in ("kim", "posts", "aspirations")] == [[], [], []]


def test_since_counts_from_the_step_and_a_day_from_where_it_begins_first(told, make_post, made):
    post = make_post()
    post.hide(by=made, reason="other", note="Keliru")
    # Half past ten at night in Jakarta is the next day in Papua.
    PostStep.objects.filter(post=post).update(at="2026-03-12T22:30:00+07:00")

    assert len(told("posts", "?since=2026-03-13")) == 1
    assert told("posts", "?since=2026-03-14") == []
    assert len(told("posts", "?since=2026-03-12T22:30:00%2B07:00")) == 1
    assert told("posts", "?since=2026-03-12T22:30:01%2B07:00") == []


@pytest.mark.parametrize("format", ["csv", "geojson"])
def test_the_other_formats_have_the_same_rows(client, make_post, made, format):
    post = make_post()
    post.hide(by=made, reason="other", note="Keliru")

    answer = client.get(f"/api/v1/deleted/posts?format={format}")

    assert answer.status_code == 200
    assert f'"{post.pk}"' in answer.text


def test_pages_follow_each_other_and_cost_the_same(client, make_post, made):
    gone = [make_post(f"Kegiatan {number}") for number in range(3)]
    numbers, seen, path = [], [], "/api/v1/deleted/posts?limit=2"
    for post in gone:
        post.hide(by=made, reason="other", note="Keliru")

    while path:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path).json()
        numbers.append(len(queries))
        seen += [row["id"] for row in page["items"]]
        path = page["next"] and page["next"].removeprefix(settings.SITE_URL)

    assert seen == [str(post.pk) for post in gone]
    assert numbers == [1, 1]


def test_information_recalled_since_comes_by_although_it_was_sent_before(client, make_bulletin, made):
    long_ago = timezone.now() - timedelta(days=30)
    bulletin = make_bulletin(status="sent", sent_at=long_ago)
    make_bulletin("Lama", status="sent", sent_at=long_ago)
    asked = f"/api/v1/bulletins?since={(timezone.now() - timedelta(minutes=5)).isoformat()}".replace("+", "%2B")
    assert client.get(asked).json()["items"] == []

    bulletin.recall(by=made, reason="Tanggalnya keliru.")

    assert [row["status"] for row in client.get(asked).json()["items"]] == ["recalled"]
