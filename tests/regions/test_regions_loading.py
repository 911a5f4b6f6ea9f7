"""The official list in the database: loaded, loaded again, and followed by what is placed in it."""

import gzip
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from activities.models import Post
from communities.models import Community, PartnerKind, Sector
from regions import editions
from regions.changes import KINDS, changes_of, rows_at
from regions.editions import BUNDLED, Edition
from regions.loading import compare, load, placed_models, reseat, standing_regions
from regions.models import LoadedEdition, Region, RegionSuccession

KUTAI = """code,name
64,Kalimantan Timur
64.02,Kabupaten Kutai Kartanegara
64.02.02,Loa Kulu
64.02.02.2003,Jembayan
64.02.02.2004,Loa Kulu Kota
64.72,Kota Samarinda
64.72.01,Palaran
64.72.01.1001,Rawa Makmur
"""


@pytest.fixture(autouse=True)
def without_pack(settings, tmp_path):
    settings.KIM_REFERENCE_DATA = tmp_path / "pack"
    settings.KIM_REFERENCE_DATA.mkdir()
    return settings.KIM_REFERENCE_DATA


@pytest.fixture
def read(tmp_path):
    """An edition from the text of its list."""

    def read(text, name="Edisi"):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        return Edition.read(path, name)

    return read


@pytest.fixture
def former(without_pack):
    """Put a list of former codes into the reference pack."""

    def former(*lines):
        text = "\n".join(["former_code,former_name,current_code,last_edition", *lines, ""])
        (without_pack / "former_regions.csv.gz").write_bytes(gzip.compress(text.encode()))

    return former


def run(*arguments):
    out = StringIO()
    call_command("load_regions", *arguments, stdout=out)
    return out.getvalue()


# Loading


def test_every_place_knows_its_kind_and_all_it_lies_in(db, read):
    load(read(KUTAI))

    village = Region.objects.with_names().get(code="64.02.02.2003")
    assert village.full_name == "Desa Jembayan"
    assert village.long_name == "Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"
    assert Region.objects.get(code="64.72.01.1001").kind == Region.Kind.KELURAHAN
    assert Region.objects.get(code="64").parent.name == "Indonesia"
    city = Region.objects.get(code="64.72")
    assert (city.kind, city.name, city.regency_id, city.district_id) == ("kota", "Samarinda", city.pk, None)


@pytest.mark.parametrize(
    ("code", "name", "full_name"),
    [
        ("31.74", "Kota Administrasi Jakarta Selatan", "Kota Administrasi Jakarta Selatan"),
        ("34.04.07", "Depok", "Kapanewon Depok"),
        ("34.71.01", "Tegalrejo", "Kemantren Tegalrejo"),
        ("34.04.07.2001", "Caturtunggal", "Kalurahan Caturtunggal"),
        ("13.12.01.2001", "Aia Bangih", "Nagari Aia Bangih"),
        ("11.01.01.2001", "Keude Bakongan", "Gampong Keude Bakongan"),
        ("11.01.01.2004", "Gampong Drien", "Gampong Drien"),
        ("91.03.01", "Sentani", "Distrik Sentani"),
        ("91.03.01.3007", "Desa Adat Yoboi", "Kampung Adat Yoboi"),
        ("34", "Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"),
    ],
)
def test_a_place_is_called_what_people_there_call_it(code, name, full_name):
    row = editions.make_row({"code": code, "name": name})

    region = Region(code=code, level=row.level, kind=row.kind, local_term=row.local_term, name=row.name)
    assert region.full_name == full_name


def test_loading_twice_changes_nothing(db, tmp_path):
    path = tmp_path / "edisi.csv"
    path.write_text(KUTAI, encoding="utf-8")
    run("--file", str(path))
    before = list(Region.objects.values())

    answer = run("--file", str(path))

    assert "tidak ada perubahan" in answer
    assert list(Region.objects.values()) == before
    assert LoadedEdition.objects.count() == 1


def test_the_list_of_the_project_does_not_replace_one_that_somebody_brought(db, tmp_path):
    path = tmp_path / "edisi.csv"
    path.write_text(KUTAI, encoding="utf-8")
    run("--file", str(path), "--name", "Kepmendagri 1/2027")

    answer = run()

    assert "Berlaku Kepmendagri 1/2027" in answer
    assert Region.objects.count() == len(KUTAI.splitlines())


def test_what_the_reference_pack_lacks_is_said(db, tmp_path):
    path = tmp_path / "edisi.csv"
    path.write_text(KUTAI, encoding="utf-8")

    assert "Data rujukan tidak ada: titik koordinat dan kode pos." in run("--file", str(path))


def test_the_reference_pack_brings_points_and_they_outlive_it(db, read, without_pack):
    pack = without_pack / "regions.csv.gz"
    line = "64.02.02.2003,Jembayan,4,desa,-0.54321,117.01234,75571"
    pack.write_bytes(gzip.compress(f"code,name,level,kind,lat,lng,postal_code\n{line}\n".encode()))
    load(read(KUTAI))
    pack.unlink()

    load(read(KUTAI.replace("Rawa Makmur", "Rawa Makmur Indah")))

    village = Region.objects.get(code="64.02.02.2003")
    assert (str(village.lat), str(village.lng), village.postal_code) == ("-0.54321", "117.01234", "75571")


