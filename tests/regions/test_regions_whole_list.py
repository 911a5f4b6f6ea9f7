"""The whole list, as it comes with the project and as the reference pack completes it."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from pages import patience
from regions import atlas, finding
from regions.maps import region_map
from regions.models import Region

PACK = Path(settings.KIM_REFERENCE_DATA)
needs_pack = pytest.mark.skipif(not (PACK / "provinces.topojson").exists(), reason="no reference pack here")


@pytest.fixture(scope="module")
def _indonesia(django_db_setup, django_db_blocker):
    """All of it, loaded once, in a transaction that is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_regions", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def indonesia(_indonesia, django_db_blocker, monkeypatch):
    # What is found is asked here; how soon depends on what else the machine does.
    monkeypatch.setattr(patience, "PATIENCE", "30s")
    with django_db_blocker.unblock():
        yield


def test_all_of_indonesia_is_there(indonesia):
    numbers = [Region.objects.current().filter(level=level).count() for level in range(5)]

    assert numbers == [1, 38, 514, 7285, 83762]


def test_loading_it_again_finds_nothing_to_do(indonesia):
    out = StringIO()
    call_command("load_regions", stdout=out)

    assert "tidak ada perubahan" in out.getvalue()


def test_every_place_lies_in_its_parent(indonesia):
    assert not Region.objects.filter(level=4, district=None).exists()
    assert Region.objects.filter(level=4).within(Region.objects.get(code="64.02")).count() == 237


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kutai Kertanegara", "Kabupaten Kutai Kartanegara, Kalimantan Timur"),
        ("tenggarong kukar", "Kecamatan Tenggarong, Kutai Kartanegara, Kalimantan Timur"),
        ("loa kulu kota", "Desa Loa Kulu Kota, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"),
        ("jakarta selatan", "Kota Administrasi Jakarta Selatan, Daerah Khusus Ibukota Jakarta"),
        ("samrinda", "Kota Samarinda, Kalimantan Timur"),
        ("jawa timur", "Provinsi Jawa Timur"),
        ("oku timur", "Kabupaten Ogan Komering Ulu Timur, Sumatera Selatan"),
        ("sukamaju cilodong depok", "Kelurahan Sukamaju, Cilodong, Depok, Jawa Barat"),
        ("kota malang", "Kota Malang, Jawa Timur"),
        ("ppu", "Kabupaten Penajam Paser Utara, Kalimantan Timur"),
    ],
)
def test_among_all_places_the_one_that_is_meant_comes_first(indonesia, typed, meant):
    assert Region.objects.find(typed)[0].long_name == meant


def test_pasir_huni_is_one_word(indonesia):
    assert {region.name for region in Region.objects.find("Pasir Huni")[:2]} == {"Pasirhuni"}


def test_names_are_found_by_their_index(indonesia):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT id FROM regions_region WHERE search_name %> 'tenggarong'")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "region_search_name" in plan


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Samarinda", "Kota Samarinda, Kalimantan Timur"),
        ("Kota Samarinda", "Kota Samarinda, Kalimantan Timur"),
        ("kab. kutai kartanegara", "Kabupaten Kutai Kartanegara, Kalimantan Timur"),
        ("Jawa Barat", "Provinsi Jawa Barat"),
        ("DKI Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("Desa Adat Yoboi", "Kampung Adat Yoboi, Sentani, Jayapura, Papua"),
        ("Tenggarong, Kukar", "Kecamatan Tenggarong, Kutai Kartanegara, Kalimantan Timur"),
        ("kec. tenggarong kab. kukar", "Kecamatan Tenggarong, Kutai Kartanegara, Kalimantan Timur"),
        ("Loa Kulu Kota", "Desa Loa Kulu Kota, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"),
        ("Kecamatan Kota, Kediri", "Kecamatan Kota, Kediri, Jawa Timur"),
        ("Bogor City", "Kota Bogor, Jawa Barat"),
        *[(f"ma{sign}u", "Kecamatan Ma'u, Nias, Sumatera Utara") for sign in ["", *"'’‘ʼ`´ʻ′"]],
    ],
)
def test_what_is_named_exactly_is_that_one(indonesia, typed, meant):
    assert [place.long_name for place in Region.objects.exactly(typed)] == [meant]


def test_of_several_with_one_name_the_larger_come_first(indonesia):
    assert {place.kind for place in Region.objects.exactly("bandung")[:2]} == {"kota", "kabupaten"}
    assert [place.code for place in Region.objects.exactly("jogja")[:2]] == ["34", "34.71"]
    assert Region.objects.exactly("papua")[0].long_name == "Provinsi Papua"
    assert Region.objects.exactly("kutai") == []
    assert {place.code for place in Region.objects.find("kutai")[:3]} == {"64.02", "64.07", "64.08"}


@pytest.mark.parametrize("typed", ["Samarinda", "sukamaju", "Tenggarong, Kukar", "tenggarong kukar", "kota baru jaya"])
def test_exact_names_are_a_look_up_in_their_index(indonesia, monkeypatch, typed):
    look_ups = []
    monkeypatch.setattr(finding, "asked", lambda question, keys: look_ups.append(question(keys)) or look_ups[-1])

    Region.objects.exactly(typed)

    assert look_ups
    for look_up in look_ups:
        plan = look_up.all().explain(analyze=True, buffers=True, timing=False)
        assert "Bitmap Index Scan on region_names" in plan
        assert "Seq Scan" not in plan


@needs_pack
def test_villages_of_the_pack_are_found_by_where_they_lie(indonesia):
    nearest, *_ = Region.objects.nearest(-6.2, 106.8)

    assert nearest.regency.name in {"Jakarta Barat", "Jakarta Pusat"}


@needs_pack
def test_a_code_of_an_earlier_edition_leads_on(indonesia):
    region, canonical = Region.objects.resolve("91.01-merauke")

    assert (region.code, canonical) == ("93.01", False)


@needs_pack
def test_neighbours_share_a_border_across_provinces(indonesia):
    names = {region.name for region in atlas.surroundings("64")[2]}

    assert names == {"Kalimantan Barat", "Kalimantan Tengah", "Kalimantan Selatan", "Kalimantan Utara"}


@needs_pack
def test_the_map_of_indonesia_is_light(indonesia):
    provinces = Region.objects.filter(level=1)
    drawn = region_map(Region.objects.get(level=0), [(province, province.pk % 40) for province in provinces])

    assert drawn["svg"].count("<a href=") == 38
    assert len(drawn["svg"]) < 16_000
