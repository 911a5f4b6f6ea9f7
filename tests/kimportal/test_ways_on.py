"""No page is a dead end: what went wrong, what is not there, and a search that finds nothing lead on."""

import re
from datetime import UTC, datetime

import pytest
from django.shortcuts import render

from communities.models import Community

pytestmark = pytest.mark.django_db

WRONG = ["400", "403", "403_csrf", "404", "405", "413", "429", "500", "503", "unavailable", "taken_back"]


@pytest.mark.parametrize("name", [*WRONG, "kimportal/offline"])
def test_what_went_wrong_leads_on(rf, name):
    request = rf.get("/")
    request.resolver_match = None

    page = render(request, f"{name}.html").content.decode()

    main = page.partition("<main")[2].partition("</main>")[0]
    links = set(re.findall(r'(?:href|action)="([^"#]*)"', main))
    assert "/" in links
    assert links & {"/wilayah-saya/", "/tersimpan/"}
    assert '<meta name="viewport"' in page


def test_whoever_handed_a_kim_in_reads_by_when_there_is_an_answer(client, mekar, siti):
    Community.objects.update(status="submitted", number=None, submitted_at=datetime(2026, 8, 3, 2, tzinfo=UTC))
    client.force_login(siti)

    assert "paling lambat 17 Agustus 2026" in client.get(mekar.room_path).text


def test_a_newcomer_is_led_to_the_nearest_kim_and_to_the_own_village(client, joko):
    client.force_login(joko)

    page = client.get("/ruang/").text

    assert "KIM terdekat" in page
    assert "Ikuti kabar desa saya" in page


def test_in_english_they_lead_on_in_english(client):
    page = client.get("/en/tidak-ada/").text

    main = page.partition("<main")[2].partition("</main>")[0]
    assert 'href="/en/wilayah-saya/"' in main
    assert 'action="/en/cari/"' in main


def test_a_search_that_finds_nothing_says_what_one_can_do(client, places, make_post):
    make_post()

    page = client.get("/cari/?q=jembatan gantung").text

    assert "Belum ada yang menulis tentang ini" in page
    main = page.partition("<main")[2].partition("</main>")[0]
    for path in ("/usulan/kirim/", "/usulan/kirim/?jenis=permintaan", "/ruang/kim/daftar/", "/wilayah/"):
        assert f'href="{path}' in main


def test_a_search_for_a_place_without_news_leads_there_proposes_and_founds_there(client, places):
    page = client.get("/cari/?q=jembayan").text

    box = page.partition('<section class="box"')[2]
    assert 'class="button" href="/wilayah/64.02.02.2003-jembayan/"' in box
    assert "Kabar dari Desa Jembayan" in box
    assert "Mungkin yang Anda cari ada di atas" not in box
    assert re.search(r'href="/usulan/kirim/\?wilayah=64\.02\.02\.2003"', page)
    assert 'href="/ruang/kim/daftar/?wilayah=64.02.02.2003"' in page


def test_a_search_that_finds_something_offers_nothing_else(client, make_post):
    make_post()

    assert "Belum ada yang menulis tentang ini" not in client.get("/cari/?q=posyandu").text


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        *[(word, "/klarifikasi/") for word in ("hoaks", "Hoax", "klarifikasi", "cek fakta")],
        ("agenda", "/agenda/"),
        ("usulan ", "/usulan/"),
        ("potensi", "/potensi/"),
        ("informasi", "/informasi/"),
    ],
)
def test_the_name_of_a_section_leads_to_it_above_what_is_found(client, places, typed, path):
    def offered(**params):
        return re.search(r'href="([^"]+)">\s+Buka halaman', client.get("/cari/", params).text)

    assert offered(q=typed)[1] == path
    assert offered(q=typed, wilayah="64.02")[1] == f"{path}?wilayah=64.02"
    assert offered(q=f"{typed} banjir") is None