def test_a_broken_list_is_refused_and_nothing_changes(db, tmp_path):
    path = tmp_path / "rusak.csv"
    path.write_text("code,name\n64,Kalimantan Timur\n64.02.02,Loa Kulu\n", encoding="utf-8")

    with pytest.raises(CommandError, match="tanpa induk"):
        run("--file", str(path))

    assert not Region.objects.exists()


# A new edition


def test_the_difference_is_told_before_anything_is_applied(db, read, tmp_path):
    load(read(KUTAI))
    path = tmp_path / "baru.csv"
    changed = KUTAI.replace("Rawa Makmur", "Rawa Jaya").replace("64.02.02.2004,Loa Kulu Kota\n", "")
    path.write_text(changed + "64.02.02.1005,Rempanga\n", encoding="utf-8")

    answer = run("--diff", "--file", str(path))

    assert "1 baru" in answer
    assert "64.02.02.1005 Kelurahan Rempanga" in answer
    assert "1 tidak berlaku lagi" in answer
    assert "64.02.02.2004 Desa Loa Kulu Kota" in answer
    assert "64.72.01.1001 Kelurahan Rawa Jaya (sebelumnya Rawa Makmur)" in answer
    assert Region.objects.current().filter(name="Rawa Makmur").exists()
    assert not Region.objects.filter(name="Rempanga").exists()


def test_a_code_that_goes_is_kept_as_retired(db, read):
    load(read(KUTAI))

    load(read(KUTAI.replace("64.02.02.2004,Loa Kulu Kota\n", "")))

    assert Region.objects.get(code="64.02.02.2004").retired_on
    assert not Region.objects.current().filter(code="64.02.02.2004").exists()


def test_a_retired_code_that_returns_is_in_force_again(db, read):
    load(read(KUTAI))
    load(read(KUTAI.replace("64.02.02.2004,Loa Kulu Kota\n", "")))

    difference = load(read(KUTAI))

    assert difference.counts == {"revived": 1}
    assert Region.objects.get(code="64.02.02.2004").retired_on is None


def test_a_place_under_a_new_code_stays_the_same_place(db, read, former):
    load(read(KUTAI))
    village = Region.objects.get(code="64.02.02.2003")
    former("64.02.02.2003,Jembayan,64.02.02.1003,Edisi")

    difference = load(read(KUTAI.replace("64.02.02.2003", "64.02.02.1003")))

    assert set(difference.counts) == {"recoded", "kind_changed"}
    village.refresh_from_db()
    assert (village.code, village.kind) == ("64.02.02.1003", "kelurahan")
    assert Region.objects.resolve("64.02.02.2003-jembayan") == (village, False)


def test_a_district_that_moves_takes_its_villages_along(db, read, former):
    load(read(KUTAI))
    village = Region.objects.get(code="64.02.02.2003")
    former("64.02.02,Loa Kulu,64.72.02,Edisi")

    difference = load(read(KUTAI.replace("64.02.02", "64.72.02")))

    assert len(difference.recoded) == 3
    assert [row.code for _, row in difference.reparented] == ["64.72.02"]
    village.refresh_from_db()
    assert (village.code, village.regency.name) == ("64.72.02.2003", "Samarinda")


def test_each_change_is_told_with_what_it_was_and_where(db, read, former):
    load(read(KUTAI))
    former("64.02.02,Loa Kulu,64.72.02,Edisi")
    edition, standing = (
        read(KUTAI.replace("64.02.02", "64.72.02").replace("2004,Loa Kulu Kota", "1004,Kota")),
        standing_regions(),
    )

    changes = [change for kind in KINDS for change in changes_of(kind, compare(standing, edition), standing, edition)]

    assert [(change.kind, str(change)) for change in changes] == [
        ("retired", "64.02.02.2004 Desa Loa Kulu Kota"),
        ("recoded", "64.72.02 Kecamatan Loa Kulu (sebelumnya 64.02.02)"),
        ("recoded", "64.72.02.2003 Desa Jembayan (sebelumnya 64.02.02.2003)"),
        ("reparented", "64.72.02 Kecamatan Loa Kulu (sebelumnya Kabupaten Kutai Kartanegara (64.02))"),
        ("added", "64.72.02.1004 Kelurahan Kota"),
    ]
    assert [change.place for change in changes[-2:]] == [
        "Samarinda, Kalimantan Timur",
        "Loa Kulu, Samarinda, Kalimantan Timur",
    ]


def test_what_names_a_region_is_counted_by_table(kim_mekar):
    village = kim_mekar.seat

    found = rows_at([Community, Post], [village.pk, village.district_id])

    assert {pk: dict(counter) for pk, counter in found.items()} == {village.pk: {"KIM": 1, "kegiatan": 1}}


