"""Choosing a place: by name, step by step, or by where one stands; and keeping it."""

import pytest
from django.test import Client
from django.urls import reverse

from regions.models import Region

INDEX, SUGGEST, MINE, NEAREST = "/wilayah/", "/wilayah/saran/", "/wilayah-saya/", "/wilayah-saya/terdekat/"
JEMBAYAN = "64.02.02.2003"

BAD_TEXTS = ["\x00", "Bo\x00gor", "a" * 10_000, "%", "'", "٦٤", "..", "<script>alert(1)</script>"]


def text_of(response):
    return response.content.decode()


def test_the_addresses_are_the_agreed_ones():
    names = ["regions:index", "regions:suggest", "regions:mine", "regions:nearest"]
    assert [reverse(name) for name in names] == [INDEX, SUGGEST, MINE, NEAREST]


# Looking for a place


def test_step_by_step_from_indonesia_to_a_village(client, places):
    assert "?di=64" in text_of(client.get(INDEX))
    assert "?di=64.02.02" in text_of(client.get(INDEX, {"di": "64.02"}))
    assert places[JEMBAYAN].get_absolute_url() in text_of(client.get(INDEX, {"di": "64.02.02"}))


def test_a_place_is_found_by_its_misspelt_name(client, places):
    answer = text_of(client.get(INDEX, {"q": "Kutai Kertanegara"}))

    assert f'<a href="{places["64.02"].get_absolute_url()}">Kabupaten Kutai Kartanegara, Kalimantan Timur</a>' in answer


def test_what_is_not_found_gets_advice(client, places):
    assert "Coba nama desa dan kabupatennya" in text_of(client.get(INDEX, {"q": "zzzzqqq"}))


@pytest.mark.parametrize("address", [INDEX, MINE])
@pytest.mark.parametrize("parameter", ["q", "di"])
@pytest.mark.parametrize("text", BAD_TEXTS)
def test_nonsense_gets_a_friendly_page(client, places, address, parameter, text):
    response = client.get(address, {parameter: text})

    assert response.status_code == 200
    assert "Pilih selangkah demi selangkah" in text_of(response)
    assert "<script>alert" not in text_of(response)


def test_before_any_region_is_loaded_the_page_stands(client, db):
    assert client.get(INDEX).status_code == 200


def test_the_page_is_the_same_for_everyone_and_may_be_kept(client, places):
    client.cookies["wilayah"] = JEMBAYAN
    response = client.get(INDEX)

    assert "public" in response["Cache-Control"]
    assert "cookie" not in response.get("Vary", "").lower()
    assert not response.cookies


@pytest.mark.parametrize("params", [{}, {"q": "tenggarong"}, {"di": "64.02.02"}])
def test_looking_costs_few_queries(client, places, django_assert_max_num_queries, params):
    client.get("/tentang/")  # what a process reads once for all its pages
    with django_assert_max_num_queries(10):
        client.get(INDEX, params)


# Suggestions


def test_suggestions_name_the_place_and_its_page(client, places):
    (first, *_) = client.get(SUGGEST, {"q": "jembayan"}).json()

    assert first == {
        "code": JEMBAYAN,
        "name": "Desa Jembayan",
        "label": "Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur",
        "url": places[JEMBAYAN].get_absolute_url(),
    }


def test_suggestions_may_be_kept_by_anyone(client, places):
    response = client.get(SUGGEST, {"q": "jembayan"})

    assert "public" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("text", ["", *BAD_TEXTS])
def test_suggestions_never_fail(client, places, text):
    response = client.get(SUGGEST, {"q": text})

    assert response.status_code == 200
    assert isinstance(response.json(), list)


def test_suggestions_are_only_read(client, db):
    assert client.post(SUGGEST).status_code == 405


# Wilayah saya


def test_without_a_choice_one_chooses(client, places):
    response = client.get(MINE)

    assert response.status_code == 200
    assert "data-locate" in text_of(response)
    assert "no-store" in response["Cache-Control"]


def test_choosing_keeps_nothing_but_the_code(client, places):
    response = client.post(MINE, {"kode": JEMBAYAN})

    assert response["Location"] == f"{places[JEMBAYAN].get_absolute_url()}#wilayah-saya"
    (name, cookie), *others = response.cookies.items()
    assert (name, cookie.value, others) == ("wilayah", JEMBAYAN, [])
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["samesite"] == "Lax"
    assert not cookie["httponly"], "the script of the home page reads it"


