"""One page takes whatever code a person has, and leads to what it is of."""

import re

import pytest
from django.db import connection

from activities.models import FlaggedItem
from communities.models import Community, Decree

pytestmark = pytest.mark.django_db


@pytest.fixture
def inaugurated(mekar, made, make_decree):
    mekar.inaugurate(by=made, decree=make_decree(number="77/SK/2026", ends_on="2099-12-31"))
    return mekar


def sent(client, text):
    return client.post("/lacak/", {"kode": text})


@pytest.mark.parametrize("typed", ["{}", " lap {}", "https://kim.example/lapor/hasil/{}/"])
def test_the_code_of_a_report_leads_to_its_result(client, make_post, typed):
    flag = FlaggedItem.objects.flag(make_post(), reason="false")

    answer = sent(client, typed.format(flag.code if "lap " not in typed else flag.code.removeprefix("LAP-").lower()))

    assert answer.url == f"/lapor/hasil/{flag.code}/"


def test_the_code_of_a_proposal_leads_to_it(client, make_aspiration):
    row = make_aspiration()

    assert sent(client, row.code.lower()).url == row.get_absolute_url()


def test_the_number_of_a_kim_leads_to_it_and_its_certificate_to_the_certificate(client, inaugurated):
    certificate = inaugurated.certificates.get()

    assert sent(client, inaugurated.number).url == inaugurated.get_absolute_url()
    assert sent(client, certificate.token).url == certificate.get_absolute_url()


@pytest.mark.parametrize(
    "text", ["LAP-ZZZZZZZZ", "ASP-2026-999999", "000000000000", "x" * 22, "\x00", "?", "", "9" * 200]
)
def test_what_is_no_code_is_answered_in_words(client, places, text):
    answer = sent(client, text)

    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.text


