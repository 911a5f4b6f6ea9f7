"""Made imports the roster of his regency at the desk: upload, columns, places, carrying out."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from communities.models import Community, RosterImport, RosterRow
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check

pytestmark = pytest.mark.django_db

ADD = "admin:communities_rosterimport_add"
HEADINGS = "NAMA KIM;DESA;KECAMATAN"
TWO_ROWS = f"{HEADINGS}\nKIM Mekar Jaya;Desa Jembayan;Kec. Loa Kulu\nKIM Antah;Desa Antah;Kec. Loa Kulu"


@pytest.fixture(autouse=True)
def worker(monkeypatch):
    """The worker takes up each job when a test says so."""
    jobs = []
    for name in ("check_roster", "carry_out_roster"):
        job = type("Job", (), {"enqueue": lambda self, pk, name=name: jobs.append((name, pk))})()
        monkeypatch.setattr(f"communities.admin.rosters.{name}", job)
    return jobs


def work_off(jobs):
    while jobs:
        name, pk = jobs.pop(0)
        (check if name == "check_roster" else carry_out)(RosterImport.objects.get(pk=pk))


@pytest.fixture
def desk(client, made, with_second_factor):
    client.force_login(with_second_factor(made))
    return client


@pytest.fixture
def upload(desk, places):
    def send(text=TWO_ROWS, name="KIM Kukar.csv", region="64.02"):
        file = ContentFile(text if isinstance(text, bytes) else text.encode(), name=name)
        return desk.post(reverse(ADD), {"file": file, "region": places[region].pk})

    return send


@pytest.fixture
def roster(upload, worker):
    upload()
    work_off(worker)
    return RosterImport.objects.get()


def page_of(roster):
    return reverse("admin:communities_rosterimport_change", args=[roster.pk])


def test_a_roster_is_uploaded_checked_mended_and_carried_out(desk, upload, worker, places):
    page = upload()
    roster = RosterImport.objects.get()
    assert page.url == page_of(roster)
    assert 'http-equiv="refresh"' in desk.get(page.url).text

    work_off(worker)
    shown = desk.get(page.url).text
    assert 'http-equiv="refresh"' not in shown
    assert "KIM Antah" in shown
    assert "tempat tidak ditemukan" in shown

    row = roster.rows.get(status="not_found")
    desk.post(page.url, {"deed": "places", f"c{row.pk}": "Jembayan Tengah"})
    row.refresh_from_db()
    assert (row.region, row.status) == (places["64.02.02.2011"], RosterRow.Status.MATCHED)

    desk.post(page.url, {"deed": "run"})
    desk.post(page.url, {"deed": "run"})  # a second click
    assert worker == [("carry_out_roster", roster.pk)]
    work_off(worker)
    assert {kim.name: kim.is_old_data for kim in Community.objects.all()} == {"KIM Mekar Jaya": True, "KIM Antah": True}
    kim = Community.objects.get(name="KIM Antah")
    assert kim.desk_path in desk.get(page.url).text

    desk.post(reverse("admin:communities_community_deed", args=[kim.pk, "konfirmasi"]), {"note": ""})
    kim.refresh_from_db()
    assert not kim.is_old_data


def test_columns_are_shown_by_hand(desk, upload, worker):
    upload("PERKUMPULAN;D;K\nKIM Mekar Jaya;Desa Jembayan;Kec. Loa Kulu")
    work_off(worker)
    roster = RosterImport.objects.get()

    refused = desk.post(page_of(roster), {"deed": "columns", "k1": "village", "k2": "village"})
    assert refused.status_code == 422
    assert "Tunjukkan kolom mana yang berisi nama KIM." in refused.text

    desk.post(page_of(roster), {"deed": "columns", "k0": "name", "k1": "village", "k2": "district"})
    work_off(worker)
    assert list(roster.rows.values_list("status", flat=True)) == ["matched"]


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        (b"", "kosong.csv", "kosong"),
        (b"\x89PNG\r\n", "daftar.xlsx", "Berkas ini bukan XLSX"),
        (b"PK\x03\x04 tidak utuh", "daftar.xlsx", "XLSX"),
    ],
)
def test_what_is_no_roster_is_refused_beside_the_field(upload, text, name, sentence):
    page = upload(text, name)

    assert page.status_code == 200
    assert sentence in page.text
    assert not RosterImport.objects.exists()


def test_only_own_regions_can_be_brought_in(upload):
    page = upload(region="64.71")

    assert page.status_code == 200
    assert not RosterImport.objects.exists()


def test_the_officer_next_door_sees_and_changes_nothing(client, roster, ratna, with_second_factor, places):
    client.force_login(with_second_factor(ratna))
    row = roster.rows.get(status="not_found")

    assert client.get(page_of(roster)).status_code == 404
    for deed in ("run", "again", "places", "columns"):
        assert client.post(page_of(roster), {"deed": deed, f"c{row.pk}": "Jembayan"}).status_code == 404
    for kind in ("csv", "xlsx"):
        address = reverse("admin:communities_rosterimport_result", args=[roster.pk, kind])
        assert client.get(address).status_code == 404
    row.refresh_from_db()
    assert row.status == "not_found"


def test_a_place_outside_the_region_is_refused(desk, roster, places):
    row = roster.rows.get(status="not_found")

    page = desk.post(page_of(roster), {"deed": "places", f"c{row.pk}": "Manggar"}, follow=True)

    assert "Tempat ini di luar wilayah daftar." in page.text
    row.refresh_from_db()
    assert row.status == "not_found"


def test_what_was_found_can_be_taken_along(desk, roster):
    answer = desk.get(reverse("admin:communities_rosterimport_result", args=[roster.pk, "csv"]))

    assert "KIM Antah" in answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == f'attachment; filename="daftar-{roster.pk}.csv"'
    assert desk.get(reverse("admin:communities_rosterimport_result", args=[roster.pk, "xlsx"])).content[:2] == b"PK"


def test_a_page_of_rows_costs_the_same_for_one_and_for_many(desk, upload, worker, django_assert_max_num_queries):
    upload("\n".join([HEADINGS, *(f"KIM Mekar {number};Jembayan;Loa Kulu" for number in range(120))]))
    work_off(worker)
    roster = RosterImport.objects.get()

    with django_assert_max_num_queries(12):
        page = desk.get(page_of(roster))

    assert len(page.context["rows"]) == 50
    assert "sesudah=51" in page.text
    assert len(desk.get(f"{page_of(roster)}?sesudah=101").context["rows"]) == 20
