"""What is asked twice and differently, of a list, a file, a program or the desk, is answered by neither, in words."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

SENTENCE = "“{}” tertulis lebih dari sekali dengan isi yang berbeda. Tulis satu saja."
POSTS = ["/kegiatan/", "/cari/?q=posyandu", "/klarifikasi/", "/potensi/", "/agenda/"]
LISTS = [*POSTS, "/kim/", "/usulan/", "/informasi/", "/bahan/"]


def asked(path, query):
    return f"{path}{'&' if '?' in path else '?'}{query}"


@pytest.mark.parametrize("path", LISTS)
def test_a_list_says_that_a_region_is_asked_twice_and_shows_neither(client, mekar, make_post, path):
    make_post("Posyandu Mekar buka lagi")

    page = client.get(asked(path, "wilayah=64&wilayah=64.02"))

    assert SENTENCE.format("wilayah") in page.text
    assert "Posyandu Mekar buka lagi" not in page.text
    assert "KIM Mekar" not in page.text


@pytest.mark.parametrize(
    "query",
    [
        "bidang=kesehatan&bidang=pariwisata",
        "jenis=agenda&jenis=potensi",
        "kim=kim-1&kim=kim-2",
        "sejak=&sejak=2026-08-17",
    ],
)
def test_so_does_it_of_whatever_narrows_it(client, make_post, query):
    make_post("Posyandu buka lagi")
    name = query.partition("=")[0]

    for path in ("/kegiatan/", "/cari/?q=posyandu"):
        page = client.get(asked(path, query))
        assert SENTENCE.format(name) in page.text
        assert "Posyandu buka lagi" not in page.text


def test_what_is_asked_twice_alike_is_asked_once(client, make_post):
    make_post("Posyandu buka lagi")

    assert "Posyandu buka lagi" in client.get("/kegiatan/?wilayah=64.02&wilayah=64.02").text


@pytest.mark.parametrize("query", ["wilayah=Kutai&wilayah=64.02", "wilayah=&wilayah=64.02"])
def test_a_region_chosen_below_what_was_typed_is_the_one_that_is_meant(client, make_post, query):
    make_post("Posyandu buka lagi")

    for path in ("/kegiatan/", "/feed/"):
        page = client.get(asked(path, query))
        assert page.status_code == 200
        assert "Posyandu buka lagi" in page.text


@pytest.mark.parametrize("query", ["wilayah=64.02&wilayah=Kutai", "wilayah=A&wilayah=Kutai", "wilayah=64&wilayah="])
def test_of_two_others_nobody_knows_which(client, mekar, query):
    assert SENTENCE.format("wilayah") in client.get(asked("/kim/", query)).text


def test_words_asked_twice_are_looked_for_neither_on_the_page_nor_in_the_box(client, make_post):
    make_post("Posyandu buka lagi")

    assert SENTENCE.format("q") in client.get("/cari/?q=posyandu&q=banjir").text
    assert client.get("/cari/saran/?q=kutai&q=bontang").json() == []


@pytest.mark.parametrize(
    ("path", "months"),
    [
        ("/agenda/", "bulan=2026-12&bulan=2026-11"),
        ("/agenda/?wilayah=64.02", "bulan=2026-11&bulan="),
        ("/agenda/", "bulan=2026-11&bulan=kapan"),
        ("/agenda/?bidang=kesehatan", "bulan=2026-12&bulan=2026-11"),
    ],
)
def test_of_two_months_the_agenda_shows_neither(client, places, make_post, path, months):
    make_post("Rapat desa", type="agenda", starts_at="2026-11-30T01:00Z", venue="Balai desa")
    assert "Rapat desa" in client.get("/agenda/?bulan=2026-11&bulan=2026-11").text

    page = client.get(asked(path, months))

    assert page.status_code == 200
    assert SENTENCE.format("bulan") in page.text
    assert "Rapat desa" not in page.text


def test_of_two_codes_none_is_followed(client, make_aspiration):
    code = make_aspiration().code

    page = client.get(f"/usulan/lacak/?kode=ASP-2026-999999&kode={code}")

    assert page.context["form"].errors == {"kode": [SENTENCE.format("kode")]}
    assert client.get(f"/usulan/lacak/?kode={code}&kode={code}").status_code == 302


@pytest.mark.parametrize("query", ["wilayah=64.02&wilayah=64", "wilayah=64.02&wilayah=", "wilayah=64.02&wilayah=Antah"])
def test_what_is_wrong_with_the_second_place_is_not_said(client, places, query):
    page = client.get(f"/peta/sekitar/?{query}")

    assert page.context["form"].errors == {"wilayah": [SENTENCE.format("wilayah")]}


@pytest.mark.parametrize("path", ["/wilayah/64.02-kutai-kartanegara/", "/agenda/", "/kim/kim-1/"])
def test_the_list_that_one_is_led_to_says_so_too(client, mekar, path):
    page = client.get(asked(path, "bidang=kesehatan&bidang=pariwisata"), follow=True)

    assert SENTENCE.format("bidang") in page.text


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/statistik/?bidang=kesehatan&bidang=pariwisata", "bidang"),
        ("/peta/?bidang=kesehatan&bidang=pariwisata", "bidang"),
        ("/peta/sekitar/?wilayah=64.02&wilayah=64.71", "wilayah"),
        ("/wilayah-saya/?di=64&di=64.02", "di"),
        ("/ikuti/?wilayah=64&wilayah=64.02", "wilayah"),
        ("/sematkan/?wilayah=64&wilayah=64.02", "wilayah"),
        ("/sematkan/wilayah/64.02/?jumlah=2&jumlah=3", "jumlah"),
    ],
)
def test_so_do_pages_of_numbers_of_a_place_and_of_what_is_followed(client, sector, places, path, name):
    assert SENTENCE.format(name) in client.get(path).text


def test_a_list_of_the_desk_is_narrowed_by_neither_and_says_so(desk, mekar):
    list_of_kim = reverse("admin:communities_community_changelist")

    page = desk.get(f"{list_of_kim}?wilayah=64.02&wilayah=64.02.06&q=mekar", follow=True)

    assert page.redirect_chain == [(f"{list_of_kim}?q=mekar", 302)]
    assert SENTENCE.format("wilayah") in page.text


def test_its_file_is_no_file_of_either(desk, mekar):
    list_of_kim = reverse("admin:communities_community_changelist")

    answer = desk.post(f"{list_of_kim}ekspor/csv/?wilayah=64.02&wilayah=64.02.06", follow=True)

    assert answer.redirect_chain[-1] == (f"{list_of_kim}?", 302)
    assert SENTENCE.format("wilayah") in answer.text


def test_the_report_of_two_regions_is_none(desk, places):
    report = reverse("admin:communities_community_region_report")

    assert desk.get(f"{report}?wilayah=64.02&wilayah=64.02.06").status_code == 404
