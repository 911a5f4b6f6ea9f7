"""Around a village: what was posted and proposed there lately, nearest first, without keeping where anybody is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Post
from aspirations.models import Aspiration
from monitoring.nearby import MOST_PLACES, away
from pages.memory import forget_everything
from regions import atlas, boundaries

pytestmark = pytest.mark.django_db
JEMBAYAN = "/peta/sekitar/64.02.02.2003/"


@pytest.fixture(autouse=True)
def no_pack(settings, tmp_path):
    settings.KIM_REFERENCE_DATA = tmp_path


def names(answer):
    return [place["region"].name for place in answer.context["nearby"].places]


def test_places_with_posts_or_public_aspirations_come_nearest_first(client, places, make_post, make_aspiration):
    make_post(title="Rapat kecamatan", place=places["64.02.06"])
    make_post(title="Panen", place=places["64.02.02.2011"])
    make_aspiration(title="Jalan berlubang")

    answer = client.get(JEMBAYAN)

    assert names(answer) == ["Jembayan", "Jembayan Tengah", "Tenggarong"]
    assert answer.text.count("<circle") == 4, "a point for each, and where it is"
    assert "<title>Desa Jembayan: 1 usulan</title>" in answer.text
    assert "Panen" in answer.text
    assert "Jalan berlubang" in answer.text


def test_each_says_where_it_lies_as_far_as_the_centre_does_not(client, places, make_post, monkeypatch):
    monkeypatch.setattr(boundaries, "touching", lambda code: {"64.71"} if code == "64.02" else set())
    for code in ("64.02", "64.02.06", "64.02.02.2003", "64.71", "64.71.01.1001"):
        make_post(place=places[code])

    lines = {place["region"].code: place["facts"] for place in client.get(JEMBAYAN).context["nearby"].places}

    assert lines["64.02.02.2003"] == ["Loa Kulu", "di sini", "1 kegiatan"]
    assert lines["64.71.01.1001"][0] == "Balikpapan Timur, Balikpapan"
    around = {code: [fact for fact in facts if not fact.endswith("km")] for code, facts in lines.items()}
    assert around["64.02"] == around["64.02.06"] == around["64.71"] == ["1 kegiatan"]


def test_what_is_old_hidden_or_far_away_is_not_there(client, places, made, make_post, make_aspiration):
    make_post(published_at=timezone.now() - timedelta(days=91))
    make_post().hide(by=made, reason="other", note="Keliru")
    make_post(place=places["64.71.01.1001"])
    hidden = make_aspiration()
    Aspiration.objects.filter(pk=hidden.pk).update(is_hidden=True)

    answer = client.get(JEMBAYAN)

    assert names(answer) == []
    assert "Belum ada kegiatan atau usulan di sekitar sini" in answer.text


def test_a_regency_that_touches_is_around_too(client, places, make_post, monkeypatch):
    monkeypatch.setattr(boundaries, "touching", lambda code: {"64.71"} if code == "64.02" else set())
    make_post(place=places["64.71.01.1001"])

    assert names(client.get(JEMBAYAN)) == ["Manggar"]


def test_a_place_without_a_point_is_in_the_list_alone(client, places, make_post):
    village = places["64.02.02.2011"]
    village.lat = village.lng = None
    village.save()
    make_post(place=village)

    answer = client.get(JEMBAYAN)

    assert names(answer) == ["Jembayan Tengah"]
    assert answer.context["nearby"].figure is None
    assert not answer.cookies


def test_a_position_leads_to_the_nearest_village_and_is_in_no_address(client, places):
    answer = client.post("/peta/sekitar/", {"lat": "-0.561", "lng": "117.011"})

    assert answer.url == JEMBAYAN


@pytest.mark.parametrize(
    "position",
    [
        {"lat": "", "lng": ""},
        {"lat": "48.2", "lng": "16.3"},
        {"lat": "x", "lng": "1e9"},
        {"lat": "-0.561", "lng": "1_17.011"},
        {"lat": "-0.561", "lng": "\u0661\u0661\u0667.011"},
    ],
)
def test_a_position_elsewhere_is_a_sentence(client, places, position):
    answer = client.post("/peta/sekitar/", position)

    assert answer.status_code == 400
    assert "tidak dapat dicocokkan" in answer.text


def test_the_region_of_the_reader_or_a_name_leads_there(client, places):
    assert client.get("/peta/sekitar/?wilayah=64.02.02.2003").url == JEMBAYAN
    for typed, sentence in (("atlantis", "tidak kami temukan"), ("64", "bukan wilayah yang lebih luas")):
        answer = client.get(f"/peta/sekitar/?wilayah={typed}")
        assert answer.status_code == 400
        assert sentence in answer.text
    assert "errorlist" not in client.get("/peta/sekitar/?wilayah=").text
    client.cookies["wilayah"] = "64.02"
    assert client.get("/peta/sekitar/").url == "/peta/sekitar/64.02/"
    client.cookies["wilayah"] = "64"
    assert client.get("/peta/sekitar/").status_code == 200


def test_a_wish_that_was_merged_is_there_once_and_what_was_recalled_not_at_all(
    client, made, make_post, make_aspiration
):
    Post.objects.filter(pk=make_post("Ditarik").pk).update(is_recalled=True)
    wish, same = make_aspiration(), make_aspiration()
    same.merge_into(wish, by=made, note="")

    (place,) = client.get(JEMBAYAN).context["nearby"].places

    assert place["words"] == "1 usulan"
    assert "yang digabung dihitung sekali" in client.get(JEMBAYAN).text


@pytest.mark.parametrize("code", ["64", "0", "99.99", "entah", "jembayan", "\u0666\u0664.02"])
def test_around_a_province_or_what_is_nowhere_there_is_no_page(client, places, code):
    assert client.get(f"/peta/sekitar/{code}/").status_code == 404


def test_three_places_cost_what_one_does(client, places, make_post):
    def queries():
        forget_everything()
        # As in a process that showed another village of this district.
        atlas.places({places[code].pk for code in ("64", "64.02", "64.02.02")})
        with CaptureQueriesContext(connection) as asked:
            client.get(JEMBAYAN)
        return len(asked)

    make_post(place=places["64.02.02.2011"])
    one = queries()
    make_post(place=places["64.02.06"])
    make_post()

    assert queries() == one <= 8
    assert MOST_PLACES < 100


def test_distances_are_told_as_people_tell_them():
    assert [away(0.4), away(1.4), away(11.6), away(float("inf"))] == ["kurang dari 1 km", "1 km", "12 km", ""]
