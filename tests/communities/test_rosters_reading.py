"""Rosters come as they lie in the offices: titles above, merged cells, dates, hidden rows; and some come to do harm."""

import io
import re
import tracemalloc
import zipfile
from datetime import datetime

import openpyxl
import pytest

from communities.rosters import archives, reading
from communities.rosters.columns import guess_columns

HEADINGS = ["NO", "NAMA KIM", "DESA/KELURAHAN", "KECAMATAN"]
ROW = ["1", "KIM Mekar", "Jembayan", "Loa Kulu"]


def workbook(*rows, prepare=lambda book: None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    prepare(book)
    file = io.BytesIO()
    book.save(file)
    return file


def rewritten(file, **members):
    """The same archive with other contents for some members, by the end of their names."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return result


def read(file):
    with reading.open_roster(file if isinstance(file, io.BytesIO) else io.BytesIO(file)) as sheet:
        return sheet, list(sheet.lines)


def refusal(file):
    with pytest.raises(reading.FileRefused) as refused:
        read(file)
    return str(refused.value)


# Workbooks


def test_titles_above_the_headings_are_passed_over_and_rows_keep_their_numbers():
    file = workbook(["DAFTAR KIM"], ["KABUPATEN KUTAI KARTANEGARA TAHUN 2024"], [], HEADINGS, ROW)

    sheet, lines = read(file)

    assert sheet.headings == HEADINGS
    assert lines == [reading.Line(5, ROW)]


def test_headings_of_two_rows_are_read_as_one_and_a_row_of_numbers_is_no_kim():
    def merge(book):
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
            book.active.merge_cells(area)

    file = workbook(
        ["NO", "NAMA KIM", "ALAMAT", None, "SK", None],
        [None, None, "DESA", "KECAMATAN", "NOMOR", "TANGGAL"],
        [1, 2, 3, 4, 5, 6],
        [1, "KIM Mekar", "Jembayan", "Loa Kulu", "12/2019", "11/9/19"],
        prepare=merge,
    )

    sheet, lines = read(file)

    assert guess_columns(sheet.headings) == {
        "name": 1, "village": 2, "district": 3, "decree_number": 4, "decree_date": 5,
    }  # fmt: skip
    assert [line.cells[1] for line in lines] == ["KIM Mekar"]


def test_headings_of_three_rows_are_read_as_one_also_where_one_of_them_is_not_known():
    file = workbook(
        ["NO", "NAMA KIM", "LOKASI", None, "PENGURUS", None, None, "KETERANGAN"],
        [None, None, "DESA", "KEC", "KETUA", None, "SEKRETARIS"],
        [None, None, None, None, "NAMA", "NO HP", "NAMA"],
        [1, "KIM Mekar", "Jembayan", "Loa Kulu", "Ibu Rahma", "081234567890", "Pak Gede", "baru"],
    )

    sheet, lines = read(file)

    assert guess_columns(sheet.headings) == {"name": 1, "village": 2, "district": 3, "chair": 4, "phone": 5}
    assert [line.cells[1] for line in lines] == ["KIM Mekar"]


def test_a_district_merged_over_several_rows_is_the_district_of_each():
    file = workbook(
        HEADINGS, ROW, ["2", "KIM Maju", "Jembayan Tengah"], prepare=lambda book: book.active.merge_cells("D2:D3")
    )

    assert [line.cells[3] for line in read(file)[1]] == ["Loa Kulu", "Loa Kulu"]


def test_days_and_numbers_come_as_people_write_them():
    file = workbook([*HEADINGS, "TANGGAL SK", "JUMLAH ANGGOTA"], [*ROW, datetime(2019, 9, 11), 12.0])

    assert read(file)[1][0].cells[4:] == ["2019-09-11", "12"]


def test_rows_and_cells_that_bear_no_number_are_counted():
    file = workbook(HEADINGS, ROW, ["2", "KIM Maju", "Jembayan", "Loa Kulu"])
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    bare = re.sub(rb'(<(?:row|c)\b[^>]*?) r="[A-Z0-9]+"', rb"\1", sheet)

    lines = read(rewritten(file, **{"xl/worksheets/sheet1.xml": bare}))[1]

    assert [(line.number, line.cells[1]) for line in lines] == [(2, "KIM Mekar"), (3, "KIM Maju")]


def test_texts_that_a_workbook_keeps_apart_are_found():
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    file = workbook(HEADINGS, ROW)
    with zipfile.ZipFile(file) as archive:
        types = archive.read("[Content_Types].xml")
        sheet = archive.read("xl/worksheets/sheet1.xml")
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    members = {
        "[Content_Types].xml": types.replace(b"</Types>", part),
        "xl/sharedStrings.xml": b"<sst " + main + b"><si><r><t>KIM </t></r><r><t>Bersama</t></r></si></sst>",
        "xl/worksheets/sheet1.xml": sheet.replace(b't="inlineStr"><is><t>KIM Mekar</t></is>', b't="s"><v>0</v>'),
    }

    assert read(rewritten(file, **members))[1][0].cells[1] == "KIM Bersama"


def test_a_formula_is_never_run_nor_is_its_last_result_believed():
    file = workbook(HEADINGS, [1, '=HYPERLINK("http://contoh.id", "KIM Mekar")', "Jembayan", "=D1"])

    (line,) = read(file)[1]

    assert line.cells == ["1", "", "Jembayan"]
    assert line.formulas == {1, 3}


def test_hidden_sheets_rows_and_columns_are_not_read_and_that_is_said():
    def hide(book):
        book.create_sheet("Rahasia", 0).append(HEADINGS)
        book["Rahasia"].sheet_state = "hidden"
        book["Sheet"].row_dimensions[3].hidden = True
        book["Sheet"].column_dimensions["E"].hidden = True

    file = workbook([*HEADINGS, "HP"], [*ROW, "0812"], ["2", "KIM Diam", "Jembayan", "Loa Kulu"], prepare=hide)

    sheet, lines = read(file)

    assert [line.cells[1] for line in lines] == ["KIM Mekar"]
    assert "0812" not in lines[0].cells
    assert sheet.remarks == [
        "Lembar tersembunyi tidak dibaca: Rahasia.",
        "1 baris tersembunyi tidak dibaca: baris 3.",
        "1 kolom tersembunyi tidak dibaca.",
    ]


def test_the_first_visible_sheet_with_headings_we_know_is_read():
    def add(book):
        book.create_sheet("Sampul", 0).append(["Dinas Komunikasi dan Informatika"])

    assert [sheet.title for sheet in read(workbook(HEADINGS, ROW, prepare=add))[0].read] == ["Sheet"]


def test_unknown_headings_are_left_for_a_person_to_say():
    sheet, lines = read(workbook(["Grup", "Titik"], ["KIM Mekar", "Jembayan"]))

    assert sheet.headings == ["Grup", "Titik"]
    assert len(lines) == 1


def test_five_thousand_rows_are_read_and_one_more_is_refused():
    rows = [ROW] * 5_000

    assert len(read(workbook(HEADINGS, *rows))[1]) == 5_000
    assert "5.000 baris" in refusal(workbook(HEADINGS, *rows, ROW))


def test_what_cannot_be_seen_is_taken_out():
    assert read("NO,NAMA KIM,DESA\n1,KIM\u202e Mekar\u200b,Jem\x7fbayan\n".encode())[1][0].cells == [
        "1", "KIM Mekar", "Jembayan",
    ]  # fmt: skip


def mended(file, **changes):
    """The same archive with these words of a member, by its name, replaced: `{name: (old, new)}`."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in changes}
    for name, (old, new) in changes.items():
        assert old in members[name]
        members[name] = members[name].replace(old, new)
    return rewritten(file, **members)


@pytest.mark.parametrize(
    ("member", "written", "by_others"),
    [
        ("xl/styles.xml", b'<family val="2"', b'<family val="99"'),
        ("xl/styles.xml", b'builtinId="0"', b'builtinId="0" uid="x"'),
        ("xl/styles.xml", b'<cellStyle name="Normal" xfId="0"', b'<cellStyle name="Normal" xfId="9"'),
        ("docProps/core.xml", b"<dcterms:created", b"<dcterms:created>kemarin</dcterms:created><dcterms:created"),
    ],
)
def test_looks_that_cannot_be_read_cost_no_cell(member, written, by_others):
    file = workbook([*HEADINGS, "TANGGAL SK"], [*ROW, datetime(2019, 9, 11)])

    _sheet, (line,) = read(mended(file, **{member: (written, by_others)}))

    assert line.cells == [*ROW, "2019-09-11"]


def test_the_strict_dialect_of_excel_is_read():
    file = workbook([*HEADINGS, "TANGGAL SK"], [*ROW, datetime(2019, 9, 11)])
    strict = io.BytesIO()
    with zipfile.ZipFile(file) as usual, zipfile.ZipFile(strict, "w") as archive:
        for name in usual.namelist():
            content = usual.read(name)
            for known, word in ((b"spreadsheetml/2006/main", b"spreadsheetml/main"), (b"2006/relat", b"relat")):
                content = content.replace(b"schemas.openxmlformats.org/" + known, b"purl.oclc.org/ooxml/" + word)
            archive.writestr(name, content.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
            ))  # fmt: skip

    _sheet, (line,) = read(strict)

    assert line.cells == [*ROW, "2019-09-11"]


