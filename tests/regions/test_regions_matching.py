"""Rows of rosters meet the whole list: what can mean one place is matched, what could mean two is asked."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from regions.matching import Places, Status
from regions.models import Region
from regions.spelling import is_slip, key_of, sound_of
from regions.terms import plain

SAMPLE = Path(settings.KIM_REFERENCE_DATA) / "kim_rosters_sample.csv"


@pytest.fixture(scope="module")
def nation(django_db_setup, django_db_blocker):
    """Everything in memory, from the whole list loaded once in a transaction that is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_regions", stdout=StringIO())
        scopes = {code: Places(Region.objects.get(code=code)) for code in ("0", "35", "35.73", "34.04", "64.02")}
        transaction.set_rollback(True)
    return scopes


def row(*columns):
    """The columns of a roster from the smallest place to the largest."""
    return dict(zip(("village", "district", "regency", "province"), columns, strict=False))


# Columns

MATCHED = [
    (row("Kelurahan/Kecamatan Sukun", "", "Kota Malang"), "35.73.04.1005"),
    (row("Sukun", "Sukun", "Malang"), "35.73.04.1005"),
    (row("Oro–Oro Ombo", "Kec. Kartoharjo", "Kota Madiun"), "35.77.01.1001"),
    (row("ORO ORO OMBO", "BATU", "KOTA BATU"), "35.79.01.2006"),
    (row("oro2 ombo", "batu", "kota batu"), "35.79.01.2006"),
    (row("", "", "Penajam Paser Utara (PPU)"), "64.09"),
    (row("", "", "PPU"), "64.09"),
    (row("", "Kec.Trenggalek", ""), None),
    (row("", "Kec.Trenggalek", "Kab.Trenggalek"), "35.03.11"),
    (row("", "", "Kab. Bogor"), "32.01"),
    (row("", "", "KOTA BOGOR"), "32.71"),
    (row("", "", "Bogor"), None),
    (row("", "", "Kab/Kota Bogor"), None),
    (row("", "", "Malang"), None),
    (row("", "", "Kodya Malang"), "35.73"),
    (row("", "", "Madiun"), None),
    (row("", "Bogor Barat", "Bogor"), "32.71.04"),
    (row("", "Kepanjen", "Malang"), "35.07.13"),
    (row("Ds. Mulyorejo", "", "Kota Malang"), "35.73.04.1010"),
    (row("Kel. Mulyorejo", "Kec. Sukun", "Kota Malang"), "35.73.04.1010"),
    (row("", "", "", "Jatim"), "35"),
    (row("", "", "", "Provinsi D.I. Yogyakarta"), "34"),
    (row("", "", "", "DKI Jakarta"), "31"),
    (row("", "", "Kota Adm. Jakarta Selatan", "DKI"), "31.74"),
    (row("", "Kebayoran Baru", "Jaksel"), "31.74.07"),
    (row("", "", "Kutai Kertanegara"), "64.02"),
    (row("", "", "Kab. Kutai Kertanagara", "Kaltim"), "64.02"),
    (row("Jembayan", "Loakulu", "Kukar"), "64.02.02.2003"),
    (row("Loa Duri Ilir", "Loa Janan", "Kutai Kartanegara"), "64.02.03.2007"),
    (row("Loa Doeri Ilir", "", "Kab. Kukar"), "64.02.03.2007"),
    (row("Kalurahan Caturtunggal", "Kapanewon Depok", "Sleman"), "34.04.07.2001"),
    (row("Catur Tunggal", "Depok", "Kab. Sleman", "DIY"), "34.04.07.2001"),
    (row("Kel. Caturtunggal", "Kec. Depok", "Sleman"), "34.04.07.2001"),
    (row("", "Kemantren Gondokusuman", "Yogyakarta"), "34.71.03"),
    (row("Panggungharjo", "Sewon", "Bantul"), "34.02.15.2004"),
    (row("Gampong Lamteh", "", "Banda Aceh"), "11.71.09.2002"),
    (row("Gp. Lamteh", "Ulee Kareng", "Kota Banda Aceh", "Aceh"), "11.71.09.2002"),
    (row("Nagari Koto Baru", "", "Dharmasraya"), "13.10.01.2002"),
    (row("Nagari Koto Baru", "Kec. Koto Baru", "Kab. Dharmasraya"), "13.10.01.2002"),
    (row("Koto Baru", "", "Padang Pariaman"), "13.05.12.2001"),
    (row("Sungai Agul", "Medan Barat", "Medan"), "12.71.05.1005"),
    (row("Medan Kota", "", ""), None),
    (row("", "Kec. Medan Kota", "Kota Medan"), "12.71.01"),
    (row("", "Kec. Kota", "Kediri"), "35.71.02"),
    (row("", "Kota Kudus", "Kudus"), "33.19.02"),
    (row("Nipah Panjang 1", "Nipah Panjang", "Tanjabtim"), "15.07.02.1001"),
    (row("Kelurahan Waena", "Heram", "Kota Jayapura"), "91.71.05.1002"),
    (row("Kampung Waena", "Distrik Heram", "Kota Jayapura"), "91.71.05.2005"),
    (row("Waena", "Heram", "Kota Jayapura"), None),
    (row("Karang Asam Hulu", "Sungai Kunjang", "Samarinda"), None),
    (row("Karangasam Ulu", "Sungai Kunjang", "Samarinda"), "64.72.06.1003"),
    (row("Surodakam", "Trenggalek", "Kab Trenggalek"), "35.03.11.1006"),
    (row("Nambangankidul", "Mangunharjo", "Kota Madiun"), "35.77.02.1009"),
    (row("Geger Kalong", "Sukasari", "Kota Bandung"), "32.73.01.1002"),
    (row("Bhakti Jaya", "Setu", "Tangerang Selatan"), "36.74.07.1006"),
    (row("Sanur Kaja", "Denpasar Selatan", "Denpasar", "Bali"), "51.71.01.2009"),
    (row("Sanur", "Densel", "Denpasar"), None),
    (row("Padangsambian Kaja", "", "Denpasar"), "51.71.03.2011"),
    (row("Sumbersari", "", "Jember"), "35.09.21.1002"),
    (row("", "Sumbersari", "Jember"), "35.09.21"),
    (row("Desa Sumbersari", "", "Jawa Timur"), None),
    (row("Sardonoharjo", "", ""), None),
    (row("Sardonoharjo", "Ngaglik", ""), "34.04.12.2005"),
    (row("Sardonoharjo", "Gamping", "Sleman"), None),
    (row("Sukamaju", "", ""), None),
    (row("Tanjung Selor Hilir, Kec. Tanjung Selor", "", "Bulungan"), "65.01.05.1002"),
    (row("Ds. Jembayan Kec. Loa Kulu", "", "Kutai Kartanegara"), "64.02.02.2003"),
    (row("-", "-", "Kabupaten Berau"), "64.03"),
    (row("", "", "Kabupaten Toba Samosir"), "12.12"),
    (row("", "", "Kab. Antah Berantah"), None),
    (row("", "", "Kabupaten Malang", "Jawa Barat"), None),
]