def test_two_places_may_swap_their_codes(db, read, former):
    load(read(KUTAI))
    pks = dict(Region.objects.values_list("name", "pk"))
    former("64.02.02.2003,Jembayan,64.02.02.2005,Edisi")
    swapped = KUTAI.replace("64.02.02.2003,Jembayan", "64.02.02.2005,Jembayan\n64.02.02.2003,Sepakat")

    load(read(swapped))

    assert Region.objects.get(code="64.02.02.2005").pk == pks["Jembayan"]
    assert Region.objects.get(code="64.02.02.2003").name == "Sepakat"


def test_two_villages_that_merge_leave_one_successor(db, read, former):
    load(read(KUTAI))
    former("64.02.02.2003,Jembayan,64.02.02.2009,Edisi", "64.02.02.2004,Loa Kulu Kota,64.02.02.2009,Edisi")
    merged = KUTAI.replace("64.02.02.2003,Jembayan\n64.02.02.2004,Loa Kulu Kota", "64.02.02.2009,Jembayan Kota")

    difference = load(read(merged))

    assert difference.counts == {"added": 1, "retired": 2}
    successor = Region.objects.get(code="64.02.02.2009")
    assert Region.objects.resolve("64.02.02.2003") == (successor, False)
    assert Region.objects.resolve("64.02.02.2004") == (successor, False)


def test_a_successor_that_goes_too_hands_its_predecessors_on(db, read, former):
    load(read(KUTAI))
    RegionSuccession.objects.create(
        former_code="64.02.02.2001",
        former_name="Lama",
        successor=Region.objects.get(code="64.02.02.2003"),
    )
    former("64.02.02.2003,Jembayan,64.02.02.2004,Edisi")

    load(read(KUTAI.replace("64.02.02.2003,Jembayan\n", "")))

    assert Region.objects.resolve("64.02.02.2001")[0].name == "Loa Kulu Kota"


def test_a_renamed_place_is_found_under_its_old_name(db, read):
    load(read(KUTAI))

    load(read(KUTAI.replace("Kota Samarinda", "Kota Mahakam")))
    load(read(KUTAI.replace("Kota Samarinda", "Kota Mahakam Raya")))

    assert Region.objects.find("samarinda")[0].name == "Mahakam Raya"


def test_an_address_in_use_is_never_moved_onto(db, read, former):
    """The list of former codes says where Jembayan went, but that code is taken: it is retired, not recoded."""
    load(read(KUTAI))
    former("64.02.02.2003,Jembayan,64.02.02.2004,Edisi")

    difference = compare(standing_regions(), read(KUTAI.replace("64.02.02.2003,Jembayan\n", "")))

    assert [was.code for was in difference.retired] == ["64.02.02.2003"]
    assert not difference.recoded


# What is placed follows


def test_every_table_that_keeps_a_place_by_level_is_known():
    assert {"Community", "Bulletin", "Delivery", "Post"} <= {model.__name__ for model in placed_models()}


def test_the_list_that_comes_with_the_project_is_whole():
    with gzip.open(BUNDLED, "rt", encoding="utf-8") as file:
        codes = [line.partition(",")[0] for line in file][1:]

    assert codes == sorted(set(codes))
    assert [sum(code.count(".") == level for code in codes) for level in range(4)] == [38, 514, 7285, 83762]


@pytest.fixture
def kim_mekar(db, read):
    """A KIM in Jembayan with one post there."""
    load(read(KUTAI))
    village = Region.objects.get(code="64.02.02.2003")
    sector = Sector.objects.create(name="Pertanian", slug="pertanian-uji")
    kind = PartnerKind.objects.create(name="KIM", slug="kim-uji")
    community = Community.objects.create(name="KIM Mekar", slug="kim-mekar", partner_kind=kind, seat=village)
    author = get_user_model().objects.create(email="siti@example.id")
    Post.objects.create(community=community, author=author, sector=sector, title="Panen raya", place=village)
    return community


def test_a_kim_and_its_posts_follow_their_village_to_another_city(kim_mekar, read, former):
    former("64.02.02,Loa Kulu,64.72.02,Edisi")

    load(read(KUTAI.replace("64.02.02", "64.72.02")))

    samarinda = Region.objects.get(code="64.72")
    assert Community.objects.within(samarinda).get() == kim_mekar
    assert Post.objects.within(samarinda).get().title == "Panen raya"


def test_what_lay_in_a_merged_village_counts_for_its_successor(kim_mekar, read, former):
    former("64.02.02.2003,Jembayan,64.02.02.2004,Edisi")

    load(read(KUTAI.replace("64.02.02.2003,Jembayan\n", "")))

    successor = Region.objects.get(code="64.02.02.2004")
    post = Post.objects.within(successor).get()
    assert post.place.name == "Jembayan", "the place where it happened stays"
    assert Community.objects.get().seat == successor, "a KIM sits where it is today"


def test_places_that_did_not_move_are_left_alone(kim_mekar):
    assert [reseat(model) for model in placed_models()] == [0] * len(placed_models())
