"""Feeds: well-formed Atom of the country, a region, a KIM, a field, a choice or a search, sent only to who lacks it."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from activities.models import Photo, Post
from communities.models import Sector
from pages import freshness, page_store

NAMES = {"": "http://www.w3.org/2005/Atom"}
SITE = "http://127.0.0.1:8000"
FEEDS = [
    "/feed/",
    "/feed/?wilayah=64.02&bidang=kesehatan&jenis=berita&sejak=2020-01-01",
    "/feed/wilayah/64.02/",
    "/feed/kim/kim-1/",
    "/feed/bidang/kesehatan/",
    "/feed/cari/?q=posyandu&wilayah=64",
]


def read(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314


def entries(client, address):
    return read(client, address).findall("entry", NAMES)


def titles(client, address):
    return [entry.findtext("title", namespaces=NAMES) for entry in entries(client, address)]


def links(element, rel):
    return [link.attrib for link in element.findall("link", NAMES) if link.get("rel") == rel]


@pytest.fixture
def with_photo():
    def give(post, **facts):
        post.lead_photo = Photo.objects.create(post=post, alt="Panen", width=640, height=400, **facts)
        post.save()
        return post

    return give


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_all_that_atom_asks_for(client, make_post, with_photo, places, address):
    make_post("Posyandu <Melati> & \x0b kawan", summary="Bayi < 5 tahun \x1f")
    with_photo(make_post("Posyandu Mawar"))

    feed = read(client, address)
    found = feed.findall("entry", NAMES)

    assert len(found) == 2
    for element in (feed, *found):
        assert element.findtext("title", namespaces=NAMES)
        assert element.findtext("id", namespaces=NAMES).startswith(SITE)
        assert datetime.fromisoformat(element.findtext("updated", namespaces=NAMES)).tzinfo
        assert len(links(element, "alternate")) == 1
    assert [link["href"] for link in links(feed, "self")] == [f"http://testserver{address}"]
    assert found[0].findtext("title", namespaces=NAMES) == "Posyandu <Melati> &  kawan"
    assert {entry.findtext("author/name", namespaces=NAMES) for entry in found} == {"KIM Mekar"}


def test_what_people_wrote_stays_text(client, make_post):
    make_post("<b>Posyandu</b>", summary="Bayi < 5 tahun <script>alert(1)</script>")

    (entry,) = entries(client, "/feed/")

    assert entry.findtext("title", namespaces=NAMES) == "<b>Posyandu</b>"
    # The summary counts as HTML: it says what was written only when it is escaped once more.
    assert entry.findtext("summary", namespaces=NAMES) == "Bayi &lt; 5 tahun &lt;script&gt;alert(1)&lt;/script&gt;"


def test_an_entry_stays_the_same_one_when_its_title_changes(client, make_post):
    post = make_post("Posyandu")
    before = entries(client, "/feed/")[0]

    post.title = "Posyandu Melati"
    post.save()
    after = entries(client, "/feed/")[0]

    assert before.findtext("id", namespaces=NAMES) == after.findtext("id", namespaces=NAMES)
    assert before.findtext("updated", namespaces=NAMES) < after.findtext("updated", namespaces=NAMES)
    assert links(before, "alternate") != links(after, "alternate")


def test_the_photo_comes_along_unless_it_is_hidden(client, make_post, with_photo):
    shown = with_photo(make_post())
    with_photo(make_post(), is_hidden=True)
    make_post()

    photos = [[link["href"] for link in links(entry, "enclosure")] for entry in entries(client, "/feed/")]

    assert photos == [[f"{SITE}{shown.lead_photo.src640}"], [], []]


def test_each_feed_has_its_own_posts(client, make_post, make_community):
    manggar = make_community("KIM Manggar", seat="64.71.01.1001")
    make_post("Posyandu dekat")
    make_post("Panen jauh", community=manggar, sector=Sector.objects.get(slug="pariwisata"), type=Post.Type.POTENSI)

    for address in FEEDS[1:]:
        assert titles(client, address) == ["Posyandu dekat"]
    assert titles(client, "/feed/?bidang=pariwisata&jenis=potensi") == ["Panen jauh"]
    assert titles(client, "/feed/wilayah/64/") == ["Posyandu dekat", "Panen jauh"]


def test_a_choice_that_is_not_understood_is_no_feed(client, places):
    for choice in ("wilayah=Atlantis", "bidang=tidak-ada", "jenis=%00", "sejak=kemarin"):
        assert client.get(f"/feed/?{choice}").status_code == 400


# Sent once


@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_who_has_the_feed_is_sent_nothing_and_nothing_is_built(
    client, make_post, monkeypatch, places, address
):
    make_post("Posyandu")
    tag = client.get(address)["ETag"]
    monkeypatch.setattr("pages.feeds.AtomWithPhotos.write", lambda *_: pytest.fail("built"))

    answer = client.get(address, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert "public" in answer["Cache-Control"]


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("keeps_pages", [False, True])
def test_what_is_hidden_published_or_corrected_shows_at_once(
    client, make_post, made, settings, monkeypatch, address, keeps_pages
):
    settings.PAGE_STORE = keeps_pages
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())
    post, other = make_post("Posyandu satu"), make_post("Posyandu dua")

    def seen():
        freshness._remembered.clear()
        answer = client.get(address, headers={"If-None-Match": seen.tag} if seen.tag else {})
        seen.tag = answer["ETag"]
        assert answer.status_code == 200
        return answer.content.decode()

    seen.tag = None
    assert "Posyandu satu" in seen()
    post.hide(by=made, reason="other", note="Keliru")
    assert "Posyandu satu" not in seen()
    post.show_again(by=made)
    assert "Posyandu satu" in seen()
    other.title = "Posyandu tiga"
    other.save()
    assert "Posyandu tiga" in seen()
    page_store._local.clear()


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_the_same_for_everyone_and_may_be_kept(client, make_post, joko, address):
    make_post("Posyandu")
    for_visitors = client.get(address)
    client.force_login(joko)
    his = client.get(address)

    assert his.content == for_visitors.content
    assert "public" in his["Cache-Control"]
    assert not his.cookies
    assert not his.has_header("Last-Modified")


# Found


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/feed/"),
        ("/kegiatan/", "/feed/"),
        ("/kegiatan/?bidang=kesehatan", "/feed/?bidang=kesehatan"),
        ("/kegiatan/?wilayah=64.02&jenis=berita&sesudah=", "/feed/?wilayah=64.02&jenis=berita"),
        ("/wilayah/64.02-kutai-kartanegara/", "/feed/wilayah/64.02/"),
        ("/kim/kim-1/", "/feed/kim/kim-1/"),
        ("/cari/?q=posyandu&bidang=kesehatan", "/feed/cari/?q=posyandu&bidang=kesehatan"),
    ],
)
def test_a_page_with_a_feed_tells_of_it_and_leads_to_it_where_one_follows(client, make_post, places, page, feed):
    make_post("Posyandu")

    html = client.get(page).content.decode()

    head, body = html.split("</head>")
    assert 'rel="alternate" type="application/atom+xml"' in head
    assert f'href="{escape(feed)}"' in head
    following = re.search(r'href="(/ikuti/[^"]*)"', body)
    ways = client.get(unescape(following[1])).text if following else body
    assert f'href="{escape(feed)}"' in ways
    assert titles(client, feed) == ["Posyandu"]


def test_a_post_tells_of_the_feed_of_its_kim(client, make_post):
    assertContains(client.get(make_post().get_absolute_url()), 'href="/feed/kim/kim-1/"')


def test_a_feed_leads_back_to_its_page(client, make_post, places):
    make_post("Posyandu")

    for address in FEEDS:
        (link,) = links(read(client, address), "alternate")
        page = link["href"].removeprefix("http://testserver")
        assert client.get(page).status_code == 200, quote(page)


@pytest.mark.parametrize("address", ["/feed/cari/", "/feed/usulan/", "/feed/informasi/"])
@pytest.mark.parametrize("sign", ["\x0b", "\ufffe", "\uffff"])
def test_a_feed_of_words_that_no_xml_may_hold_can_be_read(client, places, address, sign):
    answer = client.get(address, {"q": f"jalan{sign} rusak"})

    assert answer.status_code == 200
    assert "jalan" in ElementTree.fromstring(answer.content).findtext("{http://www.w3.org/2005/Atom}title")  # noqa: S314


# Narrowed


@pytest.mark.parametrize("page", ["/kegiatan/?kim={}", "/kim/{}/?jenis=berita", "/cari/?q=posyandu&kim={}"])
def test_a_list_of_posts_may_be_that_of_one_kim(client, make_post, make_community, page, django_assert_max_num_queries):
    sana = make_community("KIM Sana")
    make_post("Posyandu sini")
    make_post("Posyandu sana", community=sana)
    client.get("/kegiatan/")

    with django_assert_max_num_queries(20):
        html = client.get(page.format(sana.slug), follow=True).text

    html = html.replace("<mark>", "").replace("</mark>", "")
    assert "Posyandu sana" in html
    assert "Posyandu sini" not in html
    assert "KIM Sana" in html


def test_the_feed_of_a_choice_may_be_that_of_one_kim(client, make_post, make_community, places):
    sana = make_community("KIM Sana")
    make_post("Posyandu sini")
    make_post("Posyandu sana", community=sana)
    make_post("Agenda sana", community=sana, type="agenda", starts_at=datetime(2026, 8, 17, tzinfo=UTC))
    lama = make_community("KIM Lama", status="merged", merged_into=sana)

    assert titles(client, f"/feed/?kim={sana.slug}&jenis=berita") == ["Posyandu sana"]
    assert titles(client, f"/feed/?kim={lama.slug}&jenis=berita") == ["Posyandu sana"]
    assertContains(client.get("/feed/?kim=tidak-ada"), "KIM ini tidak kami temukan", status_code=400)
    for page in ("/kegiatan/?kim=tidak-ada", "/cari/?q=posyandu&kim=tidak-ada"):
        assertContains(client.get(page), "KIM ini tidak kami temukan", count=1)


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("/klarifikasi/?wilayah=64.02&bidang=kesehatan", "/kegiatan/?jenis=klarifikasi&bidang=kesehatan&wilayah=64.02"),
        ("/agenda/?bulan=2026-11&kim=kim-1", "/kegiatan/?jenis=agenda&sejak=2026-11-01&sampai=2026-11-30&kim=kim-1"),
        ("/wilayah/64.02-kutai-kartanegara/?bidang=kesehatan", "/kegiatan/?wilayah=64.02&bidang=kesehatan"),
        ("/wilayah/64.02-kutai-kartanegara/?q=posyandu", "/cari/?wilayah=64.02&q=posyandu"),
        ("/feed/wilayah/64.02/?bidang=kesehatan", "/feed/?wilayah=64.02&bidang=kesehatan"),
        ("/feed/kim/kim-1/?jenis=berita", "/feed/?kim=kim-1&jenis=berita"),
        ("/feed/bidang/kesehatan/?wilayah=64.02", "/feed/?bidang=kesehatan&wilayah=64.02"),
        ("/feed/agenda.ics?wilayah=64.02", "/feed/agenda/64.02.ics"),
        ("/feed/usulan/64.02/?jenis=usulan", "/feed/usulan/?wilayah=64.02&jenis=usulan"),
        ("/feed/informasi/64.02/?bidang=kesehatan", "/feed/informasi/?wilayah=64.02&bidang=kesehatan"),
    ],
)
def test_what_narrows_besides_leads_to_where_it_does(client, make_post, sector, address, elsewhere):
    make_post()

    answer = client.get(address)

    assert (answer.status_code, dict(QueryDict(answer.url.partition("?")[2]).items())) == (
        302,
        dict(QueryDict(elsewhere.partition("?")[2]).items()),
    )
    assert answer.url.partition("?")[0] == elsewhere.partition("?")[0]
    assert client.get(answer.url).status_code == 200


FEEDS_OF_CHOICE = ["/feed/?", "/feed/cari/?q=posyandu&", "/feed/usulan/?", "/feed/informasi/?", "/feed/kim/kim-1/?"]


@pytest.mark.parametrize("feed", [*FEEDS_OF_CHOICE, "/feed/wilayah/64.02/?", "/feed/agenda.ics?"])
def test_a_feed_refuses_in_words_what_it_is_not_narrowed_by_and_what_is_said_twice(client, mekar, sector, feed):
    assertContains(client.get(f"{feed}tingkat=2"), "tidak dapat dipersempit dengan “tingkat”", status_code=400)
    assertContains(client.get(f"{feed}region=64"), "tidak dapat dipersempit dengan “region”", status_code=400)
    twice = client.get(f"{feed}wilayah=64&wilayah=64.02")
    assertContains(twice, "“wilayah” tertulis lebih dari sekali", status_code=400)
    words = client.get("/feed/cari/?q=posyandu&q=banjir")
    assertContains(words, "“q” tertulis lebih dari sekali", status_code=400)
    assert client.get(f"{feed}utm_source=wa", follow=True).status_code == 200


LISTS = [
    "/kegiatan/",
    "/cari/?q=posyandu",
    "/agenda/",
    "/klarifikasi/",
    "/potensi/",
    "/kim/",
    "/usulan/",
    "/informasi/",
]


@pytest.mark.parametrize("page", [*LISTS, "/informasi/", "/bahan/"])
def test_a_list_says_what_it_is_not_narrowed_by(client, make_post, page):
    make_post("Posyandu")
    mark = "&" if "?" in page else "?"

    assertContains(client.get(f"{page}{mark}kelas=maju"), "tidak dapat dipersempit dengan “kelas”")
    assertNotContains(client.get(f"{page}{mark}utm_source=wa"), "dipersempit dengan")


def test_proposals_may_be_those_that_came_through_one_kim(client, make_aspiration, make_community, mekar):
    sana = make_community("KIM Sana")
    make_aspiration(title="Jalan rusak di sini", community=mekar)
    make_aspiration(title="Jalan rusak di sana", community=sana)

    for address in ("/usulan/", "/feed/usulan/"):
        found = client.get(address, {"kim": sana.slug}).text
        assert ("Jalan rusak di sana" in found, "Jalan rusak di sini" in found) == (True, False)
