"""Made brings the roster of his regency in: checked, mended, carried out, and no KIM twice."""

import csv
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import AuditEntry
from communities.models import Community, RosterImport, RosterRow, StepRefused
from communities.rosters import reports
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check
from communities.rosters.details import mention_of, same_name
from communities.rosters.receiving import receive
from communities.tasks import resume_rosters
from regions.tables import FileRefused

HEADINGS = "NO;NAMA KIM;DESA;KECAMATAN;NO SK;TANGGAL SK;TANGGAL BERDIRI;KETUA;HP;BIDANG"
MEKAR = (
    "1;KIM Mekar Jaya;Desa Jembayan;Kec. Loa Kulu;12 Tahun 2019;;11/9/19;Ibu Rahma;81234567890;perikanan dan pertanian"
)


@pytest.fixture
def brought(made, places):
    """A roster as Made uploads it, checked."""

    def bring(*lines, headings=HEADINGS, region="64.02", by=made):
        file = ContentFile("\n".join([headings, *lines]).encode(), name="KIM Kukar.csv")
        roster = receive(file, by=by, region=places[region])
        check(roster)
        return roster

    return bring


def carried_out(roster, by):
    roster.approve(by=by)
    carry_out(roster)
    return roster


def statuses(roster):
    return list(roster.rows.values_list("status", flat=True))


# Checking


@pytest.mark.parametrize("sign", ["sda", "s.d.a.", "idem", "-”-", "''"])
def test_a_cell_that_says_as_above_is_the_place_above(brought, sign):
    roster = brought(MEKAR, f"2;KIM Maju;Jembayan;{sign}", f"3;KIM Jaya;{sign};{sign}")

    assert set(roster.rows.values_list("region__name", flat=True)) == {"Jembayan"}


def test_a_dry_run_says_of_each_row_what_would_become_of_it_and_writes_no_kim(brought):
    roster = brought(
        MEKAR,
        "2;KIM Jalan;Desa Antah;Kec. Loa Kulu",
        "3;;Jembayan;Loa Kulu",
        "4;KIM Maju;Jembayan;Loa Kulu;;31/2/2020",
        "5;KIM Mekar Jaya;Jembayan;Loa Kulu",
    )

    assert roster.status == RosterImport.Status.CHECKED
    assert statuses(roster) == ["matched", "not_found", "error", "error", "duplicate"]
    assert [row.problems for row in roster.rows.all()][2:] == [
        ["Nama KIM kosong."],
        ["Tanggal “31/2/2020” tidak ada di kalender."],
        ["Sama dengan baris 2."],
    ]
    assert not Community.objects.exists()


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("Tengarong;Tenggarong", ["Kecamatan Tenggarong"]),
        ("Tengarong;", ["Kecamatan Tenggarong"]),
        ("Jembayn Tengah;Tenggarong", ["Desa Jembayan Tengah"]),
        ("Antah;Loa Kulu", []),
    ],
)
def test_a_place_that_is_not_found_offers_what_resembles_it_and_takes_none(brought, written, offered):
    row = brought(f"1;KIM Maju;{written}").rows.get()

    assert row.region is None
    assert [place.full_name for place in row.choices] == offered
    assert row.status == ("ambiguous" if offered else "not_found")


def test_checking_twice_changes_nothing(brought):
    roster = brought(MEKAR, "2;KIM Lain;;")
    before = list(roster.rows.values())
    roster.map_columns(roster.columns)

    check(roster)

    assert list(roster.rows.values()) == before


def test_the_columns_can_be_named_by_hand(brought):
    roster = brought("KIM Mekar;Jembayan", headings="Paguyuban;Titik")
    assert roster.status == RosterImport.Status.FAILED
    assert roster.problem

    roster.map_columns({"name": 0, "place": 1})
    check(roster)

    assert statuses(roster) == ["matched"]


def test_a_place_of_the_neighbour_is_an_error_that_says_so(brought):
    roster = brought("KIM Pantai;Manggar;Balikpapan", headings="NAMA KIM;DESA;KAB/KOTA")

    assert roster.rows.get().errors == ["Tempat ini di luar wilayah tugas."]