@pytest.mark.parametrize(("columns", "code"), MATCHED, ids=lambda value: str(value))
def test_rows_find_their_place_or_ask(nation, columns, code):
    match = nation["0"].match(**columns)

    assert (match.region and match.region.code) == code
    assert (match.status is Status.MATCHED) == bool(code)


# One field for everything

FREE = [
    ("Jalen Balong Ponorogo", "35.02.11.2014"),
    ("Jembayan, Loa Kulu, Kutai Kartanegara", "64.02.02.2003"),
    ("KEL. SUKUN KEC. SUKUN KOTA MALANG", "35.73.04.1005"),
    ("Desa Grecol, Kec. Kalimanah, Kab. Purbalingga", "33.03.06.2010"),
    ("Jl. Raya Tajem No. 12 RT 03/RW 01 Kel. Caturtunggal Kec. Depok Kab. Sleman 55281", "34.04.07.2001"),
    ("Dusun Krajan RT 02 RW 01, Desa Ngumbul, Kec. Tulakan, Pacitan", "35.01.10.2014"),
    ("Kec. Medan Kota Kota Medan", "12.71.01"),
    ("Kecamatan Caringin - Kabupaten Bogor", "32.01.27"),
    ("Kota Batu", "35.79"),
    ("Kabupaten Kutai Timur (Kutim)", "64.08"),
    ("Desa Kalimaro Kecamatan KEDUNGJATI Grobogan", "33.15.01.2010"),
    ("Ds. Sukowono Kec. Jayaloka Musi-Rawas", "16.05.08.2008"),
    ("Kel. Kemantren, Sumber, CIREBON", "32.09.15.1011"),
    ("Kelurahan Kemantren Kec. Sumber Kab. Cirebon", "32.09.15.1011"),
    ("Lembang, Kec. Sanggau Ledo, Kab. Bengkayang", "61.07.06.2001"),
    ("Sukun, Malang", None),
    ("Malang", None),
    ("Jl. Merdeka 5", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "code"), FREE)
