"""What is wrong with a list of regions that somebody brings is said with its row; how it was saved is no matter."""

import gzip
import io

import pytest

from regions import list_files
from regions.list_files import read_former, read_list
from regions.tables import FileRefused

LIST = "code,name\n64,Kalimantan Timur\n64.02,Kabupaten Kutai Kartanegara\n64.02.02,Loa Kulu\n64.02.02.2003,Jembayan\n"
# As LibreOffice saves it with Indonesian settings: semicolons, decimal commas, a column of ours more, empty rows.
OFFICE = (
    'Kode Wilayah;Nama;Luas;Lintang;Bujur;"Kode Pos"\r\n64;Kalimantan Timur;127346,92;;;\r\n;;;;;\r\n'
    '64.02;"Kabupaten Kutai  Kartanegara";;-0,2;116,6;\r\n64.02.02;Loa Kulu;;-0,55;117;\r\n'
    '64.02.02.2003;Jembayan;;-0,5600004;117,01;75571\r\n'
)  # fmt: skip


def read(text, reader=read_list):
    return list(reader(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def refused(text, reader=read_list):
    with pytest.raises(FileRefused) as refusal:
        read(text, reader)
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_a_spreadsheet_saved_is_read_as_it_was_meant(encoding):
    *_others, (row, village) = read(OFFICE.encode(encoding))

    assert row == 6
    assert village == {
        "code": "64.02.02.2003", "name": "Jembayan", "lat": "-0.56000", "lng": "117.01000", "postal_code": "75571",
    }  # fmt: skip
    assert [record["name"] for _row, record in _others][1] == "Kabupaten Kutai Kartanegara"


def test_a_gzipped_list_is_read_as_well():
    assert read(gzip.compress(LIST.encode())) == read(LIST)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("11.1,Kabupaten Bireuen", "Baris 6: “11.1” bukan kode wilayah"),
        ('"64,03",Kabupaten Berau', "Baris 6: “64,03” bukan kode wilayah"),
        ("0,Indonesia", "Baris 6: “0” bukan kode wilayah"),
        ("64.02.02.2003,Jembayan", "Baris 6: kode 64.02.02.2003 sudah ada di baris 5."),
        ("64.03.01,Kelay", "Baris 6: 64.03.01 tanpa induk, 64.03 tidak ada dalam daftar ini."),
        ("64.02.02.2004,", "Baris 6: namanya kosong."),
        (f"64.02.02.2004,{'a' * 101}", "Baris 6: nama “aaa"),
        ("64.02.02.2004,Loa\u202eKulu", "tanda yang tidak terlihat"),
        ("64.03,Berau", "Baris 6: “Berau” harus diawali Kabupaten atau Kota."),
        ("64.02.02.4004,Loa Kulu Kota", "Baris 6: nomor desa dalam 64.02.02.4004 harus diawali 1, 2, atau 3."),
        ("64.02.02.2004,Loa Kulu Kota,desa", "Baris 6 berisi lebih banyak kolom"),
        ('64.02.02.2004,"Loa Kulu Kota\n64.02.02.2005,Sepakat', "Tanda kutip di baris 6 tidak ditutup"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_number(line, sentence):
    assert sentence in refused(f"{LIST}{line}\n")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ("95,117,", "Baris 3: titik “95; 117” tidak berada di Indonesia."),
        ("-0.5,,", "Baris 3: titik “-0.5; ” tidak"),
        ("utara,NaN,", "Baris 3: titik “utara; NaN” tidak"),
        (",,7557", "Baris 3: kode pos “7557” bukan lima angka."),
        (",,7557١", "bukan lima angka"),
    ],
)
def test_points_and_postal_codes_are_looked_at(facts, sentence):
    text = f"code,name,lat,lng,postal_code\n64,Kalimantan Timur,,,\n64.02,Kabupaten Berau,{facts}\n"

    assert sentence in refused(text)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"\xef\xbb\xbf", "kosong"),
        (b"code,name\n", "Tidak ada wilayah dalam berkas ini."),
        (b"id,name\n64,Kalimantan Timur\n", "Kolom “code” tidak ada di baris judul. Yang diperlukan: code, name."),
        (b"code,nama,name\n64,a,b\n", "Ada dua kolom “name”"),
        (b"PK\x03\x04 a workbook", "bukan CSV"),
        (b"%PDF-1.7", "bukan CSV"),
        (b"\n <!DOCTYPE html>", "bukan CSV"),
        (b"code,name\n64,Kal\0imantan\n", "bukan huruf"),
        (gzip.compress(LIST.encode(), mtime=0)[:-9], "rusak atau tidak lengkap"),
        (b"\x1f\x8bnothing", "rusak atau tidak lengkap"),
        (gzip.compress(bytes(list_files.MAX_UNPACKED + 1), mtime=0), "terlalu besar"),
        (bytes(list_files.MAX_FILE + 1), "lebih besar dari 16 MB"),
    ],
)
def test_what_is_no_list_is_refused_in_words(content, sentence):
    assert sentence in refused(content)


def test_more_rows_than_a_country_has_are_refused(monkeypatch):
    monkeypatch.setattr(list_files, "MAX_ROWS", 3)

    assert "lebih dari 3 baris" in refused(LIST)


def test_former_codes_are_read_and_refused_alike():
    text = "Kode lama;Nama lama;Kode baru\n64.02.02.2003;Jembayan;64.72.02.2003\n64.02.02.2009;Hilang;\n"

    assert [record["current_code"] for _row, record in read(text, read_former)] == ["64.72.02.2003", ""]
    assert "Baris 4: “64.2” bukan kode" in refused(f"{text}64.2;Jembayan;\n", read_former)
    assert "Kolom “former_code” tidak ada" in refused(LIST, read_former)