# Harm


def test_a_small_file_that_unpacks_to_hundreds_of_megabytes_is_refused_unopened():
    bomb = rewritten(workbook(HEADINGS, ROW), **{"xl/sharedStrings.xml": b"<si><t>a</t></si>" * 10_000_000})
    assert bomb.tell() < archives.MIB

    tracemalloc.start()
    said = refusal(bomb)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "terlalu besar" in said
    assert peak < 5 * archives.MIB


def test_a_member_larger_than_it_says_is_refused():
    file = rewritten(workbook(HEADINGS, ROW), **{"docProps/note.bin": b"a" * 200_000})
    content = file.getvalue().replace((200_000).to_bytes(4, "little"), (2_000).to_bytes(4, "little"))

    assert "rusak" in refusal(content)


@pytest.mark.parametrize(
    ("member", "word"), [("xl/vbaProject.bin", "makro"), ("xl/externalLinks/externalLink1.xml", "berkas lain")]
)
def test_what_runs_or_leads_elsewhere_is_refused(member, word):
    assert word in refusal(rewritten(workbook(HEADINGS, ROW), **{member: b"x"}))


def test_entities_in_the_xml_are_refused():
    file = workbook(HEADINGS, ROW)
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    evil = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + sheet.replace(b"KIM Mekar", b"&b;")

    assert "tidak dapat dibaca" in refusal(rewritten(file, **{"xl/worksheets/sheet1.xml": evil}))


