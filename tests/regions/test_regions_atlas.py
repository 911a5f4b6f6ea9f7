"""Places that rows lie in are remembered, not joined."""

import time

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db.models import FETCH_RAISE
from django.urls import reverse
from django.utils import translation

from activities.models import Post
from regions import atlas, boundaries
from regions.models import Region

pytestmark = pytest.mark.django_db


def test_the_unknown_places_of_a_list_come_by_one_query(make_post, places, django_assert_num_queries):
    for code in ("64.02.02.2003", "64.02.02.2011", "64.02.06"):
        make_post(place=places[code])

    with django_assert_num_queries(2):
        addresses = {post.place.long_name for post in Post.objects.for_cards()}

    assert len(addresses) == 3


def test_known_places_cost_no_query(make_post, places, django_assert_num_queries):
    make_post()
    assert Post.objects.for_cards().get().place == Post.objects.get().place

    with django_assert_num_queries(1):
        assert Post.objects.for_cards().get().place.regency == places["64.02"]


def test_a_place_is_read_again_after_a_while(make_post, monkeypatch):
    post = make_post()
    assert Post.objects.for_cards().get().place.name == post.place.name
    post.place.name = "Jembayan Baru"
    post.place.save()

    later = time.monotonic() + atlas.LIFETIME + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)

    assert Post.objects.for_cards().get().place.name == "Jembayan Baru"


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_address_is_that_of_the_present_language(make_post, language):
    post = make_post()

    with translation.override(language):
        assert post.get_absolute_url() == reverse("activities:detail", args=[f"{post.pk}-{post.slug}"])
        assert post.place.get_absolute_url() == reverse("region", args=[f"{post.place.code}-{post.place.slug}"])


def test_a_place_is_remembered_without_what_it_is_found_by(places, django_assert_num_queries):
    atlas.surroundings("64.02.02")
    atlas.places({places["64.02.02"].pk})

    with django_assert_num_queries(0):
        region, children, _neighbours = atlas.surroundings("64.02.02")
        here = [region, *children, *atlas.places({places["64.02.02"].pk}).values()]
        assert all(place.long_name and place.get_absolute_url() and place.zone_name for place in here)
        assert region.regency.full_name == "Kabupaten Kutai Kartanegara"
    assert all({"names", "search_name", "search_text"} <= place.get_deferred_fields() for place in here)


def test_the_next_village_of_a_district_asks_for_no_names_of_what_it_lies_in(places, django_assert_num_queries):
    atlas.surroundings("64.02.02.2003")

    with django_assert_num_queries(1) as queries:
        village, _children, neighbours = atlas.surroundings("64.02.02.2011")
        assert village.ancestors == [places["64"], places["64.02"], places["64.02.02"]]
        assert all(beside.district is village.district for beside in neighbours)
    assert "JOIN" not in queries[0]["sql"]


def test_a_village_comes_with_all_that_it_lies_in_by_one_query(places, make_post, django_assert_num_queries):
    with django_assert_num_queries(1):
        village, _children, _neighbours = atlas.surroundings("64.02.02.2003")
        assert village.long_name == "Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"
        assert village.district.regency.province == places["64"]
    with django_assert_num_queries(0):
        assert atlas.places({village.pk}) == {village.pk: village}


def test_a_neighbour_in_another_regency_comes_with_that_by_the_same_query(
    places, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(boundaries, "touching", lambda code: {"64.71.01"})

    with django_assert_num_queries(1):
        _district, _children, [neighbour] = atlas.surroundings("64.02.02")
        assert neighbour.full_name == "Kecamatan Balikpapan Timur"
        assert neighbour.regency == places["64.71"]


def test_no_code_is_none_whatever_lies_around(places):
    assert atlas.surroundings("64.02.02.9999") == (None, [], [])
    assert atlas.surroundings("64.99") == (None, [], [])


def test_a_region_that_was_read_is_one_like_any_other(places):
    read, made = Region.objects.defer("names").get(code="64.02"), places["64.02"]

    assert read == made
    assert not read._state.adding
    assert read.get_deferred_fields() == {"names"}
    assert read.names == made.names  # asked for
    read.name = "Kutai Raya"
    read.save()
    assert Region.objects.get(code="64.02").name == "Kutai Raya"
    with pytest.raises(FieldFetchBlocked):
        Region.objects.fetch_mode(FETCH_RAISE).get(code="64.02").parent  # noqa: B018
    assert Region.objects.raw("SELECT id, code FROM regions_region WHERE code = '64'")[0].name == places["64"].name