def test_a_formula_in_a_column_that_counts_is_an_error(made, places):
    book = openpyxl.Workbook()
    book.active.append(["NO", "NAMA KIM", "DESA"])
    book.active.append(["=1+1", '="KIM "&"Mekar"', "Jembayan"])
    file = io.BytesIO()
    book.save(file)
    roster = receive(ContentFile(file.getvalue(), name="a.xlsx"), by=made, region=places["64.02"])

    check(roster)

    assert roster.rows.get().problems[0] == "Kolom NAMA KIM berisi rumus. Tempelkan nilainya."
    assert roster.rows.get().status == RosterRow.Status.ERROR


def test_what_is_no_roster_is_refused_at_the_door(made, places):
    with pytest.raises(FileRefused):
        receive(ContentFile(b"%PDF-1.7", name="a.csv"), by=made, region=places["64.02"])
    assert not RosterImport.objects.exists()


def test_nobody_brings_a_roster_for_the_region_next_door(made, ratna, places):
    for officer, code in ((made, "64.71"), (made, "64"), (ratna, "64.02")):
        with pytest.raises(PermissionDenied):
            receive(ContentFile(b"a;b", name="a.csv"), by=officer, region=places[code])
    assert not RosterImport.objects.exists()


# Choosing


def test_the_officer_says_where_an_open_row_is_and_checking_again_keeps_it(brought, places):
    roster = brought("1;KIM Jalan;Jembayn Tegah;Kec. Loa Kulu")
    row = roster.rows.get()
    assert row.status in (RosterRow.Status.AMBIGUOUS, RosterRow.Status.NOT_FOUND)

    row.choose(places["64.02.02.2011"])
    roster.map_columns(roster.columns)
    check(roster)

    row = roster.rows.get()
    assert (row.status, row.region, row.is_chosen) == ("matched", places["64.02.02.2011"], True)


def test_nothing_outside_the_region_of_the_roster_can_be_chosen(brought, places):
    row = brought("1;KIM Jalan;Antah;Kec. Loa Kulu").rows.get()

    with pytest.raises(StepRefused):
        row.choose(places["64.71.01.1001"])

    row.refresh_from_db()
    assert row.region is None


# Carrying out


def test_matched_rows_become_kims_that_are_old_data(brought, made, places):
    roster = carried_out(brought(MEKAR, "2;KIM Jalan;Desa Antah;Kec. Loa Kulu"), made)

    community = Community.objects.get()
    assert roster.status == RosterImport.Status.DONE
    assert community.is_old_data
    assert (community.name, community.seat) == ("KIM Mekar Jaya", places["64.02.02.2003"])
    assert (community.status, community.number) == ("verified", "640202200301")
    assert community.village == places["64.02.02.2003"]
    assert f"{community.founded_on}" == "2019-09-11"
    assert community.contact_phone == "081234567890"
    assert [sector.slug for sector in community.sectors.all()] == ["pertanian-perikanan"]
    assert community.positions.get(role="ketua").membership.name == "Ibu Rahma"
    assert "12 Tahun 2019" in community.steps.get().note
    assert statuses(roster) == ["imported", "not_found"]


def test_once_confirmed_it_is_old_data_no_more(brought, made):
    carried_out(brought(MEKAR), made)

    Community.objects.get().confirm(by=made)

    assert not Community.objects.get().is_old_data


def test_the_same_roster_twice_adds_nothing(brought, made):
    carried_out(brought(MEKAR, "2;KIM Lestari;Jembayan;Loa Kulu"), made)
    again = carried_out(brought(MEKAR, "2;Kelompok Informasi Masyarakat (KIM) LESTARI;Jembayan;Loa Kulu"), made)

    assert Community.objects.count() == 2
    assert statuses(again) == ["duplicate", "duplicate"]
    assert all(row.community for row in again.rows.all())


def test_carrying_out_twice_adds_nothing(brought, made):
    roster = carried_out(brought(MEKAR), made)

    carried_out(roster, made)

    assert Community.objects.count() == 1
    assert statuses(roster) == ["imported"]


def test_several_kims_of_a_village_get_numbers_and_addresses_of_their_own(brought, made, make_community):
    make_community("KIM Lama")
    carried_out(brought(*(f"{n};KIM Lestari {'I' * n};Jembayan;Loa Kulu" for n in range(1, 4))), made)

    numbers = set(Community.objects.values_list("number", flat=True))
    assert numbers == {"640202200301", "640202200302", "640202200303", "640202200304"}
    assert Community.objects.values("slug").distinct().count() == 4


