"""A map shows the parts of a region, every one a link, and says the same as the table beside it."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.html import escape

from regions import atlas, boundaries
from regions.maps import map_figure, region_map
from regions.models import Region

# Two squares side by side, and an islet too small to hit with a finger. Arc 0 is the border that the squares share.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.01, 0.01], "translate": [116.0, -1.0]},
    "arcs": [
        [[100, 0], [0, 100]],
        [[100, 100], [-100, 0], [0, -100], [100, 0]],
        [[100, 0], [100, 0], [0, 100], [-100, 0]],
        [[150, 130], [1, 0], [0, 1], [-1, -1]],
    ],
    "objects": {
        "regencies": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "64.01", "arcs": [[0, 1]], "properties": {}},
                {"type": "MultiPolygon", "id": "64.02", "arcs": [[[~0, 2]]], "properties": {}},
                {"type": "Polygon", "id": "64.72", "arcs": [[3]], "properties": {}},
            ],
        }
    },
}


@pytest.fixture
def pack(settings, tmp_path):
    settings.KIM_REFERENCE_DATA = tmp_path
    text = json.dumps(TOPOLOGY)
    (tmp_path / "regencies.topojson").write_text(text)
    (tmp_path / "regencies_by_province").mkdir()
    (tmp_path / "regencies_by_province" / "64.topojson").write_text(text)
    return tmp_path


@pytest.fixture
def no_pack(settings, tmp_path):
    settings.KIM_REFERENCE_DATA = tmp_path


@pytest.fixture(autouse=True)
def region_page(monkeypatch):
    monkeypatch.setattr(Region, "get_absolute_url", lambda self: f"/wilayah/{self.code}-{self.slug}/")


def make(code, name, kind="kabupaten", lat=None, lng=None):
    level = 0 if code == "0" else code.count(".") + 1
    region = Region(code=code, name=name, kind=kind, local_term=kind, slug=name.lower().replace(" ", "-"), level=level)
    if lat is not None:
        region.lat, region.lng = Decimal(lat), Decimal(lng)
    return region


@pytest.fixture
def kaltim():
    return make("64", "Kalimantan Timur", "provinsi")


@pytest.fixture
def rows():
    return [(make("64.01", "Paser"), 3), (make("64.02", "Kutai <Kartanegara>"), 12), (make("64.72", "Samarinda"), 0)]


def test_every_part_is_a_link_with_its_number(pack, kaltim, rows):
    drawn = region_map(kaltim, rows)

    assert drawn["svg"].count("<a href=") == 3
    assert 'href="/wilayah/64.01-paser/"' in drawn["svg"]
    assert "<title>Kabupaten Paser: 3 KIM</title>" in drawn["svg"]
    assert drawn["caption"] == "Jumlah KIM menurut kabupaten/kota di Provinsi Kalimantan Timur"
    assert "CC BY-IGO 3.0" in drawn["attribution"]


def test_map_and_table_agree(pack, kaltim, rows):
    drawn = region_map(kaltim, rows)

    assert [(row["region"].name, row["number"], row["cls"]) for row in drawn["rows"]] == [
        ("Paser", 3, "map-k1"),
        ("Kutai <Kartanegara>", 12, "map-k2"),
        ("Samarinda", 0, "map-k0"),
    ]
    for row in drawn["rows"]:
        assert f'<a href="{escape(row["url"])}" class="{row["cls"]}"' in drawn["svg"]


def test_names_are_escaped_and_nothing_is_inline(pack, kaltim, rows):
    svg = region_map(kaltim, rows)["svg"]

    assert "<Kartanegara>" not in svg
    assert "style=" not in svg


def test_an_islet_gets_a_marker(pack, kaltim, rows):
    svg = region_map(kaltim, rows)["svg"]

    assert svg.count("<circle") == 1
    assert "<circle" in svg.partition("Samarinda")[2]


@pytest.mark.parametrize(
    ("numbers", "labels"),
    [
        ([0, 0], ["0"]),
        ([1, 1, 1], ["0", "1"]),
        ([0, 1, 2, 3, 4], ["0", "1", "2", "3", "4"]),
        ([1, 5, 10, 50, 100, 500, 1000, 5000], ["0", "1–9", "10–99", "100–999", "1.000–5.000"]),
    ],
)
def test_the_legend_covers_every_number_once(pack, kaltim, numbers, labels):
    rows = [(make(f"64.{index:02}", f"Wilayah {index}"), number) for index, number in enumerate(numbers, 1)]

    assert [entry["label"] for entry in region_map(kaltim, rows)["legend"]] == labels


def test_districts_are_circles_as_large_as_their_number(pack):
    rows = [
        (make("64.02.01", "Loa Kulu", "kecamatan", "-0.5", "117.1"), 100),
        (make("64.02.02", "Tenggarong", "kecamatan", "-0.4", "117.2"), 25),
        (make("64.02.03", "Tanpa Titik", "kecamatan"), 7),
    ]

    drawn = region_map(make("64.02", "Kutai Kartanegara"), rows)

    assert drawn["svg"].count("<circle") == 2
    assert 'class="map-ground"' in drawn["svg"]
    assert len(drawn["rows"]) == 3, "what has no point is still in the table"


def test_without_boundaries_the_provinces_are_tiles(no_pack):
    drawn = region_map(make("0", "Indonesia", "negara"), [(make("64", "Kalimantan Timur", "provinsi"), 5)])

    assert "<rect" in drawn["svg"]
    assert "Kaltim" in drawn["svg"]


def test_with_nothing_to_draw_there_is_no_map(no_pack, kaltim, rows):
    assert region_map(kaltim, rows) is None
    assert region_map(make("64.02.01.2001", "Jembayan", "desa"), []) is None


def test_regions_that_share_a_border_touch(pack):
    assert boundaries.touching("64.01") == {"64.02"}
    assert boundaries.touching("64.72") == set()
    assert boundaries.touching("64.02.01") == set()


def test_simplifying_keeps_ends_and_corners():
    line = [(0, 0), (10, 0), (20, 1), (30, 0), (30, 30)]

    assert boundaries.simplified(line) == [(0, 0), (30, 0), (30, 30)]


def test_a_path_is_written_short():
    assert boundaries.path([(12, 34), (13, 32), (16, 36), (12, 34)]) == "M12 34l1-2 3 4z"


# Near and beside


@pytest.fixture
def around_loa_kulu(db, no_pack):
    nation = Region.objects.create(code="0", level=0, kind="negara", local_term="negara", name="Indonesia")
    province = Region.objects.create(code="64", level=1, kind="provinsi", local_term="provinsi", parent=nation)

    def village(code, lat, lng):
        return Region.objects.create(
            code=code, name=code, level=4, kind="desa", local_term="desa", parent=province, lat=lat, lng=lng
        )

    return SimpleNamespace(
        near=village("64.02.02.2001", "-0.50000", "117.09000"),
        diagonal=village("64.02.02.2002", "-0.59000", "117.09000"),
        beyond=village("64.02.02.2003", "-0.50000", "117.12000"),
        far=village("64.02.02.2004", "-3.00000", "115.00000"),
    )


def test_the_nearest_village_comes_first(around_loa_kulu):
    found = Region.objects.nearest(-0.5, 117.0, limit=4)

    here = around_loa_kulu
    assert found == [here.near, here.beyond, here.diagonal, here.far]
    assert found[0].distance == pytest.approx(10.0, abs=0.1)


def test_what_lies_just_outside_the_first_box_is_not_missed(around_loa_kulu):
    """The corner of a box is farther away than a village just beyond its side."""
    found = Region.objects.nearest(-0.5, 117.0, limit=2)

    assert found == [around_loa_kulu.near, around_loa_kulu.beyond]


@pytest.mark.parametrize(("lat", "lng"), [(51.5, -0.1), (-0.5, 200), (-90, 117), (float("nan"), 117)])
def test_nowhere_is_near_outside_indonesia(around_loa_kulu, lat, lng):
    assert Region.objects.nearest(lat, lng) == []


def test_without_borders_the_closest_of_the_same_parent_are_neighbours(around_loa_kulu, django_assert_num_queries):
    here = around_loa_kulu
    with django_assert_num_queries(1):
        assert atlas.surroundings(here.near.code)[2] == [here.beyond, here.diagonal, here.far]


def test_indonesia_has_no_neighbours(around_loa_kulu):
    assert atlas.surroundings("0")[2] == []


def test_a_kept_map_is_that_of_its_numbers_and_language(pack, kaltim):
    kutai = make("64.02", "Kutai Kartanegara")

    assert map_figure(kaltim, [(kutai, 5)]) is map_figure(kaltim, [(kutai, 5)])
    assert "Kutai Kartanegara: 6 KIM" in map_figure(kaltim, [(kutai, 6)])
    with translation.override("en"):
        assert "Kutai Kartanegara Regency: 6 KIM" in map_figure(kaltim, [(kutai, 6)])