def test_once_chosen_one_goes_straight_there(client, places):
    client.cookies["wilayah"] = JEMBAYAN
    response = client.get(MINE)

    assert response.status_code == 302
    assert response["Location"] == places[JEMBAYAN].get_absolute_url()
    assert "no-store" in response["Cache-Control"], "a shared cache must not send others there"


def test_the_choice_may_be_changed(client, places):
    client.cookies["wilayah"] = JEMBAYAN

    assert "Pilihan Anda sekarang" in text_of(client.get(MINE, {"ganti": "1"}))


@pytest.mark.parametrize("value", ["", "99.99", "bukan-kode", "jembayan", "x" * 3_000, "64.02.02.2003; Path=/"])
def test_a_cookie_that_says_nothing_is_no_choice(client, places, value):
    client.cookies["wilayah"] = value

    response = client.get(MINE)
    assert response.status_code == 200
    assert "Pilihan Anda sekarang" not in text_of(response)


def test_each_candidate_is_a_button_that_chooses_it(client, places):
    answer = text_of(client.get(MINE, {"q": "jembayan"}))

    assert f'name="kode" value="{JEMBAYAN}"' in answer


@pytest.mark.parametrize("code", ["", "99.99", "zzzzqqq", "\x00", "a" * 10_000])
def test_choosing_what_does_not_exist_keeps_nothing(client, places, code):
    response = client.post(MINE, {"kode": code})

    assert response.status_code == 200
    assert "wilayah" not in response.cookies
    assert 'role="alert"' in text_of(response)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}],
)  # fmt: skip
def test_another_site_cannot_choose_for_me(client, places, headers):
    response = client.post(MINE, {"kode": JEMBAYAN}, headers=headers)

    assert response.status_code == 403
    assert "Pilih wilayah Anda di sini." in text_of(response)
    assert "wilayah" not in response.cookies


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}])
def test_the_page_of_a_region_makes_it_mine_with_one_button_and_is_the_same_for_everyone(places, headers):
    client = Client(enforce_csrf_checks=True)
    page = client.get(places[JEMBAYAN].get_absolute_url())
    assert f'name="kode" value="{JEMBAYAN}"' in text_of(page)
    assert not page.cookies

    chosen = client.post(MINE, {"kode": JEMBAYAN}, headers=headers)

    assert chosen.cookies["wilayah"].value == JEMBAYAN
    assert client.get(chosen["Location"]).content == page.content


def test_the_country_is_nobodys_own_region(client, places):
    assert 'name="kode"' not in text_of(client.get(places["0"].get_absolute_url()))


# By position


def test_the_nearest_villages_are_offered_and_the_position_is_not_kept(client, places):
    response = client.post(NEAREST, {"lat": "-0.561", "lng": "117.011"})

    answer = text_of(response)
    assert answer.index(f'value="{JEMBAYAN}"') < answer.index('value="64.02.02.2011"')
    assert "117.011" not in answer
    assert "wilayah" not in response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "position",
    [
        {},
        {"lat": "x", "lng": "y"},
        {"lat": "nan", "lng": "117"},
        {"lat": "1e400", "lng": "0"},
        {"lat": "51", "lng": "0"},
    ],
)
def test_a_position_that_says_nothing_gets_a_friendly_page(client, places, position):
    response = client.post(NEAREST, position)

    assert response.status_code == 200
    assert "tidak dapat dicocokkan" in text_of(response)


def test_the_address_of_the_answer_leads_back_to_choosing(client, db):
    assert client.get(NEAREST)["Location"] == MINE


def test_every_region_has_a_page_of_its_own(places):
    assert Region.objects.get(code="64.02").get_absolute_url() == "/wilayah/64.02-kutai-kartanegara/"


# A region that ended


def test_a_region_that_ended_without_a_successor_keeps_what_was_written_there(client, places, make_post):
    post = make_post()
    Region.objects.filter(pk=places[JEMBAYAN].pk).update(retired_on="2026-01-01")

    page = client.get(places[JEMBAYAN].get_absolute_url())

    assert page.status_code == 200
    assert "tidak lagi menjadi wilayah tersendiri sejak 1 Januari 2026" in text_of(page)
    assert post.title in text_of(page)
    assert places["64.02.02"].get_absolute_url() in text_of(page)
    assert client.get(f"/wilayah/{JEMBAYAN}-lama/").url == places[JEMBAYAN].get_absolute_url()