def test_one_field_with_everything_is_understood(nation, text, code):
    match = nation["0"].match(place=text)

    assert (match.region and match.region.code) == code


# What is asked, and with which choices


@pytest.mark.parametrize(
    ("columns", "choices"),
    [
        (row("", "", "Bogor"), {"32.01", "32.71"}),
        (row("", "", "Malang"), {"35.07", "35.73"}),
        (row("", "", "Madiun"), {"35.19", "35.77"}),
        (row("Waena", "Heram", "Kota Jayapura"), {"91.71.05.1002", "91.71.05.2005"}),
        (row("Sardonoharjo", "Gamping", "Sleman"), {"34.04.12.2005"}),
        (row("Sardonoharjo"), {"34.04.12.2005"}),
        (row("", "", "Kabupaten Malang", "Jawa Barat"), {"35.07"}),
    ],
)
def test_what_could_be_several_places_comes_with_all_of_them(nation, columns, choices):
    match = nation["0"].match(**columns)

    assert match.status is Status.AMBIGUOUS
    assert choices <= {place.code for place in match.candidates}


def test_a_village_that_is_not_there_is_never_the_district(nation):
    match = nation["0"].match(**row("Desa Antah Berantah", "Ngaglik", "Sleman"))

    assert match.status is Status.NOT_FOUND
    assert match.within.code == "34.04.12"


def test_a_row_that_names_no_place_is_not_found(nation):
    for scope in nation.values():
        assert scope.match().status is Status.NOT_FOUND


# An officer's own region


def test_within_a_regency_a_village_needs_no_more_than_its_name(nation):
    assert nation["34.04"].match(village="Desa Sardonoharjo").region.code == "34.04.12.2005"
    assert nation["35.73"].match(place="Oro-oro Dowo").region.code == "35.73.02.1008"


@pytest.mark.parametrize("columns", [row("", "", "Kabupaten Jember"), row("Jenggawah", "Jenggawah", "Jember")])
def test_what_lies_elsewhere_is_outside(nation, columns):
    match = nation["35.73"].match(**columns)

    assert match.status is Status.OUTSIDE
    assert match.region is None


def test_the_regency_of_the_scope_may_be_named_without_its_kind(nation):
    assert nation["35.73"].match(**row("Sukun", "Sukun", "Malang")).region.code == "35.73.04.1005"
    assert nation["64.02"].match(**row("Jembayan", "", "Kukar", "Kaltim")).region.code == "64.02.02.2003"
    assert nation["64.02"].match(**row("", "", "Kab. Kutai Kartanegara")).region.code == "64.02"


def test_a_village_of_the_neighbour_is_not_found_here(nation):
    assert nation["34.04"].match(village="Panggungharjo").region is None
    assert nation["35"].match(**row("Sardonoharjo", "Ngaglik")).region is None


# Codes and mentions


def test_an_official_code_counts_unless_the_names_say_otherwise(nation):
    assert nation["0"].match(code="64.02.02.2003").region.code == "64.02.02.2003"
    assert nation["0"].match(code="6402022003", regency="Kukar").region.code == "64.02.02.2003"
    assert nation["0"].match(code="6402022003", regency="Berau").status is Status.AMBIGUOUS
    assert nation["0"].match(code="ambigu", regency="Kota Malang").region.code == "35.73"
    assert nation["0"].match(code="64.02", village="Jembayan", district="Loa Kulu").region.code == "64.02.02.2003"
    assert nation["0"].match(code="32.71", regency="Bogor").region.code == "32.71"
    assert nation["0"].match(code="32.71", village="Antah Berantah").status is Status.AMBIGUOUS
    assert nation["35"].match(code="64.02").status is Status.OUTSIDE


