"""The map colours, lists and hands out the same numbers, at every level, and says what it cannot show."""

import csv
import io
import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains

from communities.models import Community, PartnerKind, Sector
from monitoring import measures
from monitoring.measures import MEASURES
from pages import freshness
from pages.memory import forget_everything
from regions import boundaries
from regions.models import Region, RegionSuccession

pytestmark = pytest.mark.django_db

# Two squares that share a border; the second has a hole. Both go the way that TopoJSON does, clockwise.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.01, 0.01], "translate": [116.0, -1.0]},
    "arcs": [
        [[100, 0], [0, 100]],
        [[100, 100], [-100, 0], [0, -100], [100, 0]],
        [[100, 0], [100, 0], [0, 100], [-100, 0]],
        [[130, 30], [20, 0], [0, 20], [-20, 0], [0, -20]],
    ],
    "objects": {
        "regencies": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "64.71", "arcs": [[0, 1]], "properties": {}},
                {"type": "MultiPolygon", "id": "64.02", "arcs": [[[~0, 2], [3]]], "properties": {}},
            ],
        }
    },
}


@pytest.fixture(autouse=True)
def pack(settings, tmp_path):
    settings.KIM_REFERENCE_DATA = tmp_path / "pack"
    folder = settings.KIM_REFERENCE_DATA / "regencies_by_province"
    folder.mkdir(parents=True)
    (folder / "64.topojson").write_text(json.dumps(TOPOLOGY))


def rows_of(answer):
    return {row["region"].code: row["number"] for row in answer.context["map"].shaded["rows"]}


def test_each_measure_has_a_number_for_each_part_and_the_parts_add_up(client, places, mekar, make_community):
    make_community("KIM Kota", seat="64.71")
    make_community("KIM Provinsi", seat="64")
    for word, measure in MEASURES.items():
        answer = client.get(f"/peta/64-kalimantan-timur/?ukuran={word}")

        assert answer.status_code == 200
        assert set(rows_of(answer)) == {"64.02", "64.71"}
        total = measure.of([places["64"]])[places["64"].pk]
        if measure.adds_up:
            assert sum(rows_of(answer).values()) + (answer.context["map"].beyond_parts or 0) == total, word


def test_a_kim_of_the_province_itself_is_in_none_of_its_parts(client, mekar, make_community):
    make_community("KIM Provinsi", seat="64")

    answer = client.get("/peta/64-kalimantan-timur/")

    assert rows_of(answer) == {"64.02": 1, "64.71": 0}
    assert answer.context["map"].beyond_parts == 1
    assert "Di tingkat ini sendiri" in answer.text


def test_what_each_measure_counts(places, mekar, make_community, make_post, make_aspiration):
    dormant = make_community("KIM Lama", seat="64.02.02.2003")
    for days in (0, 31, 91, 366):
        make_post(published_at=timezone.now() - timedelta(days=days))
    Community.objects.filter(pk=mekar.pk).update(last_post_at=timezone.now())
    make_aspiration()
    regency = places["64.02"]

    numbers = {word: measure.of([regency])[regency.pk] for word, measure in MEASURES.items()}

    assert dormant.is_standing
    assert numbers["kim"] == 2
    assert numbers["kim-aktif"] == 1
    assert numbers["kim-per-100-desa"] == 100.0
    assert numbers["desa-tanpa-kim"] == 1
    assert numbers["usulan-terbuka"] == 1
    assert [numbers[f"kegiatan-{days}"] for days in (30, 90, 365)] == [1, 2, 3]
    assert numbers["informasi-disebarkan"] == 0


def test_what_a_kim_passed_on_counts_where_it_sits(places, siti, mekar, make_bulletin):
    delivery = make_bulletin(status="sent").deliveries.create(community=mekar, place=mekar.seat)
    measure, places = MEASURES["informasi-disebarkan"], [places["64.02"], places["64.71"]]

    delivery.pass_on(by=siti)

    assert list(measure.of(places).values()) == [1, 0]


