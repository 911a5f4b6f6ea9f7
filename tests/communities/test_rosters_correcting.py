"""A cell that cannot be read costs that cell: it is corrected beside its row, or the KIM comes in without it."""

import pytest
from django.core.files.base import ContentFile

from communities.models import Community, RosterImport, StepRefused
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check
from communities.rosters.correcting import correct, do_without_faults
from communities.rosters.receiving import receive

HEADINGS = "NAMA KIM;DESA;KECAMATAN;TANGGAL SK;NO SK;HP KETUA;FACEBOOK"
JUMAT = "KIM Jumat;Jembayan;Loa Kulu;Jum’at, 17 Mei 2019;SK Kepala Desa 5;;"
SPOILT = "KIM Mekar;Jembayan;Loa Kulu;31/2/2019;SK Kepala Desa 5;8.12346E+11;KIM Mekar Jaya"


@pytest.fixture
def brought(made, places):
    def bring(*lines, headings=HEADINGS):
        file = ContentFile("\n".join([headings, *lines]).encode(), name="KIM.csv")
        roster = receive(file, by=made, region=places["64.02"])
        check(roster)
        return roster

    return bring


def carried_out(roster, by):
    roster.approve(by=by)
    carry_out(roster)
    return roster


def test_a_curly_apostrophe_costs_nothing(brought, made):
    carried_out(brought(JUMAT), made)

    decree = Community.objects.get().decree
    assert (decree.number, f"{decree.issued_on}") == ("SK Kepala Desa 5", "2019-05-17")


def test_each_wrong_cell_is_told_by_itself(brought):
    row = brought(SPOILT).rows.get()

    assert row.status == "error"
    assert set(row.faults) == {"decree_date", "phone"}
    assert set(row.hints) == {"facebook"}
    assert row.region is not None


def test_a_corrected_cell_is_read_and_the_row_keeps_the_rest(brought, made):
    roster = brought(SPOILT)
    row = roster.rows.get()

    correct(roster, {row: {"decree_date": "1/3/2019", "phone": "0812 3456 7890", "facebook": "@kimmekar"}})

    row.refresh_from_db()
    assert (row.status, row.faults, row.hints) == ("matched", {}, {})
    carried_out(roster, made)
    community = Community.objects.get()
    assert community.contact_phone == "081234567890"
    assert community.links == ["https://www.facebook.com/kimmekar"]
    assert f"{community.decree.issued_on}" == "2019-03-01"


def test_a_cell_is_left_out_by_emptying_it_and_the_others_still_count(brought, made):
    roster = brought(SPOILT)
    row = roster.rows.get()

    correct(roster, {row: {"phone": ""}})

    row.refresh_from_db()
    assert (row.status, list(row.faults)) == ("error", ["decree_date"])


def test_all_rows_can_come_in_without_their_wrong_cells_but_none_without_a_name(brought, made):
    roster = brought(SPOILT, ";Jembayan;Loa Kulu;31/2/2019;;;", "KIM Jauh;Manggar;Balikpapan;99;;;", JUMAT)

    # The place in Balikpapan is named by no district here, so it is open, and not outside.
    assert do_without_faults(roster) == 2
    carried_out(roster, made)

    community = Community.objects.get(name="KIM Mekar")
    assert (community.contact_phone, community.decree) == ("", None)
    assert Community.objects.count() == 2
    assert [row.status for row in roster.rows.all()] == ["imported", "error", "not_found", "imported"]


def test_checking_again_keeps_what_was_corrected(brought):
    roster = brought(SPOILT)
    row = roster.rows.get()
    correct(roster, {row: {"decree_date": "", "phone": "081234567890"}})
    roster.map_columns(roster.columns)

    check(roster)

    row.refresh_from_db()
    assert row.status == "matched"
    assert row.by_column["phone"] == "081234567890"


def test_a_name_that_is_written_in_is_compared_with_the_others(brought):
    roster = brought("KIM Mekar;Jembayan;Loa Kulu", ";Jembayan;Loa Kulu")
    row = roster.rows.get(number=3)

    correct(roster, {row: {"name": "kim MEKAR"}})

    row.refresh_from_db()
    assert (row.status, row.errors) == ("duplicate", ["Sama dengan baris 2."])


def test_of_two_who_correct_one_row_the_second_is_told(brought):
    roster = brought(SPOILT)
    first, second = roster.rows.get(), roster.rows.get()
    correct(roster, {first: {"phone": "081234567890"}})

    with pytest.raises(StepRefused):
        correct(roster, {second: {"phone": "085612345678"}})

    assert roster.rows.get().by_column["phone"] == "081234567890"


def test_nothing_is_corrected_while_a_worker_has_the_roster(brought):
    roster = brought(SPOILT)
    row = roster.rows.get()
    RosterImport.objects.update(status="carrying_out")

    with pytest.raises(StepRefused):
        correct(roster, {row: {"phone": ""}})

    row.refresh_from_db()
    assert row.corrections == {}


def test_a_formula_stays_a_fault_until_its_cell_is_written(brought):
    roster = brought(SPOILT)
    row = roster.rows.get()
    row.cells[0], row.faults = "", row.faults | {"name": "Kolom NAMA KIM berisi rumus. Tempelkan nilainya."}
    row.save()

    correct(roster, {row: {"phone": ""}})
    row.refresh_from_db()
    assert "rumus" in row.faults["name"]

    correct(roster, {row: {"name": "KIM Mekar"}})
    row.refresh_from_db()
    assert list(row.faults) == ["decree_date"]
