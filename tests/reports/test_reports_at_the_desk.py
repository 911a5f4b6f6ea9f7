"""Reports at the desk: of each KIM of the own region, and of the region to the level above."""

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEntry
from communities.coverage import coverage_of
from communities.models import Community
from monitoring.reports.figures import FIGURES, PARTS, numbers_of
from monitoring.reports.of_region import communities_of
from monitoring.reports.periods import Period
from pages.spreadsheets import title_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
WORDS = [word for part in PARTS for word in part.words]


@pytest.fixture
def november():
    with time_machine.travel(datetime(2026, 11, 28, 7, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def regency(busy, make_community, make_post):
    """Three KIM: the busy one, one with two posts, one that did nothing; and a fourth next door."""
    melati = make_community("KIM Melati", seat="64.02.02.2011")
    for number in (1, 2):
        make_post(f"Rapat {number}", community=melati, published_at=datetime(2026, 9, 1, tzinfo=UTC), participants=7)
    make_community("KIM Sepi", seat="64.02.02")
    next_door = make_community("KIM Manggar", seat="64.71.01.1001")
    make_post("Pantai", community=next_door, published_at=datetime(2026, 9, 1, tzinfo=UTC))
    return busy.seat.regency


def address(name="", region="", word="", **query):
    asked = {"tahun": 2026, "triwulan": 3} | ({"wilayah": region} if region else {}) | query
    parts = "/".join(str(part) for part in (name, "laporan", word) if part)
    return f"/petugas/communities/community/{parts}/?" + "&".join(f"{key}={value}" for key, value in asked.items())


def taken_along(desk, kind, url):
    answer = desk.post(url, {"berkas": kind})
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# Of a KIM


def test_an_officer_reads_the_report_of_an_own_kim_with_its_rows(busy, desk):
    page = desk.get(address(busy.pk)).text

    assert f"/community/{busy.pk}/laporan/kegiatan/?tahun=2026&amp;triwulan=3" in page
    assert "Panen" in desk.get(address(busy.pk, word="kegiatan")).text
    assert address(busy.pk).partition("?")[0] in desk.get(f"/petugas/communities/community/{busy.pk}/periksa/").text


@pytest.mark.parametrize("word", ["", "kegiatan"])
def test_a_kim_of_another_region_has_no_report(desk, make_community, word):
    next_door = make_community("KIM Manggar", seat="64.71.01.1001")

    assert desk.get(address(next_door.pk, word=word)).status_code == 404


def test_what_an_officer_takes_along_is_written_down(busy, desk):
    text = taken_along(desk, "csv", address(busy.pk)).decode()

    assert "Siti" not in text
    entry = AuditEntry.objects.filter(deed=AuditEntry.Deed.EXPORT).get()
    assert (entry.after["kind"], entry.after["filter"]) == ("csv", "tahun=2026&triwulan=3")


def test_a_download_is_asked_by_a_button(busy, desk):
    assert desk.get(address(busy.pk, berkas="pdf"))["Content-Type"].startswith("text/html")
    assert not AuditEntry.objects.filter(deed=AuditEntry.Deed.EXPORT).exists()


# Of a region


def test_the_sums_are_those_of_its_kim(regency, desk):
    report = desk.get(address(region="64.02")).context["report"]
    lines = [counted for _kim, counted in report.lines()]

    assert [kim.name for kim, _counted in report.lines()] == ["KIM Sepi", "KIM Mekar", "KIM Melati"]
    assert {word: report.sums[word] for word in WORDS} == {word: sum(line[word] for line in lines) for word in WORDS}
    assert [report.sums[word] for word in ("kegiatan", "peserta", "diakui", "terverifikasi")] == [4, 54, 50, 30]


def test_a_kim_has_the_same_numbers_in_both_reports(regency, busy):
    period = Period(2026, 3, regency)
    alone = numbers_of(Community.objects.filter(pk=busy.pk), Period(2026, 3, busy.seat))[busy.pk]

    assert numbers_of(communities_of(regency, period), period)[busy.pk] == alone


def test_each_sum_leads_to_its_kim_and_on_to_their_rows(regency, busy, desk):
    page = desk.get(address(region="64.02")).text
    assert "/laporan/peserta/?wilayah=64.02&amp;tahun=2026&amp;triwulan=3" in page

    kims = desk.get(address(region="64.02", word="peserta"))

    assert [(kim.name, number) for kim, number, _url in kims.context["lines"]] == [
        ("KIM Mekar", 40),
        ("KIM Melati", 14),
    ]
    assert kims.context["sum"] == 54
    assert f"/{busy.pk}/laporan/peserta/" in kims.text


def test_a_kim_that_is_over_counts_as_long_as_it_was(regency, busy, made):
    busy.dissolve(by=made, note="Bubar.")

    assert busy in communities_of(regency, Period(2026, 3, regency))
    assert busy in communities_of(regency, Period(2026, 4, regency))
    with time_machine.travel(datetime(2027, 2, 1, tzinfo=UTC), tick=False):
        assert busy not in communities_of(regency, Period(2027, 1, regency))


def test_coverage_is_of_districts_and_villages_with_a_kim_that_stands(regency, places, make_community):
    make_community("KIM Bubar", seat="64.02.06", status="dissolved")
    lines, whole = coverage_of(regency)

    assert [(line.region.name, line.kims, line.covered_villages, line.villages) for line in lines] == [
        ("Loa Kulu", 3, 2, 2),
        ("Tenggarong", 0, 0, 0),
    ]
    assert (whole.kims, whole.covered_districts, whole.districts, whole.percent_of_districts) == (3, 1, 2, 50.0)


@pytest.mark.parametrize("code", ["0", "64", "64.02", "64.02.02"])
def test_parts_sum_to_the_whole(regency, places, make_community, code):
    make_community("KIM Kabupaten", seat="64.02")
    make_community("KIM Provinsi", seat="64")
    lines, whole = coverage_of(places[code])

    assert whole.kims == Community.objects.registered().within(places[code]).count()
    assert sum(line.kims for line in lines) == whole.kims
    assert sum(line.covered_villages for line in lines) == whole.covered_villages


def test_data_that_nobody_confirmed_are_counted(regency, desk, busy):
    assert "3 dari 3 (100,0%)" in desk.get(address(region="64.02")).text
    Community.objects.filter(pk=busy.pk).update(confirmed_at=timezone.now())

    assert "2 dari 3 (66,7%)" in desk.get(address(region="64.02")).text


def test_another_region_has_no_report_here(regency, desk):
    for code in ("64.71", "64", "0", "99", "x' OR 1=1"):
        assert desk.get(address(region=code)).status_code == 404
        assert desk.get(address(region=code, word="kegiatan")).status_code == 404


def test_an_officer_of_a_regency_begins_with_it(regency, desk):
    assert desk.get(address()).context["region"] == regency


def test_the_ministry_goes_on_to_a_province(regency, client, places, with_second_factor, dewi):
    client.force_login(with_second_factor(dewi))
    page = client.get(address())

    assert "Pilih provinsi" in page.text
    assert "?wilayah=64&amp;tahun=2026&amp;triwulan=3" in page.text
    assert client.get(address(word="kegiatan")).status_code == 404
    assert client.post(address(), {"berkas": "csv"}).status_code == 302


@pytest.mark.parametrize(
    ("query", "sentence"),
    [({"triwulan": 7}, "Pilih triwulan 1 sampai 4"), ({"tahun": "x"}, "Tulis tahun 2000 sampai 2026.")],
)
def test_what_is_no_period_is_said_beside_its_field(regency, desk, query, sentence):
    answer = desk.get(address(region="64.02", **query))

    assert (answer.status_code, sentence in answer.text) == (400, True)
    rows = desk.get(address(region="64.02", word="kegiatan", **query))
    assert (rows.status_code, sentence in rows.text) == (400, True)
    kim = Community.objects.get(name="KIM Mekar")
    for word in ("", "kegiatan"):
        answer = desk.get(address(kim.pk, word=word, **query))
        assert (answer.status_code, sentence in answer.text) == (400, True)


def test_reports_are_found_from_the_desk(busy, desk):
    region, kim = "/petugas/communities/community/laporan/", f"/petugas/communities/community/{busy.pk}/laporan/"

    assert region in desk.get("/petugas/").text
    assert region in desk.get("/petugas/communities/community/").text
    assert kim in desk.get(f"/petugas/communities/community/{busy.pk}/change/").text


def test_an_unknown_kind_of_file_is_refused_in_words(regency, desk):
    answer = desk.post(address(region="64.02"), {"berkas": "docx"})

    assert (answer.status_code, "Berkas seperti ini tidak ada." in answer.text) == (400, True)


def test_a_region_costs_the_same_with_one_kim_as_with_three(busy, desk, make_community, django_assert_num_queries):
    desk.get(address(region="64.02"))
    with django_assert_num_queries(19):
        desk.get(address(region="64.02"))
    make_community("KIM Melati", seat="64.02.02.2011")
    make_community("KIM Anggrek", seat="64.02.06")
    desk.get(address(region="64.02"))  # places are remembered
    with django_assert_num_queries(19):
        desk.get(address(region="64.02"))


# As a file


def test_the_csv_has_a_line_for_each_kim_and_their_sums(regency, desk):
    text = taken_along(desk, "csv", address(region="64.02")).decode().removeprefix("\ufeff")
    *lines, total = csv.DictReader(io.StringIO(text), delimiter=";")

    assert [line["KIM"] for line in lines] == ["KIM Sepi", "KIM Mekar", "KIM Melati"]
    assert total["kode"] == "Jumlah"
    for word in WORDS:
        label = str(FIGURES[word][1].label)
        assert int(total[label]) == sum(int(line[label]) for line in lines)


def test_the_workbook_has_numbers_and_the_coverage(regency, desk):
    book = openpyxl.load_workbook(io.BytesIO(taken_along(desk, "xlsx", address(region="64.02"))))
    kims, coverage = list(book["Data"].values), list(book["Cakupan"].values)

    assert [line[1] for line in kims[1:-1]] == ["KIM Sepi", "KIM Mekar", "KIM Melati"]
    assert sum(line[kims[0].index("kegiatan")] for line in kims[1:-1]) == kims[-1][kims[0].index("kegiatan")] == 4
    assert coverage[-1][1:6] == ("Kabupaten Kutai Kartanegara", 3, 1, 2, 50)


def test_the_workbook_tells_of_each_kim_what_a_yearly_recap_asks_for(regency, busy, desk, make_decree, sector):
    busy.decree = make_decree(number="7/2026", issued_on="2026-02-03", ends_on=None)
    busy.save()
    busy.sectors.add(sector)

    book = openpyxl.load_workbook(io.BytesIO(taken_along(desk, "xlsx", address(region="64.02"))))
    heading, *lines = book["Data"].values
    mekar = dict(zip(heading, next(line for line in lines if line[1] == "KIM Mekar"), strict=True))

    assert (mekar["nomor SK"], mekar["tanggal SK"], mekar["SK sampai"]) == ("7/2026", datetime(2026, 2, 3), None)
    assert (mekar["desa/kelurahan"], mekar["kecamatan"], mekar["ketua"]) == ("Jembayan", "Loa Kulu", "Siti")
    assert (mekar["bidang"], mekar["nomor KIM"]) == (str(sector), busy.number)
    assert book["Data"].freeze_panes == "A2"


def test_on_wish_each_part_has_a_sheet_of_its_own(regency, desk, make_community):
    make_community("KIM Kabupaten", seat="64.02")

    answer = desk.post(address(region="64.02"), {"berkas": "xlsx", "lembar": "wilayah"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))

    assert book.sheetnames == ["Data", "Cakupan", "Kecamatan Loa Kulu", "Kabupaten Kutai Kartanegara"]
    assert [line[1] for line in book["Kecamatan Loa Kulu"].values][1:] == ["KIM Sepi", "KIM Mekar", "KIM Melati"]
    assert [line[1] for line in book["Kabupaten Kutai Kartanegara"].values][1:] == ["KIM Kabupaten"]


def test_a_sheet_has_a_name_that_a_workbook_takes():
    long = "Kabupaten Kepulauan Siau Tagulandang Biaro"

    first = title_of(f"{long}/A", [])

    assert first == "Kabupaten Kepulauan Siau Tagula"
    assert title_of(f"{long}/B", [first]) == "Kabupaten Kepulauan Siau Ta 2"
    assert title_of("A/B [C]", []) == "A-B -C-"


def test_the_sheet_for_the_level_above(regency, desk):
    pdf = PdfReader(io.BytesIO(taken_along(desk, "pdf", address(region="64.02"))))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())

    for words in ("Kabupaten Kutai Kartanegara", "Jumlah KIM: 3", "1 dari 2 (50,0%)", "KIM Melati", "Kepala Dinas"):
        assert words in text
    assert f"halaman 1 dari {len(pdf.pages)}" in text