def test_a_cell_at_the_end_of_the_world_costs_nothing():
    def write(book):
        book.active["XFD1048576"] = "x"

    assert "baris 1048576" in refusal(workbook(HEADINGS, ROW, prepare=write))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04 not a zip at all", "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS lama"),
        (b"%PDF-1.7 ...", "bukan XLSX"),
        (b"\x00\x01\x02\x03" * 100, "tidak dapat dibaca"),
        (b"NO,NAMA KIM\n\x01\x81\x8d\n", "tidak dapat dibaca"),
        (b"satu\ndua\n", "judul kolom"),
        (b"\xef\xbb\xbf <html><table><tr><td>NAMA KIM", "halaman web"),
        (b'<?xml version="1.0"?><Workbook>', "XML"),
        (b"a" * (5 * 2**20 + 1), "5 MB"),
    ],
)
def test_what_is_no_roster_is_refused_with_a_sentence(content, word):
    assert word in refusal(content)


def test_reading_five_thousand_rows_takes_little_memory():
    file = workbook(HEADINGS, *([number, f"KIM Nomor {number}", "Jembayan", "Loa Kulu"] for number in range(5_000)))

    tracemalloc.start()
    with reading.open_roster(file) as sheet:
        for _line in sheet.lines:
            pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 12 * archives.MIB