def test_measures_are_narrowed_by_sector_and_kind(places, mekar, sector, make_community, make_post):
    mekar.sectors.add(sector)
    other = make_community("Wayang Kutai")
    make_post()
    other.partner_kind = PartnerKind.objects.exclude(slug="kim").first()
    other.save()
    village, kim = places["64.02.02.2003"], MEASURES["kim"]

    assert kim.of([village])[village.pk] == 2
    assert kim.of([village], sector=sector)[village.pk] == 1
    assert kim.of([village], sector=Sector.objects.exclude(pk=sector.pk).first())[village.pk] == 0
    assert kim.of([village], kind=other.partner_kind)[village.pk] == 1
    assert MEASURES["kegiatan-30"].of([village], sector=sector)[village.pk] == 1
    with pytest.raises(ValueError, match="kind"):
        MEASURES["kegiatan-30"].of([village], kind=other.partner_kind)


def test_regions_of_several_levels_are_counted_at_once(places, mekar):
    asked = [places[code] for code in ("0", "64", "64.02", "64.02.02", "64.02.02.2003", "64.71")]

    assert list(MEASURES["kim"].of(asked).values()) == [1, 1, 1, 1, 1, 0]


def test_the_map_and_the_table_hold_the_same_regions_and_lead_to_the_same_pages(client, mekar):
    answer = client.get("/peta/64-kalimantan-timur/?ukuran=kim-aktif")

    assert 'href="/peta/64.02-kutai-kartanegara/?ukuran=kim-aktif"' in answer.text
    for row in answer.context["map"].shaded["rows"]:
        assert answer.text.count(f'href="{row["url"]}"') == 2
        assert f'<tr id="{row["region"].code}">' in answer.text
        assert f"<title>{row['region'].full_name}: {row['words']} KIM aktif</title>" in answer.text


def test_a_part_without_a_kim_has_a_colour_of_its_own_and_leads_to_founding_one(client, mekar):
    answer = client.get("/peta/64.02.02-loa-kulu/")

    by_code = {row["region"].code: row for row in answer.context["map"].shaded["rows"]}
    assert by_code["64.02.02.2003"]["cls"] == "map-k1"
    assert by_code["64.02.02.2011"]["cls"] == "map-empty"
    assert answer.context["map"].shaded["legend"][0] == {"cls": "map-empty", "label": "belum ada KIM"}
    assert 'href="/ruang/kim/daftar/?wilayah=64.02.02.2011"' in answer.text
    assert "wilayah=64.02.02.2003" not in answer.text


def test_whoever_founds_a_kim_from_the_map_begins_at_that_place(client, places, joko):
    joko.confirm_email()
    client.force_login(joko)

    assert 'value="Desa Jembayan, Loa Kulu, Kutai Kartanegara' in client.get(
        "/ruang/kim/daftar/?wilayah=64.02.02.2003"
    ).text.replace("&quot;", '"')
    assert client.get("/ruang/kim/daftar/?wilayah=x").status_code == 200


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("", ["64.02", "64.71"]),
        ("nama", ["64.71", "64.02"]),
        ("-nama", ["64.02", "64.71"]),
        ("angka", ["64.71", "64.02"]),
        ("-angka", ["64.02", "64.71"]),
    ],
)
def test_the_table_is_sorted_by_links(client, mekar, order, codes):
    answer = client.get(f"/peta/64-kalimantan-timur/?urut={order}")

    assert list(rows_of(answer)) == codes
    assert answer.text.count("aria-sort=") == 2
    assert ("ascending" in answer.text) == bool(order and not order.startswith("-"))


def test_a_village_is_shown_on_the_map_of_its_district_and_old_names_lead_on(client, places):
    assert client.get("/peta/64.02.02.2003-jembayan/").url == "/peta/64.02.02-loa-kulu/"
    assert client.get("/peta/64.02/?ukuran=kim-aktif").url == "/peta/64.02-kutai-kartanegara/?ukuran=kim-aktif"
    assert client.get("/peta/0-indonesia/").url == "/peta/"


