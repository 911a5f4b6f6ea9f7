"""What was read most this week stands on the front page and on those of provinces and regencies."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from activities.models import MostRead, PostReads

pytestmark = pytest.mark.django_db
HEADING = "Paling dibaca minggu ini"


@pytest.fixture
def read_posts(make_post):
    """Four posts of Kutai Kartanegara, the first the least read."""
    posts = [make_post(title=f"Kabar nomor {number}") for number in range(4)]
    PostReads.objects.add({(post.pk, timezone.localdate()): 10 + number for number, post in enumerate(posts)})
    MostRead.objects.renew()
    return posts


@pytest.mark.parametrize("code", ["0", "64", "64.02"])
def test_the_most_read_come_first_on_the_pages_above_them(client, read_posts, places, code):
    url = "/" if code == "0" else places[code].get_absolute_url()

    page = client.get(url).text

    part = page[page.index(HEADING) :][:3000]
    found = [part.index(post.title) for post in reversed(read_posts)]
    assert found == sorted(found)


def test_another_regency_has_its_own(client, read_posts, places):
    assertNotContains(client.get(places["64.71"].get_absolute_url()), HEADING)


def test_a_village_shows_all_it_has_and_no_such_list(client, read_posts, places):
    assertNotContains(client.get(places["64.02.02.2003"].get_absolute_url()), HEADING)


def test_what_is_hidden_leaves_at_once(client, read_posts, made):
    assertContains(client.get("/"), HEADING)
    read_posts[3].hide(by=made, reason="other", note="Salah foto.")
    assert list(MostRead.objects.filter(post=read_posts[3]))

    page = client.get("/").text

    assert read_posts[3].title not in page
    assert HEADING in page


def test_too_few_are_no_list(client, make_post):
    for number in (2, 2, 50, 50):
        PostReads.objects.add({(make_post().pk, timezone.localdate()): number})
    MostRead.objects.renew()

    assert {row.rank for row in MostRead.objects.all()} == {1, 2}
    assertNotContains(client.get("/"), HEADING)


def test_what_was_read_long_ago_is_forgotten(read_posts):
    PostReads.objects.update(day=timezone.localdate() - timedelta(days=7))

    MostRead.objects.renew()

    assert not MostRead.objects.exists()