def test_a_group_named_like_a_village_of_its_district_sits_there(nation):
    assert nation["0"].match(district="Kec Balong", mention="Jalen").region.code == "35.02.11.2014"
    assert nation["0"].match(district="Balong", regency="Ponorogo", mention="Balong").region.code == "35.02.11"
    assert nation["0"].match(district="Balong", regency="Ponorogo", mention="Melati").region.code == "35.02.11"


def test_a_mention_does_not_mend_what_the_columns_gainsay(nation):
    match = nation["0"].match(district="Balong", regency="Kabupaten Sleman", mention="Jalen")

    assert match.region is None


def test_one_name_written_twice_is_no_second_proof(nation):
    assert nation["0"].match(village="Sardonoharjo", place="Sardonoharjo").region is None
    assert nation["0"].match(village="Sardonoharjo", place="Sardonoharjo Sleman").region.code == "34.04.12.2005"


def test_the_longest_text_is_answered_soon(nation):
    for text in ("satu dua tiga " * 60, "a, " * 300, "desa " * 100, "kec kota " * 80, "(" * 500):
        assert nation["0"].match(village=text, district=text, place=text).region is None


def test_a_village_within_the_name_of_a_group_is_asked(nation):
    match = nation["0"].match(district="Balong", regency="Ponorogo", mention="Karya Jalen Bersatu")

    assert [place.code for place in match.candidates] == ["35.02.11.2014", "35.02.11"]
    assert nation["0"].match(regency="Kota Malang", mention="Lestari Tunjungsekar").region.code == "35.73"
    assert nation["0"].match(regency="Kota Malang", mention="Kelurahan Tunjungsekar").status is Status.AMBIGUOUS


# Spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nambangankidul", "NAMBANGAN KIDUL"), ("Sukamaju-II", "Sukamaju 2"), ("Oro2 Ombo", "Oro-Oro Ombo")],
)
def test_blanks_numbers_and_doubling_make_no_difference(one, other):
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Soerabaja", "Surabaja"), ("Tandjung Redeb", "Tj. Redeb"), ("Sumberrejo", "Sumberejo"), ("Bhakti", "Bakti")],
)
def test_old_letters_and_short_forms_sound_the_same(one, other):
    assert sound_of(one) == sound_of(other) or is_slip(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sukajaya", "Sukaraya"),
        ("Karangsari", "Karangjati"),
        ("Sukamaju 1", "Sukamaju 2"),
        ("Koto Baru", "Koto Batu"),
        ("Banjarsari", "Banjarjati"),
        ("Kunir", "Kunir Lor"),
        ("Alas", "Alis"),
        ("Supa Mulya", "Suka Mulya"),
        ("Teluk PanjiIII", "Teluk Panji"),
        ("Mopugad Utara Atu", "Mopugad Utara"),
        ("Sarmi", "Sarmo"),
    ],
)
def test_another_name_is_no_slip_of_the_pen(one, other):
    assert not is_slip(one, other)


# The real examples


def without_kim(name):
    words = re.sub(r"\b(kelompok|komunitas) informasi masyarakat\b|\b(kim|id|media)\b", " ", plain(name))
    return " ".join(words.split())


@pytest.mark.skipif(not SAMPLE.exists(), reason="no reference pack here")
def test_real_rows_lie_where_a_careful_officer_put_them(nation):
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    exact, wrong = 0, []
    for record in rows:
        columns = row(record["desa_kelurahan"], record["kecamatan"], record["kab_kota"], record["provinsi"])
        match = nation["0"].match(**columns, mention=without_kim(record["nama_kim"]))
        found = match.region.code if match.region else ""
        expected = record["kode_wilayah"].replace("ambigu", "")
        exact += found == expected
        if found and found != expected:
            wrong.append((record["no"], found, expected))

    assert wrong == []
    assert exact >= 0.95 * len(rows)
