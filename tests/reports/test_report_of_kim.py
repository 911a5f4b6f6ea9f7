"""The report of a KIM: what it did in a quarter or a year, each number with its rows, on a page and as a file."""

import csv
import html
import io
from datetime import UTC, datetime

import pytest
import time_machine
from conftest import make_user
from django.utils import translation
from pypdf import PdfReader

from activities.models import Post
from communities.models import Community
from monitoring.reports.figures import FIGURES, PARTS, numbers_of
from monitoring.reports.periods import Period

NOW = datetime(2026, 11, 28, 7, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

# What the busy KIM of tests/conftest.py did in the third quarter; 0 of all else.
DID = {
    "kegiatan": 2, "berita": 1, "galeri": 1, "diskusi": 2, "diseminasi": 1, "peserta": 40, "bulan": 2, "foto": 1,
    "diterima": 1, "dibuka": 1, "disebarkan": 1, "diakui": 50, "terverifikasi": 30, "lewat_papan": 1,
    "lewat_bagikan": 1, "usulan": 1, "diteruskan": 1, "tepat_waktu": 1, "pembinaan": 1, "anggota": 2, "masuk": 1,
    "keluar": 1,
}  # fmt: skip


@pytest.fixture
def november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def own(client, siti):
    client.force_login(siti)
    return client


def address(kim, word="", **query):
    asked = "&".join(f"{name}={value}" for name, value in ({"tahun": 2026, "triwulan": 3} | query).items())
    return f"/ruang/kim/{kim.slug}/laporan/{word and word + '/'}?{asked}"


def numbers(kim, year=2026, quarter=3):
    return numbers_of(Community.objects.filter(pk=kim.pk), Period(year, quarter, kim.seat))[kim.pk]


def test_it_counts_what_the_kim_did(busy):
    assert numbers(busy) == dict.fromkeys(FIGURES, 0) | DID


def test_every_figure_stands_in_one_part_of_the_report():
    assert sorted(word for part in PARTS for word in part.words) == sorted(FIGURES)


def test_the_year_has_what_its_quarters_have(busy, make_post):
    make_post("Tahun baru", published_at=datetime(2026, 2, 1, tzinfo=UTC))

    quarters = [numbers(busy, quarter=quarter)["kegiatan"] for quarter in (1, 2, 3, 4)]

    assert (quarters, numbers(busy, quarter=None)["kegiatan"]) == ([1, 0, 2, 0], 3)


def test_a_day_is_that_of_the_clock_at_the_seat(mekar, make_post):
    """In Jembayan it is the first of July an hour before it is in Jakarta."""
    make_post("Kelak", published_at=datetime(2026, 6, 30, 16, 30, tzinfo=UTC))

    assert (numbers(mekar, quarter=2)["kegiatan"], numbers(mekar)["kegiatan"]) == (0, 1)


def test_behind_each_number_are_its_rows(busy, own):
    """As many as it says; behind a sum, or a number of months, at least one."""
    rows = {word: len(own.get(address(busy, word)).context["rows"]) for word in FIGURES}

    assert rows == dict.fromkeys(FIGURES, 0) | DID | {"peserta": 1, "bulan": 2, "diakui": 1, "terverifikasi": 1}


def test_totals_per_duty_are_those_of_its_posts(busy):
    duties = [duty for post in Post.objects.published() for duty in post.duties]

    assert {duty: numbers(busy)[duty] for duty in Post.Duty.values} == {
        duty: duties.count(duty) for duty in Post.Duty.values
    }


def test_the_page_leads_from_each_number_to_its_rows(busy, own):
    page = own.get(address(busy)).text

    for word, number in DID.items():
        assert f'/laporan/{word}/?tahun=2026&amp;triwulan=3">{number}<' in page


def test_what_was_taken_down_or_refused_is_not_counted(busy, made, siti):
    Post.objects.get(title="Panen").hide(by=made, reason="other", note="Keliru")
    counted = numbers(busy)

    assert (counted["kegiatan"], counted["foto"], counted["peserta"]) == (1, 0, 0)


def test_an_aspiration_that_went_on_by_itself_was_not_handed_on(mekar, make_aspiration):
    wish = make_aspiration(community=mekar)
    with time_machine.travel(NOW.replace(day=30) + (NOW - NOW.replace(day=20)), tick=False):
        wish.pass_silent_kim()
    counted = numbers(mekar, quarter=4)

    assert [counted[word] for word in ("usulan", "diteruskan", "tepat_waktu")] == [1, 0, 0]


def test_what_is_no_longer_public_is_named_by_its_code_alone(busy, own, made):
    wish = busy.aspirations.get()
    wish.hide(by=made, note="Memuat nama tetangga.")
    page = own.get(address(busy, "usulan")).text

    assert wish.code in page
    assert wish.title not in page


def test_a_kim_that_did_nothing_has_a_report_of_noughts(mekar, own):
    page = own.get(address(mekar, triwulan=2))

    assert page.status_code == 200
    assert "/laporan/kegiatan/" not in page.text
    assert "Tidak ada pada masa ini." in own.get(address(mekar, "kegiatan", triwulan=2)).text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"triwulan": 5}, "Pilih triwulan 1 sampai 4, atau setahun penuh."),
        ({"triwulan": "tiga"}, "Pilih triwulan 1 sampai 4, atau setahun penuh."),
        ({"tahun": 1999}, "Tulis tahun 2000 sampai 2026."),
        ({"tahun": 2027}, "Tulis tahun 2000 sampai 2026."),
        ({"tahun": "99999999999999999999"}, "Tulis tahun 2000 sampai 2026."),
        ({"tahun": ""}, "Tulis tahun 2000 sampai 2026."),
        ({"tahun": "kemarin"}, "Tulis tahun 2000 sampai 2026."),
        ({"tahun": "2_026"}, "Tulis tahun 2000 sampai 2026."),
        ({"tahun": "2026.0"}, "Tulis tahun 2000 sampai 2026."),
        ({"tahun": "%D9%A2%D9%A0%D9%A2%D9%A6"}, "Tulis tahun 2000 sampai 2026."),
        ({"tahun": "%00"}, "Tulis tahun 2000 sampai 2026."),
        ({"triwulan": "%D9%A3"}, "Pilih triwulan 1 sampai 4, atau setahun penuh."),
        ({"berkas": "%00"}, "Berkas seperti ini tidak ada."),
        ({"berkas": "docx"}, "Berkas seperti ini tidak ada."),
    ],
)
def test_what_is_no_period_is_said_beside_its_field(mekar, own, query, sentence):
    for word in ("", "kegiatan"):
        answer = own.get(address(mekar, word, **query))

        assert (answer.status_code, sentence in answer.text) == (400, True)