# Tables


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_is_read_in_any_usual_encoding_and_with_any_separator(encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in [HEADINGS, ["1", "KIM “Café”", "Jembayan", "Loa Kulu"]])

    assert read(text.encode(encoding))[1][0].cells == ["1", "KIM “Café”", "Jembayan", "Loa Kulu"]


def test_quoted_commas_and_line_breaks_stay_in_their_cell():
    text = 'NO;NAMA KIM;DESA\n1;"KIM\nMekar; Jaya";Jembayan\n'

    assert read(text.encode())[1] == [reading.Line(3, ["1", "KIM Mekar; Jaya", "Jembayan"])]


@pytest.mark.parametrize(
    "text",
    [
        '"NO,NAMA KIM,DESA";;\n"1,KIM Mekar,Jembayan";;\n',
        '"""NO"",""NAMA KIM"",""DESA"""\n"""1"",""KIM Mekar"",""Jembayan"""\n',
        "NO,NAMA KIM,DESA\r1,KIM Mekar,Jembayan\r",
    ],
)
def test_a_csv_that_was_opened_and_saved_by_another_program_is_read(text):
    sheet, lines = read(text.encode())

    assert sheet.headings == ["NO", "NAMA KIM", "DESA"]
    assert [line.cells for line in lines] == [["1", "KIM Mekar", "Jembayan"]]


def test_the_line_that_names_the_separator_is_obeyed():
    assert read(b"sep=;\nNO;NAMA KIM, LENGKAP;DESA\n1;KIM Mekar;Jembayan\n")[1][0].cells[1] == "KIM Mekar"


@pytest.mark.parametrize("sign", ['"', "\r", "a", "7", " "])
def test_a_line_that_names_what_separates_nothing_is_a_row_like_any_other(sign):
    lines = read(f"sep={sign}\nNO;NAMA KIM;DESA\n1;KIM Mekar;Jembayan\n".encode())[1]

    assert [line.cells[1] for line in lines] == ["KIM Mekar"]


def test_an_empty_archive_is_no_workbook_and_a_nul_is_no_letter():
    assert "bukan XLSX" in refusal(b"PK\x05\x06" + b"\0" * 18)
    assert "bukan huruf" in refusal(b"NO,NAMA KIM,DESA,KECAMATAN\n1,KIM\0Mekar,Jembayan,Loa Kulu\n")
    assert "bukan huruf" in refusal(b"NO,NAMA KIM,DESA,KECAMATAN\n" * 800 + b"1,KIM\0Mekar,Jembayan,Loa Kulu\n")


@pytest.mark.parametrize(
    "rows",
    [
        '1,"KIM Mekar,Jembayan,Loa Kulu\n2,KIM Maju,Jembayan,Loa Kulu\n',
        '1,"KIM Mekar,Jembayan,Loa Kulu\n2,"KIM Maju",Jembayan,Loa Kulu\n3,KIM Jaya,Jembayan,Loa Kulu\n',
    ],
)
def test_a_quote_that_is_never_closed_makes_no_kim_of_several_lines(rows):
    assert "baris 2 tidak ditutup" in refusal(f"NO,NAMA KIM,DESA,KECAMATAN\n{rows}".encode())


def test_a_cell_of_several_lines_in_quotes_is_one_cell():
    lines = read(b'NO,NAMA KIM,DESA,KECAMATAN\n1,"KIM\nMekar",Jembayan,Loa Kulu\n2,KIM 5" Maju,Jembayan,Loa Kulu\n')[1]

    assert [line.cells[0] for line in lines] == ["1", "2"]


def test_a_formula_in_a_csv_is_no_text_but_a_number_kept_as_text_is():
    file = b"NO,NAMA KIM,DESA/KELURAHAN,KECAMATAN,KETUA,HP\n"
    file += b'1,KIM Mekar,Jembayan,#REF!,"=HYPERLINK(""https://contoh.id"")","=""0812"""\n'

    _sheet, lines = read(file)

    assert lines[0].cells[3:] == ["", "", '="0812"']
    assert lines[0].formulas == {3, 4}
