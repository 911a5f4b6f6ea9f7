"""The sheet of an evaluation: the scores with their points, the rules and the official indicators, as XLSX and PDF."""

import io
from decimal import Decimal

import openpyxl
import pytest
from conftest import JUNE
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEntry
from communities.coverage import coverage_of
from evaluations.models import Juror

pytestmark = pytest.mark.django_db


@pytest.fixture
def computed(mekar, make_community, make_post, make_cycle, make_scores):
    other = make_community("=Bahari()", seat="64.02.06")
    for day in range(1, 5):
        make_post(published_at=JUNE.replace(day=day), title=f"Panen {day}")
    make_post(published_at=JUNE, community=other)
    return make_scores(make_cycle())


def downloaded(desk, cycle, kind):
    answer = desk.post(reverse(f"admin:evaluations_cycle_sheet_{kind}", args=[cycle.pk]))
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_workbook_has_the_scores_of_the_page_as_numbers(desk, computed):
    book = openpyxl.load_workbook(io.BytesIO(downloaded(desk, computed, "xlsx")))
    heading, *lines = book["Data"].values
    of_page = {score.rank: score for score in computed.scores.ranked()}

    assert heading[-3:] == ("Publikasi", "Keteraturan", "Pembinaan")
    assert [line[0] for line in lines] == [1, 2]
    for line in lines:
        score = of_page[line[0]]
        assert Decimal(str(line[6])) == score.total == sum(Decimal(str(points)) for points in line[9:])
        assert [Decimal(str(points)) for points in line[9:]] == [row.points for row in score.lines]
    assert lines[1][2] == "'=Bahari()"


def test_the_workbook_has_the_official_indicators(desk, computed):
    book = openpyxl.load_workbook(io.BytesIO(downloaded(desk, computed, "xlsx")))
    summary = dict(book["Ringkasan"].values)
    _lines, whole = coverage_of(computed.region)

    assert (summary["Jumlah KIM"], summary["KIM yang dinilai"]) == (whole.kims, 2)
    assert summary["Cakupan KIM per kecamatan (%)"] == whole.percent_of_districts == 100
    assert list(book["Cakupan"].values)[-1][1:6] == ("Kabupaten Kutai Kartanegara", 2, 2, 2, 100)
    assert [line[0] for line in book["Indikator"].values][1:] == ["Publikasi", "Keteraturan", "Pembinaan"]
    assert summary["Sidik nilai"] == computed.digest


def test_the_paper_says_the_same(desk, computed, mekar):
    pdf = PdfReader(io.BytesIO(downloaded(desk, computed, "pdf")))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())

    for words in (
        "LEMBAR PENILAIAN KIM", "Kabupaten Kutai Kartanegara 2025", "Jumlah KIM: 2", "2 dari 2 (100,0%)",
        "1. Publikasi, bobot 50,00", "KIM Mekar, Jembayan", "Kepala Dinas", f"halaman 1 dari {len(pdf.pages)}",
    ):  # fmt: skip
        assert words in text


def test_who_takes_it_along_is_written_down(desk, computed):
    assert reverse("admin:evaluations_cycle_sheet_pdf", args=[computed.pk]) in desk.get(computed.desk_path).text
    downloaded(desk, computed, "pdf")

    entry = AuditEntry.objects.filter(deed=AuditEntry.Deed.EXPORT).get()
    assert (entry.object_id, entry.after["kind"], entry.after["rows"]) == (computed.pk, "pdf", 2)


def test_before_anything_was_computed_there_is_none(desk, make_cycle):
    cycle = make_cycle()
    url = reverse("admin:evaluations_cycle_sheet_xlsx", args=[cycle.pk])

    assert url not in desk.get(cycle.desk_path).text
    assert "belum dihitung" in desk.post(url, follow=True).text


def test_a_juror_still_at_work_does_not_read_it(desk, computed, made):
    juror = Juror.objects.create(cycle=computed, user=made)
    url = reverse("admin:evaluations_cycle_sheet_xlsx", args=[computed.pk])

    assert url not in desk.get(computed.desk_path).text
    assert desk.post(url).status_code == 403
    juror.close()
    assert desk.post(url).status_code == 200


def test_it_is_for_officers_of_its_region(client, computed, ratna, with_second_factor):
    client.force_login(with_second_factor(ratna))

    assert client.post(reverse("admin:evaluations_cycle_sheet_xlsx", args=[computed.pk])).status_code == 404


def test_it_costs_the_same_for_many_kim(desk, computed, make_community, make_scores, django_assert_max_num_queries):
    for number in range(5):
        make_community(f"KIM {number}")
    make_scores(computed)

    with django_assert_max_num_queries(25):
        downloaded(desk, computed, "xlsx")