@time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC))
def test_a_quarter_that_has_not_begun_has_no_report(mekar, own):
    answer = own.get(address(mekar))

    assert (answer.status_code, "Triwulan ini belum dimulai." in answer.text) == (400, True)


def test_without_a_question_it_is_the_present_quarter(mekar, own):
    assert "triwulan 4 tahun 2026" in own.get(f"/ruang/kim/{mekar.slug}/laporan/").text


@pytest.mark.parametrize("word", ["", "kegiatan"])
def test_it_is_for_the_people_of_the_kim_alone(busy, client, word):
    client.force_login(make_user("Joko"))

    assert client.get(address(busy, word)).status_code == 404


def test_what_is_not_counted_has_no_rows(mekar, own):
    assert own.get(address(mekar, "rahasia")).status_code == 404


def test_one_page_costs_the_same_for_much_as_for_little(busy, own, make_post, django_assert_num_queries):
    own.get(address(busy))
    with django_assert_num_queries(13):
        own.get(address(busy))
    for number in range(5):
        make_post(f"Kegiatan {number}", published_at=datetime(2026, 8, 1, tzinfo=UTC))
    with django_assert_num_queries(13):
        own.get(address(busy))


# As a file


def test_the_csv_holds_the_same_numbers(busy, own):
    answer = own.get(address(busy, berkas="csv"))
    text = b"".join(answer.streaming_content).decode()
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))

    assert answer["Content-Disposition"] == 'attachment; filename="laporan-kim-1-2026-triwulan-3.csv"'
    assert [int(line["jumlah"]) for line in lines] == [numbers(busy)[word] for part in PARTS for word in part.words]
    assert lines[0]["rincian"].endswith(address(busy, "kegiatan"))


def test_an_english_page_gives_an_english_csv(busy, own):
    page = own.get(f"/en{address(busy)}").text
    text = b"".join(own.get(f"/en{address(busy, berkas='csv')}").streaming_content).decode()
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))

    with translation.override("en"):
        parts = [str(part.label) for part in PARTS]
    assert {"part", "what is counted", "number", "data as of"} <= lines[0].keys()
    assert list(dict.fromkeys(line["part"] for line in lines)) == parts
    assert [line["what is counted"] for line in lines if line["what is counted"] not in html.unescape(page)] == []
    assert lines[0]["period"] in page
    assert "quarter 1" in page
    assert "triwulan 1" not in page


def test_the_pdf_says_whose_when_and_where_the_rows_are(busy, own):
    answer = own.get(address(busy, berkas="pdf"))
    pdf = PdfReader(io.BytesIO(answer.content))
    text = "\n".join(page.extract_text() for page in pdf.pages)

    assert answer["Content-Disposition"] == 'attachment; filename="laporan-kim-1-2026-triwulan-3.pdf"'
    for words in (
        "KIM Mekar", "Triwulan 3 tahun 2026", "Data per 28 November 2026 pukul 15.00 WITA", address(busy), "Siti",
        "Ketua KIM Mekar", f"halaman 1 dari {len(pdf.pages)}", "Jembayan, 28 November 2026",
    ):  # fmt: skip
        assert words in text
    assert pdf.xmp_metadata.dc_title["x-default"] == "Laporan kegiatan KIM Mekar, triwulan 3 tahun 2026"
    assert pdf.trailer["/Root"]["/Lang"] == "id"


def test_a_name_as_people_write_it_fits_on_paper(mekar, own):
    Community.objects.filter(pk=mekar.pk).update(name="KIM 𝗠𝗘𝗞𝗔𝗥 🌾 “Padi–Kapas” " + "Sejahtera " * 9)

    assert own.get(address(mekar, berkas="pdf")).content.startswith(b"%PDF")


def test_a_name_is_no_formula(mekar, own):
    Community.objects.filter(pk=mekar.pk).update(name="=HYPERLINK(1)")

    assert ";=HYPERLINK" not in b"".join(own.get(address(mekar, berkas="csv")).streaming_content).decode()
