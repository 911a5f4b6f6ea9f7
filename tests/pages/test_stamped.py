"""What a process keeps is made anew once its topic changed, and never where nothing is to be kept."""

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pages import freshness
from pages.stamped import Stamped

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbers():
    return iter(range(9))


def test_a_value_is_kept_until_its_topic_changes(settings, numbers, django_capture_on_commit_callbacks):
    settings.CARD_STORE, kept = True, Stamped(2)
    made = [kept.get("a", "64", numbers.__next__) for _time in range(2)]
    with django_capture_on_commit_callbacks(execute=True):
        freshness.changed("64.02")

    assert made == [0, 0]
    assert kept.get("a", "64", numbers.__next__) == 1
    assert kept.get("b", "", numbers.__next__) == 2
    assert kept.get("b", "", numbers.__next__) == 2


def test_nothing_is_kept_where_nothing_shall_be(settings, numbers):
    settings.CARD_STORE, kept = False, Stamped(2)

    assert [kept.get("a", "64", numbers.__next__) for _time in range(2)] == [0, 1]


@pytest.mark.parametrize("page", ["home", "region", "list", "kim"])
def test_a_list_is_asked_for_again_once_there_is_news(
    page, client, settings, make_post, places, mekar, django_capture_on_commit_callbacks, monkeypatch
):
    settings.CARD_STORE = True
    jembayan = places["64.02.02.2003"]
    urls = {"home": "/", "region": jembayan.get_absolute_url(), "list": reverse("activities:list")}
    url = (urls | {"kim": mekar.get_absolute_url()})[page]
    make_post(title="Panen padi", place=jembayan)
    client.get(url)

    with CaptureQueriesContext(freshness.transaction.get_connection()) as queries:
        assert "Panen padi" in client.get(url).text
    assert not [query for query in queries if "activities_post" in query["sql"]]

    with django_capture_on_commit_callbacks(execute=True):
        post = make_post(title="Rembuk warga", place=jembayan)
        freshness.changed(jembayan.code, f"kim-{mekar.slug}", f"post-{post.pk}")
    assert "Rembuk warga" in client.get(url).text


@pytest.mark.parametrize("way", ["older", "newer"])
def test_so_is_a_later_page(way, client, settings, make_post, places, django_capture_on_commit_callbacks):
    settings.CARD_STORE = True
    jembayan = places["64.02.02.2003"]
    posts = [make_post(title=f"Ronda malam ke-{number}", place=jembayan) for number in range(20)]
    urls = {"older": jembayan.get_absolute_url() + client.get(jembayan.get_absolute_url()).context["page"].older}
    urls["newer"] = jembayan.get_absolute_url() + client.get(urls["older"]).context["page"].newer
    first = client.get(urls[way]).text

    with CaptureQueriesContext(freshness.transaction.get_connection()) as queries:
        assert client.get(urls[way]).text == first
    assert not [query for query in queries if "activities_post" in query["sql"]]

    last = posts[-1] if way == "older" else posts[0]
    assert last.title in first
    with django_capture_on_commit_callbacks(execute=True):
        last.delete()
        freshness.changed(jembayan.code)
    assert last.title not in client.get(urls[way]).text