@pytest.mark.parametrize("path", ["/peta/99-atlantis/", "/peta/entah/", "/peta/99.csv", "/peta/entah.geojson"])
def test_a_region_that_is_not_there_is_404(client, places, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("ending", ["/", ".csv", ".geojson"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("ukuran=cuaca", "Ukuran ini tidak kami kenal."),
        ("bidang=sihir", "Bidang ini tidak kami kenal."),
        ("jenis=x", "Jenis mitra ini tidak kami kenal."),
        ("urut=acak", "Urutan ini tidak kami kenal."),
        ("ukuran=usulan-terbuka&jenis=kim", "“Usulan terbuka” tidak dihitung menurut jenis mitra."),
        ("ukuran=informasi-disebarkan&bidang=kesehatan", "“Informasi disebarkan” tidak dihitung menurut bidang."),
        ("ukuran=%00", "Ukuran ini tidak kami kenal."),
    ],
)
def test_what_makes_no_sense_is_a_sentence(client, places, ending, query, sentence):
    path = "64-kalimantan-timur/" if ending == "/" else f"64{ending}"

    answer = client.get(f"/peta/{path}?{query}")

    assert answer.status_code == 400
    assert sentence in answer.text


def test_an_unknown_format_is_404(client, places):
    assert client.get("/peta/64.xml", follow=True).status_code == 404


def test_the_csv_holds_the_rows_of_the_page(client, mekar):
    answer = client.get("/peta/64.csv?ukuran=kim&urut=nama")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["kode", "wilayah", "ukuran", "bidang", "jenis mitra", "angka", "belum ada KIM", "data per"]
    assert [(row[0], row[2], row[5], row[6]) for row in rows[1:]] == [
        ("64.71", "KIM terdaftar", "0", "ya"),
        ("64.02", "KIM terdaftar", "1", "tidak"),
        ("64", "KIM terdaftar", "1", ""),
    ]


def test_the_geojson_holds_the_same_rows_with_right_handed_areas(client, mekar):
    answer = client.get("/peta/64.geojson?ukuran=kim")

    data = json.loads(answer.content)
    assert answer["Content-Type"] == "application/geo+json"
    features = {feature["id"]: feature for feature in data["features"]}
    assert {code: feature["properties"]["number"] for code, feature in features.items()} == {"64.02": 1, "64.71": 0}
    assert features["64.02"]["properties"]["name"] == "Kabupaten Kutai Kartanegara"
    assert "CC BY-IGO 3.0" in features["64.02"]["properties"]["attribution"]
    outer, hole = features["64.02"]["geometry"]["coordinates"]
    assert boundaries.area(outer) > 0 > boundaries.area(hole)
    for ring in (outer, hole):
        assert ring[0] == ring[-1]
        assert all(point != following for point, following in pairwise(ring))
        assert all(95 < lng < 142 and -12 < lat < 7 for lng, lat in ring)


def test_where_there_is_no_boundary_the_geojson_has_points(client, mekar):
    data = json.loads(client.get("/peta/64.02.02.geojson").content)

    assert {feature["geometry"]["type"] for feature in data["features"]} == {"Point"}
    assert data["features"][0]["geometry"]["coordinates"] == [117.01, -0.56]


def test_without_points_there_is_a_table_alone(client, mekar):
    Region.objects.update(lat=None, lng=None)

    answer = client.get("/peta/64.02-kutai-kartanegara/")

    assert answer.context["map"].figure is None
    assert rows_of(answer) == {"64.02.02": 1, "64.02.06": 0}
    assert json.loads(client.get("/peta/64.02.geojson").content)["features"][0]["geometry"] is None


def test_without_the_reference_pack_the_provinces_are_tiles(client, mekar, settings, tmp_path):
    settings.KIM_REFERENCE_DATA = tmp_path / "nothing"

    answer = client.get("/peta/")

    assert "<rect" in answer.text
    assert rows_of(answer) == {"64": 1}


def test_the_page_says_of_when_its_numbers_are_and_sets_no_cookie(client, mekar):
    answer = client.get("/peta/64-kalimantan-timur/")

    assert "Data per " in answer.text
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


def test_three_parts_cost_what_one_does(client, places, make_community):
    def queries():
        forget_everything()
        freshness.stamp("0")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/peta/64.71-balikpapan/?bidang=kesehatan").status_code == 200
        return len(asked)

    one = queries()
    for number in (2, 3):
        part = Region.objects.create(
            code=f"64.71.0{number}", level=3, kind="kecamatan", local_term="kecamatan", name=f"Balikpapan {number}",
            slug=f"balikpapan-{number}", parent=places["64.71"], province=places["64"], regency=places["64.71"],
        )  # fmt: skip
        Region.objects.filter(pk=part.pk).update(district=part)

    assert queries() == one <= 12
    assert len(rows_of(client.get("/peta/64.71-balikpapan/"))) == 3


# Files


def csv_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_files_have_what_lies_in_no_part_and_the_total(client, mekar, make_community):
    make_community("KIM Provinsi", seat="64")

    rows = csv_of(client.get("/peta/64.csv"))
    data = json.loads(client.get("/peta/64.geojson").content)

    numbers = {"64.02": 1, "64.71": 0, "64-sendiri": 1}
    assert {row[0]: int(row[5]) for row in rows[1:]} == numbers | {"64": 2}
    assert {feature["id"]: feature["properties"]["number"] for feature in data["features"]} == numbers
    assert data["total"] == 2
    assert data["features"][-1]["geometry"] is None


def test_a_decimal_number_has_a_comma_in_the_table_and_a_point_where_programs_read(client, mekar):
    rows = csv_of(client.get("/peta/64.csv?ukuran=kim-per-100-desa"))
    data = json.loads(client.get("/peta/64.geojson?ukuran=kim-per-100-desa").content)

    assert rows[1][5] == "50,0"
    assert data["features"][0]["properties"]["number"] == 50.0


@pytest.mark.parametrize("path", ["/peta/64.csv", "/peta/64.geojson", "/statistik/64.csv"])
def test_whoever_has_these_numbers_is_sent_nothing(client, mekar, make_community, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    make_community("KIM Baru", seat="64.71")
    after = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, after.status_code) == (304, b"", 200)


@pytest.fixture
def former(places):
    """A code of Kutai Kartanegara before."""
    RegionSuccession.objects.create(former_code="64.05", former_name="Kutai", successor=places["64.02"])


OF_A_CODE = [
    "/peta/{}.csv",
    "/peta/{}.geojson",
    "/peta/sekitar/{}/",
    "/statistik/{}.csv",
    "/statistik/{}/angka/",
    "/layar/{}/",
    "/layar/{}/balai/",
]


@pytest.mark.parametrize("path", OF_A_CODE)
@pytest.mark.parametrize("called", ["64.05", "64.02-kutai-kartanegara"])
def test_a_former_code_and_one_with_a_name_lead_to_the_code_of_today(client, former, path, called):
    answer = client.get(path.format(called) + "?bidang=kesehatan")

    assert (answer.status_code, answer.url) == (301, path.format("64.02") + "?bidang=kesehatan")


@pytest.mark.parametrize("path", [*OF_A_CODE, "/peta/{}-balikpapan/", "/statistik/{}-balikpapan/"])
def test_a_region_that_ended_without_a_successor_is_404(client, places, path):
    Region.objects.filter(code="64.71").update(retired_on="2026-01-01")

    answer = client.get(path.format("64.71"))

    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.text


def test_one_kim_among_many_villages_is_not_none(places, mekar, monkeypatch):
    monkeypatch.setattr(measures, "villages", lambda regions: dict.fromkeys((one.pk for one in regions), 91_600))

    assert list(MEASURES["kim-per-100-desa"].of([places["0"], places["64.71"]]).values()) == [0.01, 0]


@pytest.mark.parametrize("path", ["/peta/", "/statistik/"])
def test_the_country_asked_for_as_lists_are_leads_to_the_region(client, places, path):
    answer = client.get(path, {"wilayah": "64.02", "bidang": "kesehatan"})

    assert answer.url == f"{path}64.02-kutai-kartanegara/?bidang=kesehatan"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/peta/64.csv?ukuran=kim&ukuran=kim-aktif", "“ukuran” tertulis lebih dari sekali"),
        ("/peta/64.geojson?wilayah=64.02", "tidak dapat dipersempit dengan “wilayah”"),
        ("/statistik/64.csv?bidang=kesehatan&bidang=pariwisata", "“bidang” tertulis lebih dari sekali"),
        ("/statistik/64.csv?region=64.02", "tidak dapat dipersempit dengan “region”"),
        ("/statistik/64/angka/?jenis=berita", "tidak dapat dipersempit dengan “jenis”"),
    ],
)
def test_numbers_are_taken_for_nothing_that_they_are_not(client, places, sector, path, sentence):
    assertContains(client.get(path), sentence, status_code=400)


@pytest.mark.parametrize("path", ["/peta/", "/peta/64-kalimantan-timur/", "/statistik/"])
def test_a_page_says_what_its_numbers_are_not_narrowed_by(client, places, path):
    assertContains(client.get(path, {"kelas": "maju"}), "tidak dapat dipersempit dengan “kelas”")


def test_what_is_only_where_somebody_came_from_narrows_nothing(client, places):
    assert client.get("/peta/64.csv?utm_source=wa&ukuran=kim&ukuran=kim").status_code == 200
