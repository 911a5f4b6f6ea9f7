"""Screens that nobody loads anew: what stands there, which post is shown in turn, and that nothing leads away."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.memory import forget_everything

pytestmark = pytest.mark.django_db


def test_a_wall_shows_numbers_the_map_and_the_newest_posts(client, mekar, make_post, make_aspiration):
    make_post("Panen raya")
    make_aspiration()

    answer = client.get("/layar/64.02/")

    numbers = {word: number for word, _label, number in answer.context["screen"].numbers}
    assert numbers == {"kim": 1, "kim-aktif": 0, "kegiatan-30": 1, "usulan-terbuka": 1}
    assert "Panen raya" in answer.text
    assert 'class="map"' in answer.text
    assert "Data per " in answer.text
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


def test_where_nothing_is_drawn_the_posts_have_all_the_room(client, mekar, make_post):
    make_post()

    assert '<body class="wall"' in client.get("/layar/64.02/").text
    assert '<body class="wall wall--mapless"' in client.get("/layar/64.02.02.2003/").text


def test_without_a_script_the_posts_take_turns(client, make_post):
    for number in range(3):
        make_post(f"Kabar {number}")

    def shown(turn):
        answer = client.get(f"/layar/64.02/?ke={turn}")
        assert f"/layar/64.02/?ke={(turn + 1) % 3}" in answer.text
        return re.findall(r"data-turn>.*?<h3><a [^>]*>([^<]*)</a>", answer.text, re.DOTALL)

    assert [shown(turn) for turn in range(3)] == [["Kabar 0"], ["Kabar 1"], ["Kabar 2"]]


def test_a_turn_beyond_the_posts_shows_one_all_the_same(client, make_post):
    make_post("Kabar")

    for turn in ("7", "99999999999", "x", "-1", "²"):
        answer = client.get("/layar/64.02/", {"ke": turn})
        assert answer.status_code == 200
        assert len(re.findall(r"data-turn>", answer.text)) == 1


def test_a_hall_shows_posts_events_and_the_code_of_its_page(client, make_post):
    make_post("Posyandu")
    make_post("Rapat RT", type="agenda", starts_at=timezone.now() + timedelta(days=1), venue="Balai")

    answer = client.get("/layar/64.02.02.2003/balai/")

    assert answer.context["screen"].page_url.endswith("/wilayah/64.02.02.2003-jembayan/")
    assert "<svg" in answer.text
    for words in ("Posyandu", "Rapat RT", "Balai"):
        assert words in answer.text


@pytest.mark.parametrize("path", ["/layar/64.02/", "/layar/64.02.02.2003/balai/"])
def test_no_link_of_a_screen_leaves_the_portal(client, make_post, path, settings):
    make_post()

    links = re.findall(r'<(?:a|form|iframe)[^>]* (?:href|action|src)="([^"]+)"', client.get(path).text)

    assert links
    assert all(link.startswith(("/", "#", "?")) and not link.startswith("//") for link in links)


@pytest.mark.parametrize("path", ["/layar/99/", "/layar/entah/", "/layar/99/balai/"])
def test_where_there_is_no_region_there_is_no_screen(client, places, path):
    assert client.get(path).status_code == 404


def test_an_empty_region_has_a_screen_too(client, places):
    for path in ("/layar/64.71.01.1001/", "/layar/64.71.01.1001/balai/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Belum ada kegiatan di sini." in answer.text


@pytest.mark.parametrize("path", ["/layar/64.02/", "/layar/64.02/balai/"])
def test_three_posts_cost_what_one_does(client, make_post, path):
    def queries():
        forget_everything()
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    make_post()
    one = queries()
    make_post()
    make_post()

    assert queries() == one <= 16
