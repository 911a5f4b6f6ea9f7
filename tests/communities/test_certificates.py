"""The certificate says the truth of this moment, to anyone who has its code."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from communities.models import Certificate, Office
from regions.clocks import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def inaugurated(mekar, made, make_decree):
    mekar.inaugurate(by=made, decree=make_decree(number="77/SK/2026", ends_on="2099-12-31"))
    return mekar


def page(client, certificate):
    return client.get(certificate.get_absolute_url())


def test_inauguration_gives_a_certificate_that_holds(client, inaugurated):
    answer = page(client, inaugurated.certificates.get())

    assert "BERLAKU" in answer.text
    for fact in ("KIM Mekar", inaugurated.number, "77/SK/2026", "31 Desember 2099", "Jembayan"):
        assert fact in answer.text


def test_it_turns_the_moment_the_kim_is_suspended_and_back(client, inaugurated, made):
    certificate = inaugurated.certificates.get()

    inaugurated.suspend(by=made, note="Pengurus berselisih.")
    answer = page(client, certificate)
    assert "DICABUT" in answer.text
    assert "Pengurus berselisih" not in answer.text
    assert client.get(f"{certificate.get_absolute_url()}piagam.pdf").status_code == 302

    inaugurated.restore(by=made)
    assert "BERLAKU" in page(client, certificate).text


def test_it_ends_with_the_term_of_the_decree(client, inaugurated, time_machine):
    certificate = inaugurated.certificates.get()
    last = today(inaugurated.seat) + timedelta(days=3)
    inaugurated.decree.ends_on = last
    inaugurated.decree.save()

    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert "BERLAKU" in page(client, certificate).text
    time_machine.move_to(timezone.now() + timedelta(days=4))
    assert "KEDALUWARSA" in page(client, certificate).text


def test_a_new_decree_replaces_it(client, inaugurated, made, make_decree):
    old = inaugurated.certificates.get()

    inaugurated.extend(by=made, decree=make_decree(number="78/SK/2029"))

    new = inaugurated.certificates.get(replaced_at=None)
    assert "KEDALUWARSA" in page(client, old).text
    assert new.get_absolute_url() in page(client, old).text
    assert "78/SK/2029" in page(client, new).text


def test_it_survives_a_new_name(client, inaugurated):
    certificate = inaugurated.certificates.get()
    inaugurated.name, inaugurated.slug = "KIM Mekar Jaya", "kim-mekar-jaya"
    inaugurated.save()

    assert "KIM Mekar Jaya" in page(client, certificate).text


def test_the_name_of_the_office_stays_as_it_was(client, mekar, made, make_decree, places):
    office = Office.objects.create(region=places["64.02"], name="Diskominfotik Kukar")
    mekar.inaugurate(by=made, decree=make_decree())
    office.name = "Dinkomdigi Kukar"
    office.save()

    assert "Diskominfotik Kukar" in page(client, mekar.certificates.get()).text


@pytest.mark.parametrize("token", ["x", "a" * 22, "../../etc"])
def test_a_code_that_nobody_was_given_is_not_found(client, token):
    assert client.get(f"/verifikasi/{token}/").status_code == 404


def test_nobody_keeps_a_copy_of_the_page(client, inaugurated):
    answer = page(client, inaugurated.certificates.get())

    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def sheet(client, certificate):
    """The sheet as a PDF reader reads it: its pages and the words of the first, each run of blanks as one."""
    answer = client.get(f"{certificate.get_absolute_url()}piagam.pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return answer, pages, " ".join(pages[0].extract_text().split())


def test_the_sheet_is_a_pdf_of_one_page_with_the_facts(client, inaugurated):
    answer, pages, words = sheet(client, inaugurated.certificates.get())

    assert answer["Content-Type"] == "application/pdf"
    assert len(pages) == 1
    for fact in ("PIAGAM PENGUKUHAN", "KIM Mekar", inaugurated.number, "77/SK/2026", "31 Desember 2099", "Jembayan"):
        assert fact in words
    assert len(answer.content) < 100_000


def test_every_font_of_the_sheet_is_in_the_file(client, inaugurated):
    """Printed elsewhere, it must look the same: no letter may come from the fonts of that computer."""
    _answer, pages, _words = sheet(client, inaugurated.certificates.get())

    fonts = [font.get_object() for font in pages[0]["/Resources"]["/Font"].values()]
    inner = [each.get_object() for font in fonts for each in font.get("/DescendantFonts", [font])]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in inner)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("KIM “Mekar Jaya”", "KIM “Mekar Jaya”"),
        ("KIM Bintang — Mekar", "KIM Bintang — Mekar"),
        ("KIM Ḥikmah", "KIM Ḥikmah"),
        ("KIM Jum’at • Al-Qurʾān ʿAlī … Ṣiddīq", "KIM Jum’at • Al-Qurʾān ʿAlī … Ṣiddīq"),
        ("KIM Hikmah\u0323", "KIM Hikmaḥ"),
        ("KIM 𝗠𝗲𝗸𝗮𝗿 𝒥𝒶𝓎𝒶 ①", "KIM Mekar Jaya 1"),
        ("KIM 🌾Mekar👨‍👩‍👧 ✿ Jaya", "KIM Mekar Jaya"),
        ("KIM ꦏꦶꦩ ᬓᬶᬫ᭄ Казань", "KIM kim kim Kazan'"),
    ],
)
def test_a_name_is_printed_as_it_is_written_or_as_it_sounds(client, inaugurated, name, printed):
    inaugurated.name = name
    inaugurated.save()

    words = sheet(client, inaugurated.certificates.get())[2]
    assert f"diberikan kepada {printed} {inaugurated.seat.long_name} Nomor" in words


@pytest.mark.parametrize("name", ["KIM " + "Perjuangan Rakyat " * 6, "W" * 120, "KIM " + "🌾" * 100, "\u0323" * 100])
def test_the_longest_name_leaves_the_code_its_place(client, inaugurated, make_decree, name):
    inaugurated.name = name
    inaugurated.save()
    decree = inaugurated.decree
    decree.number, decree.issuer_name = "470/" + "9" * 116, "Pemerintah Desa " * 9
    decree.save()
    Certificate.objects.update(office_name="Dinas Komunikasi, Informatika, Persandian dan Statistik " * 2)
    heights = []

    _answer, pages, words = sheet(client, inaugurated.certificates.get())
    pages[0].extract_text(
        visitor_text=lambda text, _cm, matrix, *_font: heights.append(matrix[5]) if text.strip() else 0
    )

    assert len(pages) == 1
    assert inaugurated.number in words
    # In points from the foot of the sheet: the code reaches from 150 to 258.
    assert not [height for height in heights if 146 < height < 260]
    assert min(heights) < 146 < 260 < max(heights)


def test_tokens_are_long_and_differ():
    tokens = {Certificate._meta.get_field("token").get_default() for _each in range(50)}

    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 22


def test_after_a_ceremony_those_that_hold_are_printed_at_once(desk, inaugurated, made, make_community, make_decree):
    other = make_community("KIM Tani")
    other.inaugurate(by=made, decree=inaugurated.decree)
    old = other.certificates.get()
    other.extend(by=made, decree=make_decree(number="78/SK/2026", ends_on="2099-12-31"))
    chosen = {"action": "print_many", "_selected_action": [each.pk for each in Certificate.objects.all()]}

    answer = desk.post("/petugas/communities/certificate/", chosen)

    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.content)).pages]
    assert ["KIM Mekar" in sheets[0], "KIM Tani" in sheets[1], len(sheets)] == [True, True, 2]
    assert old.token not in sheets[1]
    assert "Tidak ikut dicetak karena tidak berlaku lagi: 1 piagam." in desk.get("/petugas/").text


def test_where_none_holds_nothing_is_printed(desk, inaugurated, made):
    inaugurated.suspend(by=made, note="Pengurus berselisih.")
    chosen = {"action": "print_many", "_selected_action": [inaugurated.certificates.get().pk]}

    answer = desk.post("/petugas/communities/certificate/", chosen, follow=True)

    assert "Tidak ikut dicetak karena tidak berlaku lagi: 1 piagam." in answer.text
