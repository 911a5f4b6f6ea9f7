"""Headings say what a column is, the more exact before the less."""

import pytest

from communities.rosters.columns import column_of, guess_columns


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("NO", None), ("No.", None), ("NAMA KIM", "name"), ("NAMA", "name"), ("Nama Kelompok", "name"),
        ("KELOMPOK", "name"), ("nama_kim", "name"), ("NAMA KELOMPOK INFORMASI MASYARAKAT (KIM)", "name"),
        ("DESA", "village"), ("KELURAHAN", "village"), ("DESA/KELURAHAN", "village"), ("Desa / Kel.", "village"),
        ("desa_kelurahan", "village"), ("Nama Desa", "village"), ("GAMPONG", "village"), ("NAGARI", "village"),
        ("KECAMATAN", "district"), ("KEC.", "district"), ("Kapanewon", "district"), ("DISTRIK", "district"),
        ("KAB/KOTA", "regency"), ("KABUPATEN", "regency"), ("Kabupaten/Kota", "regency"), ("kab_kota", "regency"),
        ("PROVINSI", "province"), ("WILAYAH", "place"), ("LOKASI", "place"), ("DESA/KECAMATAN", "place"),
        ("ALAMAT", "address"), ("Alamat Sekretariat", "address"), ("SK", "decree_number"), ("NO SK", "decree_number"),
        ("NOMOR SK", "decree_number"), ("NO. SK", "decree_number"), ("SURAT KEPUTASAN", "decree_number"),
        ("SURAT KEPUTUSAN", "decree_number"), ("SK Pembentukan", "decree_number"), ("TANGGAL SK", "decree_date"),
        ("TGL. SK", "decree_date"), ("TAHUN SK", "decree_date"), ("SK TANGGAL", "decree_date"),
        ("TANGGAL", "founded_on"), ("TANGGAL BERDIRI", "founded_on"), ("TGL PEMBENTUKAN", "founded_on"),
        ("1. Nama KIM", "name"), ("Nama KIM (tulis lengkap sesuai SK) *", "name"), ("Nama Ketua (sesuai KTP)", "chair"),
        ("Alamat (sesuai KTP)", None), ("Jumlah Anggota L", None), ("Jumlah anggota (perempuan)", None),
        ("No. SK / Tahun", "decree_number"), ("Nomor SK, Tanggal", "decree_number"), ("KECAMATAN / DESA", "place"),
        ("TAHUN", "founded_year"), ("TAHUN BERDIRI", "founded_year"), ("KETUA", "chair"), ("NAMA KETUA", "chair"),
        ("Ketua KIM", "chair"), ("BIDANG", "sectors"), ("JUMLAH ANGGOTA", "member_count"), ("HP", "phone"),
        ("NO. HP", "phone"), ("No HP Ketua", "phone"), ("TELP", "phone"), ("Kontak Person", "phone"),
        ("EMAIL", "email"), ("E-mail", "email"), ("WEBSITE", "website"), ("BLOG", "website"),
        ("MEDIA SOSIAL", "social_media"), ("Facebook", "facebook"), ("KETERANGAN", None), ("kode_wilayah", "code"),
    ],
)  # fmt: skip
def test_headings_are_known_in_their_real_spellings(heading, column):
    assert column_of(heading) == column


def test_an_address_alone_is_where_the_place_is_written():
    assert guess_columns(["NAMA", "ALAMAT"]) == {"name": 0, "address": 1, "place": 1}
    assert "place" not in guess_columns(["NAMA", "ALAMAT", "DESA"])


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Kode BPS", None), ("KODE DESA BPS", None), ("Kode Wilayah (BPS)", None), ("Kode Pos", None),
        ("KODEPOS", None),
        ("Kode KIM", None), ("Kode Surat", None), ("Kode", "code"), ("Kode Desa", "code"), ("KODE KEMENDAGRI", "code"),
        ("Kode Wilayah Kemendagri", "code"), ("Kode Wilayah Administrasi", "code"),
        ("NOMOR DAN TANGGAL SK", "decree_number"), ("No. & Tgl SK", "decree_number"), ("MASA BERLAKU SK", None),
        ("FILE SK", None), ("Alamat Ketua", None), ("ALAMAT RUMAH KETUA", None), ("FB/IG", "social_media"),
        ("Facebook dan Instagram", "social_media"), ("NIK KETUA", None), ("Link Grup WA", None),
    ],
)  # fmt: skip
def test_headings_that_only_look_alike_are_told_apart(heading, column):
    assert column_of(heading) == column


@pytest.mark.parametrize(
    ("headings", "column", "index"),
    [
        (["NAMA KIM", "Kode Pos", "Kode Wilayah"], "code", 2),
        (["Kode", "Kode Wilayah Kemendagri"], "code", 1),
        (["Kode Kecamatan", "Kode Desa"], "code", 1),
        (["NO", "NAMA", "JABATAN", "NAMA KIM"], "name", 3),
        (["Status SK", "NOMOR SK"], "decree_number", 1),
        (["Tahun", "Tahun Berdiri"], "founded_year", 1),
        (["Penanggung Jawab", "Nama Ketua"], "chair", 1),
        (["HP Ketua", "HP Sekretaris"], "phone", 0),
    ],
)
def test_of_two_columns_that_may_be_meant_the_more_exact_one_is(headings, column, index):
    assert guess_columns(headings)[column] == index


@pytest.mark.parametrize("heading", ["KETUA / HP", "Nama Ketua dan No. HP", "Nama & No HP Ketua"])
def test_a_name_and_its_number_may_share_a_column(heading):
    assert guess_columns(["NAMA KIM", heading]) == {"name": 0, "phone": 1, "chair": 1}


@pytest.mark.parametrize("heading", ["No HP Ketua", "HP Ketua KIM", "Kontak Ketua"])
def test_a_number_alone_is_no_name(heading):
    assert guess_columns(["NAMA KIM", heading]) == {"name": 0, "phone": 1}
