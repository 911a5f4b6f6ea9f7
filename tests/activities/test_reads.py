"""Readings are counted by post and day, without a cookie, and programs are left out."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from activities import reads
from activities.models import Post, PostReads

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def nothing_counted(settings):
    reads._counted.clear()
    reads._written_at = 0
    settings.SEARCHES_PER_MINUTE = 60


def tell(client, post, **headers):
    answer = client.post(reverse("files:read", args=[post.pk]), headers=PHONE | headers)
    assert (answer.status_code, answer.cookies) == (200, {})
    reads.write()


def test_a_reading_is_counted_once_for_each_phone_that_tells_it(client, make_post):
    post = make_post()
    assert reverse("files:read", args=[post.pk]) in client.get(post.get_absolute_url()).text

    for _phone in range(3):
        tell(client, post)

    assert list(PostReads.objects.values_list("post", "day", "number")) == [(post.pk, timezone.localdate(), 3)]


@pytest.mark.parametrize(
    "headers", [{"User-Agent": "Googlebot/2.1"}, {"User-Agent": ""}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_programs_and_pages_of_others_do_not_count(client, make_post, headers):
    tell(client, make_post(), **headers)

    assert not PostReads.objects.exists()


@pytest.mark.parametrize("status", ["draft", "in_review", "hidden", "taken_down"])
def test_what_is_not_out_has_no_readers(client, make_post, status):
    tell(client, make_post(status=status))

    assert not PostReads.objects.exists()


def test_one_address_counts_so_often_in_an_hour(client, make_post):
    post = make_post()

    for _time in range(40):
        tell(client, post)

    assert PostReads.objects.get().number == 30


def test_many_at_once_are_written_down_together(client, make_post, django_assert_num_queries):
    posts = [make_post(), make_post()]
    reads.count(posts[0].pk)

    with django_assert_num_queries(0):
        for post in posts * 5:
            reads.count(post.pk)
    with django_assert_num_queries(1):
        reads.write()

    assert [row.number for row in PostReads.objects.order_by("post")] == [6, 5]


def test_what_the_database_does_not_take_is_counted_on(make_post, monkeypatch):
    post = make_post()
    monkeypatch.setattr(reads, "_written_at", reads.time.monotonic())
    reads.count(post.pk)
    with monkeypatch.context() as broken:
        broken.setattr(PostReads.objects, "add", lambda counted: (_ for _ in ()).throw(DatabaseError))
        with pytest.raises(DatabaseError):
            reads.write()

    reads.write()

    assert PostReads.objects.get().number == 1


def test_the_most_read_of_a_week_come_first(make_post):
    today = timezone.localdate()
    little, much, long_ago, _never = (make_post() for _ in range(4))
    counts = {(little.pk, today): 2, (much.pk, today): 2, (much.pk, today - timedelta(days=6)): 5}
    PostReads.objects.add(counts | {(long_ago.pk, today - timedelta(days=7)): 99})

    most = Post.objects.published().for_cards().most_read(days=7)

    assert [(post.pk, post.reads) for post in most] == [(much.pk, 7), (little.pk, 2)]


def test_its_writer_sees_how_often(client, make_post, siti):
    post = make_post()
    PostReads.objects.add({(post.pk, timezone.localdate()): 1234})
    client.force_login(siti)

    assertContains(client.get(post.own_path), "1.234 kali seluruhnya")
    assertContains(client.get(reverse("activities:own_posts")), "dibaca 1.234 kali")
