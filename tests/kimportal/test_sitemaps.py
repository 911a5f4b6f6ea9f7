"""Search engines are told every public address, range of keys by range of keys, and the news of two days."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Post
from communities.models import Community
from kimportal import sitemaps
from monitoring.models import CountChange

NAMES = {"": sitemaps.SCHEMA, "news": sitemaps.NEWS_SCHEMA}


def read(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)  # noqa: S314


def addresses(client, address):
    """The paths that a sitemap, or the index of them, names."""
    named = [loc.text for loc in read(client, address).iterfind(".//loc", NAMES)]
    assert all(url.startswith("http://127.0.0.1:8000/") for url in named)
    return [url.removeprefix("http://127.0.0.1:8000") for url in named]


def everything(client):
    return [address for file in addresses(client, "/sitemap.xml") for address in addresses(client, file)]


def test_every_public_post_kim_and_region_with_something_to_read_is_named(client, make_post, make_community, places):
    post = make_post()
    hidden = make_post(status="hidden")
    draft = make_community("KIM Rancangan", status="draft")
    CountChange.objects.fold()

    named = everything(client)

    for one in (post, post.community, places["0"], places["64"], places["64.02.02.2003"]):
        assert one.get_absolute_url() in named
    for one in (hidden, draft, places["64.71"]):
        assert one.get_absolute_url() not in named
    assert "/kegiatan/" in named


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_every_post_is_in_one_section_however_the_keys_lie(client, make_post, monkeypatch, size):
    monkeypatch.setattr(sitemaps, "SECTION_SIZE", size)
    far = [make_post() for _number in range(5)][-1]
    Post.objects.filter(pk=far.pk).update(id=far.pk + 5000)

    files = [file for file in addresses(client, "/sitemap.xml") if "kegiatan" in file]
    named = [address for file in files for address in addresses(client, file)]

    assert named == [post.get_absolute_url() for post in Post.objects.order_by("pk")]


def test_a_section_is_one_range_of_keys(client, make_post):
    section = f"/sitemap-kegiatan-{make_post().pk // sitemaps.SECTION_SIZE}.xml"

    with CaptureQueriesContext(connection) as queries:
        client.get(section)

    (query,) = (query["sql"] for query in queries)
    assert "OFFSET" not in query
    assert "COUNT" not in query
    assert '"id" >= 0' in query
    assert '"id" < 10000' in query


def test_each_address_says_when_it_changed(client, make_post):
    post = make_post()
    changed = timezone.now().replace(year=2025, microsecond=0)
    Post.objects.filter(pk=post.pk).update(updated_at=changed)
    Community.objects.update(updated_at=changed)

    for kind in ("kegiatan", "kim"):
        section = next(file for file in addresses(client, "/sitemap.xml") if kind in file)
        assert read(client, section).find(".//lastmod", NAMES).text == changed.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def test_sitemaps_may_be_kept_and_are_not_sent_twice(client, make_post):
    make_post()

    for address in ["/sitemap.xml", *addresses(client, "/sitemap.xml")]:
        response = client.get(address)
        assert "public" in response["Cache-Control"]
        assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "address",
    ["/sitemap-kegiatan-7.xml", "/sitemap-rahasia-0.xml", f"/sitemap-kegiatan-{2**70}.xml", "/sitemap-kim--1.xml",
     f"/sitemap-kegiatan-{'9' * 5000}.xml"],
)  # fmt: skip
def test_a_section_without_anything_does_not_exist(client, make_post, address):
    make_post()

    assert client.get(address).status_code == 404


# News


def test_the_news_are_those_of_the_last_two_days(client, make_post):
    now = timezone.now()
    new = make_post("Panen & pesta <raya> \x0b", published_at=now - timedelta(hours=47))
    make_post("Kabar lama", published_at=now - timedelta(hours=49))
    make_post("Kabar tersembunyi", status="hidden", published_at=now)

    (entry,) = read(client, "/sitemap-berita.xml").iterfind("url", NAMES)

    assert entry.findtext("loc", namespaces=NAMES) == f"http://127.0.0.1:8000{new.get_absolute_url()}"
    assert entry.findtext("news:news/news:title", namespaces=NAMES) == "Panen & pesta <raya> "
    assert entry.findtext("news:news/news:publication/news:name", namespaces=NAMES) == "Portal KIM"
    assert entry.findtext("news:news/news:publication/news:language", namespaces=NAMES) == "id"
    told = entry.findtext("news:news/news:publication_date", namespaces=NAMES)
    assert told == new.published_at.isoformat(timespec="seconds")


def test_of_very_much_news_only_the_newest_are_named(client, make_post, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    newest = [make_post() for _number in range(3)][:2]

    assert addresses(client, "/sitemap-berita.xml") == [post.get_absolute_url() for post in newest]


def test_search_engines_are_told_where_to_look(client, db):
    told = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in told
    assert "Sitemap: http://127.0.0.1:8000/sitemap-berita.xml\n" in told
