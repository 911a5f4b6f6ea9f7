"""A list taken along as a file: as filtered, of the own regions alone, without formulas, and written down."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.contrib import admin
from django.urls import reverse

from accounts import exporting
from accounts.models import AuditEntry
from aspirations.models import Aspiration
from communities.models import Community, Membership
from pages import spreadsheets
from regions import atlas

pytestmark = pytest.mark.django_db


def export(browser, model, kind, query=""):
    return browser.post(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_export_{kind}") + query)


def lines(answer):
    return b"".join(answer).decode("utf-8-sig").splitlines()


def test_the_list_as_it_is_filtered(desk, mekar, make_community):
    make_community("KIM Beku", status="suspended")

    answer = export(desk, Community, "csv", "?status__exact=verified&q=Mekar")

    heading, *rows = lines(answer)
    assert heading.startswith("nama;status;kedudukan;nomor KIM")
    assert len(rows) == 1
    assert rows[0].startswith(f"KIM Mekar;terverifikasi;Desa Jembayan, Loa Kulu;{mekar.number}")
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("kind", exporting.KINDS)
@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label), ids=str)
def test_nothing_of_elsewhere_is_in_any_file(desk, mekar, make_community, make_post, model, kind):
    foreign = make_community("KIM Rahasia", seat="64.71.01.1001")
    make_post("Rahasia panen", community=foreign)

    answer = export(desk, model, kind)

    content = b"".join(answer)
    assert answer.status_code == 200
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        content = repr([[cell.value for cell in row] for row in sheet]).encode()
    assert b"ahasia" not in content
    assert b"Manggar" not in content


@pytest.mark.parametrize("sign", spreadsheets.FORMULA_SIGNS)
def test_no_cell_is_a_formula(sign):
    assert spreadsheets.harmless(f"{sign}HYPERLINK(1)").startswith("'")


def test_a_name_that_looks_like_a_formula_stays_text(desk, make_community):
    make_community("=1+1")

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export(desk, Community, "xlsx")))).active

    assert sheet["A2"].value == "'=1+1"
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


def test_days_and_numbers_can_be_sorted_and_the_heading_stays_in_view(desk, mekar, sector, make_decree):
    mekar.decree = make_decree(number="12/2026", issued_on="2026-01-02", ends_on="2029-01-02")
    mekar.last_post_at = datetime(2026, 8, 17, 1, 30, tzinfo=UTC)
    mekar.save()
    mekar.sectors.add(sector)

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export(desk, Community, "xlsx")))).active
    row = dict(zip(*([cell.value for cell in line] for line in sheet), strict=True))
    text = "\n".join(lines(export(desk, Community, "csv")))

    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)
    assert sheet.column_dimensions["A"].width > len("KIM Mekar")
    assert row["SK sampai"] == datetime(2029, 1, 2)
    assert row["kegiatan terakhir"] == datetime(2026, 8, 17, 9, 30)  # the clock of Kutai Kartanegara
    assert row["ketua"] == "Siti"
    assert row["jumlah anggota"] == mekar.memberships.current().count()
    assert [row[name] for name in ("desa/kelurahan", "kecamatan", "nomor SK", "bidang")] == [
        *["Jembayan", "Loa Kulu", "12/2026", str(sector)]
    ]
    assert "2029-01-02" in text
    assert "2026-08-17 09:30" in text


def test_a_moment_that_only_a_file_tells_is_told_by_the_clock_of_its_place_too(desk, make_aspiration):
    Aspiration.objects.filter(pk=make_aspiration().pk).update(created_at=datetime(2026, 8, 17, 1, 30, tzinfo=UTC))

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(export(desk, Aspiration, "xlsx")))).active

    heading, row = ([cell.value for cell in line] for line in sheet)
    assert dict(zip(heading, row, strict=True))["dikirim"] == datetime(2026, 8, 17, 9, 30)


def test_a_file_of_many_kim_costs_what_one_of_one_costs(desk, mekar, make_community, django_assert_max_num_queries):
    for _ in range(3):
        make_community()

    atlas.surroundings("64.02")  # as a process knows it after its first list
    with django_assert_max_num_queries(15):
        lines(export(desk, Community, "csv"))


def test_who_took_it_along_is_in_the_trail(desk, mekar, made):
    export(desk, Community, "csv", "?status__exact=verified")

    entry = AuditEntry.objects.get(deed="EXPORT")
    assert (entry.by, entry.model, entry.region.code) == (made, "communities.community", "64.02")
    assert entry.after == {"rows": 1, "kind": "csv", "filter": "status__exact=verified"}
    assert "diekspor" in desk.get(reverse("admin:accounts_auditentry_changelist")).text


def test_more_than_a_file_holds_is_refused_in_words(desk, mekar, make_community, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    make_community("KIM Kedua")

    answer = export(desk, Community, "csv", "?status__exact=verified")

    assert "status__exact=verified" in answer.url
    assert not AuditEntry.objects.filter(deed="EXPORT").exists()


def test_only_who_asks_by_the_button_gets_a_file(desk, client, mekar, joko):
    address = reverse("admin:communities_community_export_csv")

    assert desk.get(address).status_code == 405
    client.force_login(joko)
    assert client.post(address, follow=True).status_code == 403
    assert not AuditEntry.objects.filter(deed="EXPORT").exists()


def test_the_vocabulary_of_the_country_leaves_a_trail(sector):
    sector.name = "Kesehatan warga"
    sector.save()

    assert AuditEntry.objects.about(sector).first().after == {"name": "Kesehatan warga"}


def workbook(desk, model, query="", **wish):
    address = reverse(f"admin:communities_{model._meta.model_name}_export_xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(desk.post(address + query, wish))))
    return {sheet.title: [line[0] for line in sheet.values][1:] for sheet in book}


def test_on_wish_a_list_has_a_sheet_for_each_part_of_the_region(desk, mekar, make_community):
    for name, seat in (("KIM Kabupaten", "64.02"), ("KIM Tengah", "64.02.02.2011"), ("KIM Muara", "64.02.06")):
        make_community(name, seat=seat)
    assert "satu lembar untuk setiap kecamatan" in desk.get("/petugas/communities/community/").text
    assert "satu lembar" not in desk.get("/petugas/communities/decree/").text

    kims = workbook(desk, Community, lembar="wilayah")
    people = workbook(desk, Membership, lembar="wilayah")
    villages = workbook(desk, Community, "?wilayah=64.02.02", lembar="wilayah")

    assert next(iter(kims)) == "Kecamatan Loa Kulu"
    assert list(kims)[-1] == "Kabupaten Kutai Kartanegara"
    assert kims["Kecamatan Loa Kulu"] == ["KIM Mekar", "KIM Tengah"]
    assert kims["Kabupaten Kutai Kartanegara"] == ["KIM Kabupaten"]
    assert "Siti" in people["Kecamatan Loa Kulu"]
    assert villages == {"Desa Jembayan": ["KIM Mekar"], "Desa Jembayan Tengah": ["KIM Tengah"]}
    assert workbook(desk, Community, "?q=Anggrek", lembar="wilayah") == {"Data": []}
    assert list(workbook(desk, Community)) == ["Data"]
