"""A place is found however it is typed, and every old address still leads somewhere."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regions.editions import BUNDLED, Edition
from regions.loading import load
from regions.models import Region, RegionSuccession

# Enough of Indonesia to be mistaken in: everything under these, with all they lie in.
HERE = [
    "12.12",
    "31.74",
    "32.01",
    "32.71",
    "32.06.36",
    "32.04.17",
    "64.02",
    "64.72",
    "34.04",
    "72.04",
    "53.02.01",
    "33.28.01",
]


@pytest.fixture(scope="module")
def _edition(tmp_path_factory):
    with gzip.open(BUNDLED, "rt", encoding="utf-8") as file:
        header, *lines = file
    ancestors = {here[:length] for here in HERE for length in (2, 5)}
    wanted = [line for line in lines if line.startswith(tuple(HERE)) or line.partition(",")[0] in ancestors]
    folder = tmp_path_factory.mktemp("edisi")
    path = folder / "edisi.csv"
    path.write_text("".join([header, *wanted]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def _regions(_edition, django_db_setup, django_db_blocker):
    """Loaded once for the module, inside a transaction that is rolled back at its end."""
    from django.conf import settings
    from django.db import transaction

    pack, settings.KIM_REFERENCE_DATA = settings.KIM_REFERENCE_DATA, _edition.parent / "pack"
    with django_db_blocker.unblock(), transaction.atomic():
        load(Edition.read(_edition))
        yield
        transaction.set_rollback(True)
    settings.KIM_REFERENCE_DATA = pack


@pytest.fixture
def regions(_regions, django_db_blocker):
    with django_db_blocker.unblock():
        yield Region.objects


def best(regions, text):
    return regions.find(text)[0].long_name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kutai Kertanegara", "Kabupaten Kutai Kartanegara, Kalimantan Timur"),
        ("kukar", "Kabupaten Kutai Kartanegara, Kalimantan Timur"),
        ("tenggarong kukar", "Kecamatan Tenggarong, Kutai Kartanegara, Kalimantan Timur"),
        ("Tenggarong, Kukar", "Kecamatan Tenggarong, Kutai Kartanegara, Kalimantan Timur"),
        ("kec. tenggarong kab. kukar", "Kecamatan Tenggarong, Kutai Kartanegara, Kalimantan Timur"),
        ("loa kulu kota", "Desa Loa Kulu Kota, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"),
        ("loa kulu", "Kecamatan Loa Kulu, Kutai Kartanegara, Kalimantan Timur"),
        ("jembayan loakulu", "Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"),
        ("jakarta selatan", "Kota Administrasi Jakarta Selatan, Daerah Khusus Ibukota Jakarta"),
        ("JAKSEL", "Kota Administrasi Jakarta Selatan, Daerah Khusus Ibukota Jakarta"),
        ("samrinda", "Kota Samarinda, Kalimantan Timur"),
        ("tolitoli", "Kabupaten Toli-Toli, Sulawesi Tengah"),
        ("kaltim", "Provinsi Kalimantan Timur"),
        ("Tenggarong Seberang", "Kecamatan Tenggarong Seberang, Kutai Kartanegara, Kalimantan Timur"),
        ("64.02", "Kabupaten Kutai Kartanegara, Kalimantan Timur"),
        ("6402022003", "Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"),
    ],
)
def test_what_is_meant_comes_first(regions, typed, meant):
    assert best(regions, typed) == meant


@pytest.mark.parametrize(
    "address",
    [
        "Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur",
        "Desa Jembayan Tengah, Loa Kulu, Kutai Kartanegara, Kalimantan Timur",
        "Kecamatan Tenggarong, Kutai Kartanegara, Kalimantan Timur",
        "Kapanewon Depok, Sleman, Daerah Istimewa Yogyakarta",
        "Kota Bogor, Jawa Barat",
        "Kabupaten Bogor, Jawa Barat",
        "Daerah Istimewa Yogyakarta",
    ],
)
def test_an_address_as_we_write_it_finds_its_place(regions, address):
    assert best(regions, address) == address


def test_an_address_the_wrong_way_round_is_still_found(regions):
    assert best(regions, "Kukar, Loa Kulu, Jembayan Tengah").startswith("Desa Jembayan Tengah")


def test_one_word_for_two(regions):
    assert {region.name for region in regions.find("Pasir Huni")[:2]} == {"Pasirhuni"}


def test_regency_and_city_of_one_name_come_before_their_districts(regions):
    assert {region.kind for region in regions.find("Bogor")[:2]} == {"kabupaten", "kota"}
    assert regions.find("kota bogor")[0].kind == "kota"
    assert regions.find("kab bogor")[0].kind == "kabupaten"


@pytest.mark.parametrize("find", ["find", "named"])
@pytest.mark.parametrize("typed", ["jembayn", "desa jembayn"])
def test_of_names_that_are_as_much_alike_that_with_fewer_other_letters_comes_first(regions, find, typed):
    first, second = getattr(regions, find)(typed)[:2]

    assert [first.name, second.name] == ["Jembayan", "Jembayat"]


def test_two_letters_already_offer_names_that_begin_so(regions):
    assert regions.find("sa")[0].full_name == "Kota Samarinda"


def test_a_postal_code_finds_its_villages(regions):
    village = regions.get(code="64.02.02.2003")
    village.postal_code = "75571"
    village.save()

    assert regions.find("75571") == [village]


def test_a_retired_place_is_not_offered(regions):
    regions.filter(code="64.02.02.2003").update(retired_on="2026-01-01")
    try:
        assert "Jembayan" not in [region.name for region in regions.find("jembayan")]
    finally:
        regions.filter(code="64.02.02.2003").update(retired_on=None)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\x00",
        "Bo\x00gor",
        "%",
        "_",
        "'",
        '"',
        "\\",
        "x' OR 1=1 --",
        "a" * 10_000,
        "kota " * 2_000,
        "99.99",
        "0",
    ],
)
def test_nothing_that_is_typed_breaks_the_search(regions, typed):
    assert isinstance(regions.find(typed), list)


@given(st.text(max_size=200))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_text_gets_an_answer(regions, text):
    assert len(regions.find(text, limit=3)) <= 3


def test_finding_names_its_places_without_further_queries(regions, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        assert len([region.long_name for region in regions.find("tenggarong kukar")]) > 1


@pytest.mark.parametrize("find", ["find", "named"])
def test_nothing_is_joined_to_what_is_only_compared(regions, find):
    with CaptureQueriesContext(connection) as queries:
        assert getattr(Region.objects, find)("tengarong")

    compared = [query["sql"] for query in queries if "SIMILARITY" in query["sql"]]
    assert compared
    assert not [sql for sql in compared if "JOIN" in sql]


@pytest.mark.parametrize("find", ["find", "named"])
def test_words_of_two_letters_are_not_compared_for_what_they_are_like(regions, find):
    with CaptureQueriesContext(connection) as queries:
        assert isinstance(getattr(Region.objects, find)("a b ru"), list)

    assert not [query["sql"] for query in queries if "SIMILARITY" in query["sql"]]


def test_what_a_name_is_like_is_remembered_and_each_asks_for_a_copy_of_its_own(regions, django_assert_num_queries):
    first = Region.objects.named("tengarong")

    with django_assert_num_queries(0):
        again = Region.objects.named("tengarong")
    assert [(place, place.closeness) for place in again] == [(place, place.closeness) for place in first]
    assert again[0] is not first[0]


# Addresses


def test_the_code_decides_and_the_slug_may_be_wrong(regions):
    kukar = regions.get(code="64.02")

    assert regions.resolve("64.02-kutai-kartanegara") == (kukar, True)
    assert regions.resolve("64.02-kutai-kertanegara") == (kukar, False)
    assert regions.resolve("64.02") == (kukar, False)
    assert regions.resolve("0-indonesia") == (regions.get(level=0), True)


def test_a_former_code_leads_to_its_successor(regions):
    kukar = regions.get(code="64.02")
    RegionSuccession.objects.create(former_code="64.05", former_name="Kutai", successor=kukar)

    assert regions.resolve("64.05-kutai") == (kukar, False)


def test_a_code_that_was_given_up_for_nothing_still_shows_the_place_it_was(regions):
    village = regions.get(code="64.02.02.2004")
    regions.filter(pk=village.pk).update(retired_on="2026-01-01")
    try:
        assert regions.resolve("64.02.02.2004-loa-kulu-kota") == (village, True)
    finally:
        regions.filter(pk=village.pk).update(retired_on=None)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "-",
        "99",
        "64.2",
        "64.02.",
        "6402",
        "64\x00",
        "64.02-\x00"[:5] + "x",
        "٦٤",
        "1" * 10_000,
        "64.02.02.20033",
    ],
)
def test_a_malformed_or_unknown_code_is_no_region(regions, address):
    with pytest.raises(Region.DoesNotExist):
        regions.resolve(address)
