"""A list taken along as a file: as filtered, of the own regions alone, without formulas, and written down."""

import io

import openpyxl
import pytest
from django.contrib import admin
from django.urls import reverse

from accounts import exporting
from accounts.models import AuditEntry
from communities.models import Community
from pages import spreadsheets

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
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


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