def test_one_name_in_two_villages_gives_two_addresses(brought, made):
    carried_out(brought("1;KIM Lestari;Jembayan;Loa Kulu", "2;KIM Lestari;Jembayan Tengah;Loa Kulu"), made)

    assert set(Community.objects.values_list("slug", flat=True)) == {"kim-lestari", "kim-lestari-jembayan-tengah"}


def test_a_later_roster_fills_gaps_of_old_data_and_overwrites_nothing(brought, made):
    carried_out(brought("1;KIM Mekar Jaya;Jembayan;Loa Kulu;;;2/2/2015"), made)
    carried_out(brought(MEKAR), made)

    community = Community.objects.get()
    assert f"{community.founded_on}" == "2015-02-02"
    assert community.contact_phone == "081234567890"


def test_a_kim_that_spoke_for_itself_is_not_touched(brought, made, mekar):
    roster = carried_out(brought("1;KIM Mekar;Jembayan;Loa Kulu;;;2/2/2015"), made)

    mekar.refresh_from_db()
    assert mekar.founded_on is None
    assert roster.rows.get().community == mekar


def test_a_year_is_told_and_is_no_founding_day(brought, made):
    carried_out(brought("1;KIM Mekar;Jembayan;Loa Kulu;;;2014"), made)

    community = Community.objects.get()
    assert community.founded_on is None
    assert "Berdiri 2014 menurut daftar." in community.steps.get().note


def test_kims_of_one_ceremony_share_the_decree_that_names_its_office(brought, made, places):
    decree = "SK Bupati 100/2020;5 Januari 2020"
    carried_out(brought(f"1;KIM Satu;Jembayan;Loa Kulu;{decree}", f"2;KIM Dua;Jembayan;Loa Kulu;{decree}"), made)

    (decree,) = {community.decree for community in Community.objects.all()}
    assert (decree.issuer, decree.region) == ("regent", places["64.02"])


def test_whoever_does_not_decide_there_makes_no_kim(brought, made, ratna):
    roster = carried_out(brought(MEKAR), ratna)

    assert not Community.objects.exists()
    assert statuses(roster) == ["error"]


def test_the_trail_tells_who_brought_the_kim_in_and_from_where(brought, made):
    carried_out(brought(MEKAR), made)

    entry = AuditEntry.objects.about(Community.objects.get()).get()
    assert (entry.by, entry.reason) == (made, "Impor daftar “KIM Kukar.csv”.")


def test_two_workers_do_one_roster_once(brought, made):
    roster = brought(MEKAR)
    roster.approve(by=made)
    other = RosterImport.objects.get(pk=roster.pk)

    carry_out(roster)
    carry_out(other)

    assert Community.objects.count() == 1


def test_what_a_lost_worker_left_is_taken_up_again(brought, made):
    roster = brought(MEKAR)
    roster.approve(by=made)
    roster.begin(RosterImport.Status.CARRYING_OUT)
    RosterImport.objects.update(touched_at=timezone.now() - timezone.timedelta(minutes=6))

    resume_rosters.call()
    roster.refresh_from_db()
    carry_out(roster)

    assert roster.status == RosterImport.Status.DONE
    assert Community.objects.count() == 1


# Reports


@pytest.mark.parametrize("sign", ["=1+1", "+62", "-1", "@SUM(A1)"])
def test_what_looks_like_a_formula_leaves_as_text(brought, sign):
    roster = brought(f"1;KIM Mekar {sign};{sign};Loa Kulu")

    (_headings, cells) = csv.reader(
        io.StringIO(reports.as_csv(roster, roster.rows.all()).decode("utf-8-sig")), delimiter=";"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(reports.as_xlsx(roster, roster.rows.all()))).active

    assert f"'{sign}" in cells
    assert all(cell.data_type == "s" for cell in sheet[2] if cell.value)


# Facts


def test_spellings_of_a_kim_are_one_name():
    assert same_name("KELOMPOK INFORMASI MASYARAKAT “PALLAWA”") == same_name("KIM Pallawa") == "pallawa"
    assert same_name("KIM") == "kim"


@pytest.mark.parametrize(
    ("name", "mention"),
    [("Jalen Media", "jalen"), ("Sedarat kim id", "sedarat"), ("KIM Desa Sukoharjo", "desa sukoharjo")],
)
def test_a_name_may_mention_a_place(name, mention):
    assert mention_of(name) == mention
