"""The English site: the address alone says the language, and every page has its twin."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains
from spoken import Words

from activities.templatetags.cards import post_count
from communities.models import PartnerKind, Sector
from pages import freshness
from regions.models import Region
from regions.templatetags.places import place_date, place_time, thousands


@pytest.fixture
def post(make_post):
    return make_post(title="Balita ditimbang", summary="Ringkas saja.", body="Isinya.")


@pytest.fixture
def addresses(post, places):
    """The Indonesian address of each kind of public page."""
    pages = [place.get_absolute_url() for place in places.values()]
    names = ["home", "search", "activities:list", "communities:list", "regions:index", "regions:mine"]
    names += ["about", "privacy", "accessibility", "account_login", "account_signup", "account_reset_password"]
    pages += [post.get_absolute_url(), post.community.get_absolute_url(), *map(reverse, names)]
    pages += ["/agenda/", "/agenda/?bulan=2026-11&wilayah=64.02", "/kegiatan/?jenis=agenda&lewat=1"]
    return [*pages, "/cari/?q=balita", "/cari/?q=kutai", "/kim/?peta=1", "/wilayah/?q=jembayan", "/kegiatan/?bidang=x"]


def test_every_page_has_an_english_twin_without_a_word_of_indonesian(client, addresses):
    for address in addresses:
        page = client.get(f"/en{address}")
        words = Words(page.text)

        assert (page.status_code, words.lang) == (200, "en"), address
        assert len(words.said) > 30, address
        assert words.indonesian == set(), address


def test_the_words_of_the_layout_are_found_on_indonesian_pages(client, addresses):
    assert Words(client.get("/").text).indonesian >= {"kegiatan", "wilayah", "tentang", "bidang"}


@pytest.mark.parametrize("address", ["/tentang/", "/en/tentang/", "/akun/login/", "/en/akun/login/"])
def test_the_address_alone_says_the_language(client, db, address):
    plain = client.get(address)
    client.cookies.load({"django_language": "en", "language": "en"})
    others = [client.get(address, headers={"Accept-Language": language}) for language in ("en", "id", "fr;q=1", "")]

    for page in others:
        assert Words(page.text).lang == Words(plain.text).lang == ("en" if address.startswith("/en/") else "id")
        assert "accept-language" not in page.get("Vary", "").lower()
        assert "django_language" not in page.cookies


@pytest.mark.parametrize("address", ["/en/feed/", "/en/petugas/", "/en/healthz", "/en/sitemap.xml", "/id/", "/en/en/"])
def test_what_has_no_language_has_one_address(client, db, address):
    assert client.get(address).status_code == 404


def test_the_front_page_is_found_without_its_slash(client, db):
    assert client.get("/en", follow=True).redirect_chain == [("/en/", 301)]


def test_the_footer_leads_to_the_same_page_in_the_other_language(client, post):
    address = f"/kegiatan/?wilayah=64.02&bidang={post.sector.slug}"

    there, back = f"/en{address}".replace("&", "&amp;"), address.replace("&", "&amp;")
    assertContains(client.get(address), f'href="{there}" lang="en" hreflang="en">English</a>')
    assertContains(client.get(f"/en{address}"), f'href="{back}" lang="id" hreflang="id">Bahasa Indonesia</a>')


def test_a_page_that_does_not_exist_leads_to_the_other_front_page(client, db):
    assertContains(client.get("/tidak-ada/"), 'href="/en/" lang="en"', status_code=404)
    assertContains(client.get("/en/tidak-ada/"), 'href="/" lang="id"', status_code=404)
    assertNotContains(client.get("/tidak-ada/"), 'rel="alternate" hreflang', status_code=404)


def test_the_versions_of_a_page_name_each_other_and_each_its_own_address(client, addresses, settings):
    for address in addresses:
        path = address.partition("?")[0]
        indonesian, english = client.get(address).text, client.get(f"/en{address}").text
        versions = [
            f'<link rel="alternate" hreflang="{language}" href="{settings.SITE_URL}{prefix}{path}">'
            for language, prefix in (("id", ""), ("en", "/en"), ("x-default", ""))
        ]
        assert all(version in indonesian and version in english for version in versions), address
        assert f'<link rel="canonical" href="{settings.SITE_URL}{path}">' in indonesian
        assert f'<link rel="canonical" href="{settings.SITE_URL}/en{path}">' in english


def test_links_of_an_english_page_stay_english_but_for_pictures_and_feeds(client, post):
    page = client.get("/en/kegiatan/").text
    links = set(re.findall(r'(?:href|src|action|data-\w+)="(/[^"]*)"', page))
    links -= {link for link in links if link.startswith(("/static/", "/sampul/", "/foto/", "/feed/"))}
    links -= {"/manifest.webmanifest", "/sw.js"}

    assert links - {"/kegiatan/"} == {link for link in links if link.startswith("/en/")}


def test_scripts_ask_in_the_language_of_their_page(client, places):
    assertContains(client.get("/en/"), 'data-my-region="/en/wilayah-saya/berita/0/"')
    assertContains(client.get("/en/wilayah/"), 'data-suggest="/en/wilayah/saran/"')

    assert client.get("/en/wilayah/saran/?q=jembayan").json()[0]["label"].startswith("Jembayan Village, Loa Kulu")
    assertContains(client.get("/en/wilayah-saya/berita/64.02/"), "News from Kutai Kartanegara Regency")


def test_a_place_is_found_by_the_name_that_an_english_page_offers(places):
    for code in ("64", "64.02", "64.02.02", "64.71", "64.02.02.2003", "64.71.01.1001"):
        with translation.override("en"):
            name = places[code].full_name
        assert Region.objects.find(name)[0] == places[code], name


def test_what_a_kim_wrote_is_marked_as_indonesian(client, post):
    page = client.get(f"/en{post.get_absolute_url()}")

    assertContains(page, '<h1 lang="id">Balita ditimbang</h1>', html=True)
    assertContains(page, '<p class="lede" lang="id">Ringkas saja.</p>', html=True)
    assertContains(page, '"inLanguage": "id"')


@pytest.mark.parametrize("first", ["", "/en"])
def test_kept_copies_of_the_languages_stay_apart(client, settings, post, places, first):
    settings.PAGE_STORE = settings.CARD_STORE = True
    pages = ["/", "/kegiatan/", places["64.02"].get_absolute_url(), post.get_absolute_url(), "/kim/?peta=1"]
    second = "" if first else "/en"

    for address in pages * 2:
        for prefix in (first, second):
            page = client.get(f"{prefix}{address}")
            words = Words(page.text)
            assert words.lang == ("en" if prefix else "id")
            assert bool(words.indonesian) == (not prefix), (prefix + address, words.indonesian)


def test_what_is_published_shows_at_once_in_both_languages(client, settings, monkeypatch, make_post):
    settings.PAGE_STORE = settings.CARD_STORE = True
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())
    for address in ("/kegiatan/", "/en/kegiatan/"):
        client.get(address)

    make_post(title="Balita ditimbang")

    for address in ("/kegiatan/", "/en/kegiatan/"):
        assertContains(client.get(address), "Balita ditimbang")


def test_signing_in_from_an_english_page_stays_english(client, siti):
    answer = client.get("/en/ruang/")
    assert answer.url == "/en/akun/login/?next=/en/ruang/"

    client.force_login(siti)
    assertContains(client.get("/en/ruang/"), "<h1>My room</h1>")


@pytest.mark.parametrize(
    ("code", "indonesian", "english"),
    [
        ("0", "Indonesia", "Indonesia"),
        ("64", "Provinsi Kalimantan Timur", "Kalimantan Timur Province"),
        ("64.02", "Kabupaten Kutai Kartanegara", "Kutai Kartanegara Regency"),
        ("64.71", "Kota Balikpapan", "Balikpapan City"),
        ("64.02.02", "Kecamatan Loa Kulu", "Loa Kulu District"),
        ("64.02.02.2003", "Desa Jembayan", "Jembayan Village"),
        ("64.71.01.1001", "Kelurahan Manggar", "Manggar Urban Village"),
    ],
)
def test_a_place_is_named_with_its_kind_in_either_language(places, code, indonesian, english):
    assert places[code].full_name == indonesian
    with translation.override("en"):
        assert places[code].full_name == english


def test_an_english_reader_is_told_the_kind_and_not_the_local_term():
    nagari = Region(level=4, kind="desa", local_term="nagari", name="Koto Gadang")

    assert nagari.full_name == "Nagari Koto Gadang"
    with translation.override("en"):
        assert nagari.full_name == "Koto Gadang Village"


def test_dates_and_numbers_are_written_as_the_reader_does(make_post, places):
    moment = make_post(published_at="2026-08-17T06:05Z")
    moment.refresh_from_db()
    shown = [(place_date, "17 Agustus 2026", "17 August 2026")]
    shown += [(place_time, "17 Agustus 2026 pukul 14.05 WITA", "17 August 2026, 14:05 WITA")]

    for write, indonesian, english in shown:
        assert write(moment.published_at, moment.place) == indonesian
        with translation.override("en"):
            assert write(moment.published_at, moment.place) == english
    assert (thousands(91599), post_count(1)) == ("91.599", "1 kegiatan")
    with translation.override("en"):
        assert (thousands(91599), post_count(1), post_count(1234)) == ("91,599", "1 post", "1,234 posts")


def test_the_fields_and_kinds_that_every_portal_starts_with_are_translated(db):
    for row in [*Sector.objects.all(), *PartnerKind.objects.all()]:
        with translation.override("en"):
            assert str(row) != row.name
        assert str(row) == row.name


def test_a_field_that_an_officer_adds_keeps_its_words():
    with translation.override("en"):
        assert str(Sector(name="Pangan lokal")) == "Pangan lokal"
