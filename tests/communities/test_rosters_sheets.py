"""A workbook is read sheet by sheet: which are rosters, how their columns fit together, and which rows are no KIM."""

import io

import openpyxl
import pytest
from django.core.files.base import ContentFile

from communities.models import RosterImport, StepRefused
from communities.rosters import reading
from communities.rosters.checking import check
from communities.rosters.receiving import receive
from communities.rosters.sheets import Status
from regions.models import Region

HEADINGS = ["NO", "NAMA KIM", "DESA", "KECAMATAN"]
MEKAR = [1, "KIM Mekar", "Jembayan", "Loa Kulu"]
MAJU = [2, "KIM Maju", "Jembayan Tengah", "Loa Kulu"]


def workbook(sheets):
    """The bytes of a workbook of `{title: rows}`."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file


def read(sheets, wanted=None):
    with reading.open_roster(workbook(sheets), wanted) as book:
        return book, list(book.lines)


def statuses(sheets, wanted=None):
    return {sheet.title: sheet.status for sheet in read(sheets, wanted)[0].sheets}


# Sheets


def test_every_sheet_that_is_a_roster_is_read_and_its_rows_know_it():
    book, lines = read({"Loa Kulu": [HEADINGS, MEKAR], "Tenggarong": [["DAFTAR KIM"], [], HEADINGS, MAJU]})

    assert [sheet.status for sheet in book.sheets] == [Status.READ, Status.READ]
    assert [(line.sheet, line.number, line.cells[1]) for line in lines] == [(0, 2, "KIM Mekar"), (1, 4, "KIM Maju")]


def test_headings_may_stand_in_the_first_sheet_alone():
    book, lines = read({"Loa Kulu": [HEADINGS, MEKAR], "Tenggarong": [["KECAMATAN TENGGARONG"], MAJU]})

    assert lines[-1].cells[1] == "KIM Maju"
    assert book.remarks == ["Lembar “Tenggarong”: Judul kolomnya dari lembar “Loa Kulu”."]


def test_columns_of_another_order_or_another_name_are_put_together():
    book, lines = read(
        {
            "A": [["NO", "NAMA KIM", "DESA", "HP"], [1, "KIM Mekar", "Jembayan", "0812"]],
            "B": [["DESA/KELURAHAN", "KETUA", "NAMA KIM", "NO HP"], ["Manggar", "Budi", "KIM Maju", "0856"]],
        }
    )

    assert book.headings == ["NO", "NAMA KIM", "DESA", "HP", "KETUA"]
    assert lines[1].cells == ["", "KIM Maju", "Manggar", "0856", "Budi"]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["NO", "KECAMATAN", "JUMLAH KIM"], [1, "Loa Kulu", 14], [2, "Tenggarong", 12]], "Tidak ada kolom nama KIM."),
        ([], "Kosong."),
        ([["Dinas Komunikasi dan Informatika"], ["Tahun 2024"]], "Tidak berisi daftar."),
    ],
)
def test_a_sheet_that_is_no_roster_is_left_out_and_that_is_said(rows, why):
    sheet = read({"Data": [HEADINGS, MEKAR], "Lain": rows})[0].sheets[1]

    assert (sheet.status, sheet.why) == (Status.LEFT_OUT, why)


@pytest.mark.parametrize(
    ("title", "rows", "word"),
    [
        ("Pengurus", [["NO", "NAMA", "JABATAN", "HP"], [1, "Budi", "Ketua", "0812"]], "daftar orang"),
        ("Lain", [["PAGUYUBAN", "DESA", "KETUA", "HP"], ["Mekar", "Jembayan", "Budi", "0812"]], "tidak dikenali"),
        ("Lain", [["a", "", "b", "c"]] * 3, "Tidak ada baris judul"),
        ("Data (2)", [HEADINGS, MEKAR], "salinan"),
        ("Copy of Data", [HEADINGS, MEKAR], "salinan"),
    ],
)
def test_a_sheet_that_may_be_a_roster_is_asked_about(title, rows, word):
    sheet = read({"Data": [HEADINGS, MEKAR], title: rows})[0].sheets[1]

    assert sheet.status == Status.UNCLEAR
    assert word in sheet.why


def test_of_the_lists_of_several_years_the_newest_is_read_and_the_others_are_asked_about():
    found = statuses({"KIM 2022": [HEADINGS, MEKAR], "KIM 2024": [HEADINGS, MEKAR], "KIM 2023": [HEADINGS, MEKAR]})

    assert found == {"KIM 2022": "unclear", "KIM 2024": "read", "KIM 2023": "unclear"}


def test_what_a_person_says_of_a_sheet_goes_before():
    sheets = {
        "2022": [HEADINGS, MEKAR],
        "2024": [HEADINGS, MEKAR],
        "Lain": [["a1", "b1", "c1"], *([["a", "b", "c"]] * 2)],
    }

    assert statuses(sheets, {"2022": True, "2024": False, "Lain": True}) == {
        "2022": "read",
        "2024": "left_out",
        "Lain": "read",
    }


def test_a_single_list_of_people_is_asked_about_too():
    book, lines = read({"Data": [["NO", "NAMA", "JABATAN", "HP"], [1, "Budi", "Ketua", "0812"]]})

    assert book.sheets[0].status == Status.UNCLEAR
    assert lines == []


def test_hidden_sheets_are_named_and_not_read():
    file = workbook({"Data": [HEADINGS, MEKAR], "Rahasia": [HEADINGS, MAJU]})
    book = openpyxl.load_workbook(file)
    book["Rahasia"].sheet_state = "veryHidden"
    book.save(file := io.BytesIO())

    with reading.open_roster(file) as book:
        assert book.remarks == ["Lembar tersembunyi tidak dibaca: Rahasia."]
        assert [line.cells[1] for line in book.lines] == ["KIM Mekar"]


def test_five_thousand_rows_are_the_most_of_all_sheets_together():
    with pytest.raises(reading.FileRefused, match=r"5\.000 baris"):
        read({"A": [HEADINGS, *[MEKAR] * 3_000], "B": [HEADINGS, *[MAJU] * 2_001]})


# At the office


@pytest.fixture
def brought(made, places):
    def bring(sheets, region="64.02"):
        content = sheets.encode() if isinstance(sheets, str) else workbook(sheets).getvalue()
        name = "KIM.csv" if isinstance(sheets, str) else "KIM.xlsx"
        roster = receive(ContentFile(content, name=name), by=made, region=places[region])
        check(roster)
        return roster

    return bring


def test_the_title_of_a_sheet_tells_the_district_of_its_rows(brought, places):
    roster = brought(
        {
            "Kec. Loa Kulu": [["NO", "NAMA KIM", "KETUA"], [1, "KIM Mekar", "Budi"]],
            "02 Tenggarong": [["NO", "NAMA KIM", "KETUA"], [1, "KIM Maju", "Siti"]],
        }
    )

    assert [(row.position_in_file, row.region) for row in roster.rows.all()] == [
        ("Kec. Loa Kulu, 2", places["64.02.02"]),
        ("02 Tenggarong, 2", places["64.02.06"]),
    ]
    assert [(sheet["rows"], sheet["place"]) for sheet in roster.sheets] == [(1, "Kec. Loa Kulu"), (1, "Tenggarong")]


def test_what_a_row_says_goes_before_the_title_of_its_sheet(brought, places):
    roster = brought({"Tenggarong": [HEADINGS, MEKAR], "Loa Kulu": [["NAMA KIM", "DESA"], ["KIM Maju", "Jembayan"]]})

    assert [row.region for row in roster.rows.all()] == [places["64.02.02.2003"]] * 2


def test_a_village_of_another_district_is_not_moved_into_the_sheet(brought):
    roster = brought({"Tenggarong": [["NAMA KIM", "DESA"], ["KIM Mekar", "Jembayan"]]})

    assert roster.rows.get().status != "matched"


def test_an_unclear_sheet_holds_the_import_until_somebody_says_what_it_is(brought, made):
    roster = brought({"2023": [HEADINGS, MAJU], "2024": [HEADINGS, MEKAR]})
    assert [sheet["title"] for sheet in roster.unclear_sheets] == ["2023"]
    with pytest.raises(StepRefused):
        roster.approve(by=made)

    roster.choose_sheets({"2023": False, "2024": True})
    check(roster)
    roster.approve(by=made)

    assert [row.name for row in roster.rows.all()] == ["KIM Mekar"]


def test_one_kim_in_two_sheets_is_one(brought):
    roster = brought({"Loa Kulu": [HEADINGS, MEKAR], "Semua": [HEADINGS, MEKAR]})

    assert [row.problems for row in roster.rows.all()] == [[], ["Sama dengan baris 2 lembar “Loa Kulu”."]]


def test_a_code_of_the_statistics_office_and_a_postal_code_are_no_place(brought, places):
    rows = "NAMA KIM;Kode BPS;Kode Pos;Kode Wilayah;DESA\nKIM Mekar;6402020003;75571;64.02.02.2003;Jembayan"

    assert brought(rows).rows.get().region == places["64.02.02.2003"]
    alone = brought("NAMA KIM;Kode BPS;KETUA\nKIM Mekar;6402022003;Budi")
    assert alone.rows.get().region is None


# Rows that are no KIM


def sorted_out(brought, *lines, headings="NO;NAMA KIM;DESA;KECAMATAN;KETUA"):
    """`{first words of a row: why it is left out}`, and the names that are KIMs."""
    rows = brought("\n".join([headings, *lines])).rows.all()
    aside = {" ".join(filter(None, row.cells))[:20]: row.errors[0] for row in rows if row.status == "left_out"}
    return aside, [row.name for row in rows if row.status != "left_out"]


def test_sums_signatures_notes_and_empty_numbers_are_no_errors(brought):
    aside, names = sorted_out(
        brought,
        "1;KIM Mekar;Jembayan;Loa Kulu;Budi",
        "2;KIM Maju;Jembayan Tengah;Loa Kulu;Siti",
        "3;;;;",
        "4;;;Loa Kulu;",
        "5;Belum ada KIM;Jembayan;Loa Kulu;",
        "Jumlah;;;;2",
        ";JUMLAH;5;;",
        ";TOTAL KIM : 2;;;",
        "*) KIM yang aktif;;;;",
        "Keterangan: data per Mei 2024;;;;",
        "1.;KIM aktif : 10;;;",
        "6;KIM ............;Jembayan;Loa Kulu;",
        "No;Nama KIM;Desa;Kec;Ketua",
        ";;;Tenggarong, 17 Mei 2024;",
        ";Mengetahui,;;;",
        ";Kepala Dinas Komunikasi dan Informatika;;Ketua Forum KIM;",
        ";Drs. H. Solihin, M.Si;;Siti Aminah;",
        ";Ketua Forum KIM;;;",
        ";Pembina Tk. I;;;",
        ";NIP. 19700101 199003 1 001;;;",
    )

    assert names == ["KIM Mekar", "KIM Maju"]
    assert list(aside.values()) == [
        "Hanya berisi nomor atau tanda.",
        "Tidak ada nama KIM.",
        "Menurut daftar belum ada KIM di sini.",
        *["Baris jumlah."] * 3,
        "Catatan.",
        "Catatan.",
        "Baris jumlah.",
        "Menurut daftar belum ada KIM di sini.",
        "Judul kolom.",
        *["Bagian tanda tangan."] * 3,
        *["Di bawah daftar."] * 2,
        *["Bagian tanda tangan."] * 2,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "3;KIM Jumlah Makmur;Jembayan;Loa Kulu;Budi",
        "3;Total Karya;Jembayan;Loa Kulu;Budi",
        "3;KIM Kepala Dinas;Jembayan;Loa Kulu;",
        "3;Desa Jembayan;;;",
        ";KIM Mekar;;;",
        "3;;Jembayan;Loa Kulu;",
        "3;An Nur;Jembayan;Loa Kulu;Lurah",
        "3;Ketua Rakyat;Jembayan;Loa Kulu;Budi",
        "3;KIM;Jembayan;Loa Kulu;Budi",
        "3;Daftar Kita;Jembayan;Loa Kulu;Budi",
    ],
)
def test_a_kim_with_a_strange_name_or_little_else_is_not_left_out(brought, line):
    assert sorted_out(brought, "1;KIM Satu;Jembayan;Loa Kulu;Budi", line)[0] == {}


def test_a_row_of_formulas_is_an_error_and_a_sum_of_formulas_is_none(brought):
    formulas = ["=1", '="KIM Mekar"', '="Jembayan"', "=Lain!A1"]

    roster = brought({"Data": [HEADINGS, formulas, ["Jumlah", "=COUNTA(B2:B2)"], [None, None, None, "=SUM(A1:A2)"]]})

    assert [row.status for row in roster.rows.all()] == ["error", "left_out", "left_out"]
    assert "rumus" in roster.rows.first().faults["name"]


def test_a_list_that_goes_on_below_a_signature_is_read_on(brought):
    aside, names = sorted_out(
        brought,
        "1;KIM Mekar;Jembayan;Loa Kulu;Budi",
        ";Mengetahui;;;",
        ";Drs. H. Solihin;;;",
        "2;KIM Maju;Jembayan;Loa Kulu;Siti",
    )

    assert len(aside) == 2
    assert names == ["KIM Mekar", "KIM Maju"]


def test_the_title_of_a_part_tells_the_district_of_the_rows_below(brought, places):
    roster = brought(
        "NO;NAMA KIM;DESA\nA.;KECAMATAN LOA KULU : 1 KIM;\n1;KIM Mekar;Jembayan\n"
        "B.;KECAMATAN TENGGARONG;\n1;KIM Maju;\n"
    )

    assert [(row.status, row.region) for row in roster.rows.all()] == [
        ("left_out", None),
        ("matched", places["64.02.02.2003"]),
        ("left_out", None),
        ("matched", places["64.02.06"]),
    ]


def test_a_district_that_is_written_once_for_several_rows_tells_which_village_is_meant(brought, places):
    twin = Region.objects.get(code="64.02.02.2003")
    twin.pk, twin.code, twin.parent, twin.district = None, "64.02.06.2003", places["64.02.06"], places["64.02.06"]
    twin.save()

    roster = brought(
        "NAMA KIM;DESA;KECAMATAN\nKIM Satu;;Tenggarong\nKIM Dua;Jembayan;\nKIM Tiga;;Loa Kulu\nKIM Empat;Jembayan;\n"
    )

    assert [row.region.code for row in roster.rows.all()] == [
        "64.02.06", "64.02.06.2003", "64.02.02", "64.02.02.2003",
    ]  # fmt: skip


def test_a_person_may_say_that_a_row_is_a_kim_after_all(brought):
    roster = brought("NO;NAMA KIM;DESA\n1;KIM Mekar;Jembayan\n;Daftar Kita;\n")
    row = roster.rows.get(status="left_out")

    roster.keep_rows([row.pk])
    check(roster)

    assert [row.name for row in roster.rows.exclude(status="left_out")] == ["KIM Mekar", "Daftar Kita"]
    assert RosterImport.objects.get().status == "checked"


def test_dates_with_their_month_first_are_asked_about_once_for_the_whole_list(brought, made):
    roster = brought(
        "NAMA KIM;DESA;TANGGAL BERDIRI\nKIM Mekar;Jembayan;05/17/2019\nKIM Maju;Jembayan;05/06/2019\n", "64.02"
    )
    assert roster.month_first_example == "05/17/2019"
    with pytest.raises(StepRefused):
        roster.approve(by=made)

    roster.order_dates(True)
    check(roster)

    assert [row.status for row in roster.rows.all()] == ["matched", "matched"]