def test_codes_are_not_guessed_without_end(client, places, settings):
    settings.SEARCHES_PER_MINUTE = 30

    answers = [sent(client, f"LAP-ZZZZZZZ{letter}").status_code for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"]

    assert 429 in answers


def test_every_page_leads_there(client, places):
    assert 'href="/lacak/"' in client.get("/").text


def test_a_proposal_that_was_withdrawn_says_so_and_no_more(client, make_aspiration):
    row = make_aspiration("Jalan jasper berlubang")
    row.withdraw()

    asked = sent(client, row.code).text
    stood = client.get(row.get_absolute_url())

    assert "sudah ditarik oleh pengirimnya" in asked
    assert "sudah ditarik oleh pengirimnya" in client.get("/usulan/lacak/", {"kode": row.code}).text
    assert (stood.status_code, "Usulan ini ditarik pengirimnya" in stood.text) == (404, True)
    for page in (asked, stood.text):
        assert "jasper" not in page
        assert row.place.name not in page


def test_what_was_never_shown_to_everyone_has_no_page_that_tells_of_it(client, make_aspiration):
    row = make_aspiration(text="Slot gacor maxwin")
    assert row.status == "held"
    row.withdraw()

    assert "ditarik pengirimnya" not in client.get(row.get_absolute_url()).text
    assert "sudah ditarik oleh pengirimnya" in sent(client, row.code).text


# In the search box


def found(client, text):
    return client.get("/cari/", {"q": text})


@pytest.mark.parametrize("typed", ["{}", " asp {number}", "ASP{year}{number}", "https://kim.example/usulan/{}/"])
def test_the_search_leads_to_a_proposal_by_its_code(client, make_aspiration, typed):
    row = make_aspiration()
    _asp, year, number = row.code.split("-")

    assert found(client, typed.format(row.code, year=year, number=number)).url == row.get_absolute_url()


def test_the_search_leads_to_whatever_else_has_a_code(client, inaugurated, make_post):
    certificate, number = inaugurated.certificates.get(), inaugurated.number
    flag = FlaggedItem.objects.flag(make_post(), reason="false")

    assert found(client, number).url == inaugurated.get_absolute_url()
    assert found(client, f"{number[:10]}.{number[10:]}").url == inaugurated.get_absolute_url()
    assert found(client, certificate.token).url == certificate.get_absolute_url()
    assert found(client, flag.code.lower()).url == f"/lapor/hasil/{flag.code}/"


@pytest.mark.parametrize("before", ["", " SK No. ", "Nomor: "])
@pytest.mark.parametrize("behind", ["", ", 18 Februari 2026", " tanggal 18 Februari 2026", ", tgl. 18-02-2026"])
def test_the_search_finds_the_kim_of_a_decree(client, inaugurated, before, behind):
    for number in ("77/SK/2026", "77/sk/2026"):
        assert f'href="{inaugurated.get_absolute_url()}"' in found(client, f"{before}{number}{behind}").text


def test_the_search_finds_the_kim_of_a_decree_by_what_its_page_prints(client, inaugurated):
    printed = re.search(r"77/SK/2026, [^<]+", client.get(inaugurated.get_absolute_url()).text)[0]

    assert f'href="{inaugurated.get_absolute_url()}"' in found(client, printed).text


@pytest.mark.parametrize(
    "typed", ["77", "SK", "7/SK/2026", "77/SK/2026 pukul 10:00", "7/SK/2026, 18 Februari 2026", "/", "12/11/2026"]
)
def test_what_is_no_number_of_a_decree_finds_no_kim_by_it(client, inaugurated, typed):
    assert "KIM dengan nomor SK ini" not in found(client, typed).text


def test_of_all_decrees_only_those_of_the_number_are_read(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # of few, all are quicker read

    assert "decree_number" in Decree.objects.filter(number__iexact="77/SK/2026").explain()


def test_a_kim_that_does_not_stand_is_not_found_by_its_decree(client, inaugurated, made):
    inaugurated.suspend(by=made, note="Vakum")

    assert "KIM dengan nomor SK ini" not in found(client, "77/SK/2026").text


def test_a_number_whose_serial_grew_a_digit_is_one_too(client, inaugurated):
    Community.objects.filter(pk=inaugurated.pk).update(number=f"{inaugurated.number[:10]}100")
    inaugurated.refresh_from_db()

    assert (
        sent(client, inaugurated.number).url == found(client, inaugurated.number).url == inaugurated.get_absolute_url()
    )


def test_the_search_says_of_a_code_that_leads_nowhere_why(client, make_aspiration):
    row = make_aspiration()
    row.withdraw()

    assert "sudah ditarik oleh pengirimnya" in found(client, row.code).text
    assert "Kode ini tidak kami temukan" in found(client, "ASP-2026-999999").text
    assert "Kode ini tidak kami temukan" in found(client, "LAP-ZZZZZZZZ").text


@pytest.mark.parametrize(
    "text", ["2026", "18", "aspal", "aspirasi 2026", "lap", "081234567890", "x" * 22, "lapangan voli"]
)
def test_words_and_numbers_are_looked_for_as_before(client, make_aspiration, text):
    make_aspiration()

    answer = found(client, text)

    assert answer.status_code == 200
    assert "Kode ini tidak kami temukan" not in answer.text


@pytest.mark.parametrize("kind", ["proposal", "report", "number", "certificate", "decree"])
def test_the_box_offers_what_the_search_leads_to(client, inaugurated, make_post, make_aspiration, kind):
    row, flag = make_aspiration(), FlaggedItem.objects.flag(make_post(), reason="false")
    certificate, kim = inaugurated.certificates.get(), f"{inaugurated.name}, Desa Jembayan"
    code, label, url = {
        "proposal": (row.code.lower(), f"Usulan {row.code}", row.get_absolute_url()),
        "report": (flag.code, f"Laporan {flag.code}", f"/lapor/hasil/{flag.code}/"),
        "number": (inaugurated.number, kim, inaugurated.get_absolute_url()),
        "certificate": (certificate.token, "Piagam KIM", certificate.get_absolute_url()),
        "decree": ("SK No. 77/SK/2026", kim, inaugurated.get_absolute_url()),
    }[kind]

    answer = client.get("/cari/saran/", {"q": code})

    assert answer.json() == [{"label": label, "url": url}]
    assert "no-store" in answer["Cache-Control"]


def test_the_box_offers_nothing_for_a_code_that_leads_nowhere(client, make_aspiration):
    row = make_aspiration()
    row.withdraw()

    assert client.get("/cari/saran/", {"q": row.code}).json() == []
    assert client.get("/cari/saran/", {"q": "LAP-ZZZZZZZZ"}).json() == []


def test_codes_are_not_guessed_in_the_box_either(client, places, settings):
    settings.SEARCHES_PER_MINUTE = 30

    answers = [client.get("/cari/saran/", {"q": f"LAP-ZZZZZZZ{letter}"}).status_code for letter in "ABCDEFGH" * 5]

    assert 429 in answers


@pytest.mark.parametrize("typed", ["77/SK/2026", "ASP-2026-999999"])
def test_a_code_is_not_looked_for_as_if_it_were_words(client, inaugurated, make_post, typed):
    page = found(client, typed).text

    assert "Belum ada yang menulis tentang ini" not in page
    make_post(title="Terima SK 77/SK/2026 dan ASP-2026-999999")
    assert "Terima" in found(client, typed).text


def test_of_a_number_of_a_decree_it_is_said_that_no_post_names_it(client, inaugurated, make_post):
    sentence = "Belum ada kegiatan yang menyebut nomor SK ini."

    assert sentence in found(client, "77/SK/2026").text
    make_post(title="Terima SK 77/SK/2026")
    assert sentence not in found(client, "77/SK/2026").text
