"""The dashboards of officers: numbers that add up, each of which leads to just so many rows of the desk."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from conftest import make_officer
from django.utils import timezone

from accounts.models import AuditEntry
from activities.models import Appeal, FlaggedItem, Redissemination
from communities.models import Community
from monitoring.dashboard import Dashboard
from monitoring.models import CountChange
from regions import atlas
from regions.clocks import how_long

REACH = {"diakui": "reach_claimed", "terverifikasi": "reach_verified"}


@pytest.fixture
def busy_place(mekar, siti, made, places, make_post, make_community, make_bulletin, make_aspiration):
    """Something of everything in Kutai Kartanegara and next door, and what sits at the regency and province alone."""
    make_community("KIM Tidur", last_post_at=timezone.now() - timedelta(days=200))
    make_community("KIM Antre", status="submitted", submitted_at=timezone.now() - timedelta(days=3))
    make_community("KIM Kota", seat="64.71.01.1001", last_post_at=timezone.now() - timedelta(days=40))
    make_community("KIM Provinsi", seat="64")
    make_community("KIM Lama", seat="64.02", is_imported=True)
    make_post(status="in_review").publish(by=made)
    make_post("Rapat", place=places["64.02"], published_at=timezone.now() - timedelta(days=60))
    make_post("Antre", status="in_review")
    reported = make_post("Dilaporkan")
    FlaggedItem.objects.flag(reported, reason="other")
    refused = make_post("Ditolak", status="in_review")
    refused.reject(by=made, reason="other")
    Appeal.objects.create(review=refused.reviews.get(), text="Sudah benar.", by=siti)
    reported.revisions.create(number=1, facts=reported.facts, by=siti, status="waiting")
    FlaggedItem.objects.create(post=reported, comment=None, decided_at=timezone.now())
    bulletin = make_bulletin(status="sent", sent_at=timezone.now() - timedelta(days=9))
    delivery = bulletin.deliveries.create(community=mekar, place=mekar.seat, opened_at=timezone.now())
    Redissemination.objects.record(delivery, "papan", by=siti, people=50, happened_on=timezone.localdate()).verify(
        30, by=made
    )
    Redissemination.objects.record(delivery, "radio", by=siti, people=70, happened_on=timezone.localdate())
    make_aspiration()
    answered = make_aspiration(title="Lampu jalan mati")
    answered.accept(by=made)
    answered.give_answer(by=made, text="Sudah diganti.", outcome="done")


@pytest.fixture
def dewi(client, places, with_second_factor):
    """The browser of the ministry's officer."""
    client.force_login(with_second_factor(make_officer("Dewi", places["0"])))
    session = client.session
    session.end_with_the_working_day()
    session.save()
    return client


def dashboard_of(code):
    region, parts, _neighbours = atlas.surroundings(code)
    return Dashboard(region, parts)


def rows_behind(client, url):
    """All rows of the page that a number leads to."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    if "cl" in answer.context:
        assert answer.context["cl"].get_filters_params() or "wilayah" in url
        return list(answer.context["cl"].queryset)
    return answer.context["page"].items


@pytest.mark.parametrize("code", ["0", "64", "64.02", "64.02.02"])
def test_the_parts_add_up_to_their_region(busy_place, code):
    for _folded in (False, True):
        table = dashboard_of(code).table

        lines = [[cell.number for cell in line.cells] for line in table.lines]
        assert [sum(numbers) for numbers in zip(*lines, strict=True)] == [cell.number for cell in table.total.cells]
        assert any(table.total.cells)
        CountChange.objects.fold()


@pytest.mark.parametrize("code", ["0", "64", "64.02", "64.02.02", "64.02.02.2003"])
def test_every_number_leads_to_just_so_many_rows(dewi, busy_place, code):
    shown = dashboard_of(code)

    for line in [*shown.table.lines, shown.table.total]:
        for column, (number, url) in zip(shown.columns, line.cells, strict=True):
            rows = rows_behind(dewi, url)
            found = sum(getattr(row, REACH[column.word]) for row in rows) if column.word in REACH else len(rows)
            assert found == number, (column.word, url)
    for chart in [*shown.charts, shown.trend]:
        for row in chart.rows:
            assert not row.number or len(rows_behind(dewi, row.url)) == row.number, (chart.title, row.label)


def test_something_of_everything_is_counted(busy_place):
    shown = dashboard_of("64.02")
    numbers = {word: number for word, _label, number, _url in shown.headlines}
    waits = {word: (number, days) for word, _label, number, _url, days in shown.waits}

    assert numbers["kim"] == 3
    assert (numbers["aktif-30"], numbers["aktif-90"]) == (1, 1)
    assert (numbers["kegiatan-30"], numbers["kegiatan-90"]) == (2, 3)
    assert (numbers["diterima"], numbers["dibuka"], numbers["disebarkan"]) == (1, 1, 1)
    assert (numbers["diakui"], numbers["terverifikasi"]) == (120, 30)
    assert (numbers["terbuka"], numbers["lewat"], numbers["tanpa-kim"]) == (1, 0, 1)
    assert waits["verifikasi"] == (1, 3)
    assert {word: number for word, (number, _days) in waits.items()} == {
        **{"moderasi": 1, "perubahan": 1, "laporan": 1, "keberatan": 1, "verifikasi": 1, "penyebaran": 1}
    }
    assert how_long(shown.medians["answered"]) == "kurang dari sejam"


def test_an_officer_sees_the_own_region_and_below(desk, places):
    assert desk.get("/petugas/pantau/")["Location"] == "/petugas/pantau/64.02/"
    assert desk.get("/petugas/pantau/64.02/").status_code == 200
    assert desk.get("/petugas/pantau/64.02.02.2003/").status_code == 200
    for foreign in ("0", "64", "64.71", "64.71.01.1001", "99", "64-sendiri", "bukan", "64.02.02.2003x"):
        for page in ("", "angka/", "tanpa-kim/", "tanpa-petugas/"):
            assert desk.get(f"/petugas/pantau/{foreign}/{page}").status_code == 404, (foreign, page)
        assert desk.post(f"/petugas/pantau/{foreign}/csv/").status_code == 404


def test_of_several_regions_each_has_its_dashboard(desk, made, places):
    facts = {"letter_number": "7/2026", "duties": ["moderation"], "starts_on": "2026-01-05"}
    made.assignments.create(region=places["64.71"], **facts)

    page = desk.get("/petugas/pantau/64.02/").text

    assert "/petugas/pantau/64.71/" in page
    assert desk.get("/petugas/pantau/64.71/").status_code == 200


def test_numbers_lead_no_further_than_the_own_region(desk, busy_place):
    assert rows_behind(desk, "/petugas/communities/community/?wilayah=64&berdiri=ya")
    assert {row.seat.code[:5] for row in rows_behind(desk, "/petugas/communities/community/?wilayah=0")} == {"64.02"}
    assert rows_behind(desk, "/petugas/communities/community/?wilayah=64.71") == []


def test_the_page_tells_and_leads_on(desk, busy_place):
    page = desk.get("/petugas/pantau/64.02/")

    text = page.text
    assert "Data per" in text
    assert 'data-live="/petugas/pantau/64.02/angka/" data-live-own' in text
    assert "/petugas/pantau/64.02.02/" in text
    assert "terlama 3 hari" in text
    assert "terlama 0 hari" not in text
    assert 'siapa pun petugasnya. Yang menunggu keputusan Anda: <a href="/petugas/">antrean Anda</a>' in text
    assert "Kutai Kartanegara sendiri" in text
    assert "no-store" in page["Cache-Control"]
    assert "/petugas/pantau/" in desk.get("/petugas/").text


def test_the_numbers_alone_are_renewed(desk, made, make_post, monkeypatch):
    monkeypatch.setattr("pages.freshness.transaction.on_commit", lambda announce: announce())
    now = timezone.now()
    monkeypatch.setattr("monitoring.views.desk.timezone.now", lambda: now)
    first = desk.get("/petugas/pantau/64.02/angka/")
    assert "private" in first["Cache-Control"]

    again = desk.get("/petugas/pantau/64.02/angka/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    make_post(status="in_review").publish(by=made)
    after = desk.get("/petugas/pantau/64.02/angka/", headers={"If-None-Match": first["ETag"]})
    assert re.search(r'data-number="kegiatan-30">.*?<a [^>]*>1</a>', after.text, re.DOTALL)


def test_what_was_read_before_opens_no_foreign_region(desk, places):
    first = desk.get("/petugas/pantau/64.02/angka/")

    answer = desk.get("/petugas/pantau/64.71/angka/", headers={"If-None-Match": first["ETag"]})

    assert answer.status_code == 404


def test_the_table_as_files(desk, made, busy_place, places):
    type(places["64.02"]).objects.filter(code="64.02.06").update(name="=Tenggarong")
    answer = desk.post("/petugas/pantau/64.02/csv/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(desk.post("/petugas/pantau/64.02/xlsx/").streaming_content)))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(text), delimiter=";")]
    assert [row["kode"] for row in rows] == ["64.02.02", "64.02.06", "64.02-sendiri", "64.02"]
    assert [row["KIM berdiri"] for row in rows] == ["2", "0", "1", "3"]
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[2] for row in cells[1:]] == [2, 0, 1, 3]
    assert not [cell for row in cells for cell in row if str(cell).startswith("=")]
    exports = AuditEntry.objects.filter(deed=AuditEntry.Deed.EXPORT, by=made)
    assert [entry.after["kind"] for entry in exports.order_by("pk")] == ["csv", "xlsx"]


def test_files_are_given_to_who_asks_by_a_form(desk, places):
    assert desk.get("/petugas/pantau/64.02/csv/").status_code == 405
    assert desk.post("/petugas/pantau/64.02/pdf/").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/petugas/communities/community/?wilayah=99", 200),
        ("/petugas/communities/community/?wilayah=٦٤", 200),
        ("/petugas/activities/post/?wilayah=64.02%00", 400),
        ("/petugas/pantau/64.02/tanpa-kim/?sesudah=bukan-kunci", 404),
        ("/petugas/pantau/٦٤/", 404),
        ("/petugas/pantau/6402/", 404),
    ],
)
def test_what_we_do_not_know_is_told_in_a_sentence(desk, places, path, status):
    answer = desk.get(path, follow=True)

    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert re.search(r"tidak kami mengerti|tidak ada|tidak ditemukan|tidak terbaca", answer.text)


def test_what_lacks_a_kim_or_an_officer_is_listed(dewi, made, mekar, places):
    without = {place.code for place in rows_behind(dewi, "/petugas/pantau/64/tanpa-kim/")}
    assert without == {"64.02.02.2011", "64.71.01.1001"}
    vacant = {place.code for place in rows_behind(dewi, "/petugas/pantau/64/tanpa-petugas/")}
    assert vacant == {"64", "64.71"}
    assert {place.code for place in rows_behind(dewi, "/petugas/pantau/64-sendiri/tanpa-petugas/")} == {"64"}


@pytest.mark.parametrize("list_of", ["tanpa-kim", "tanpa-petugas"])
@pytest.mark.parametrize("code", ["64", "64.02", "64.02.02"])
def test_what_lies_in_no_part_lacks_nothing_where_all_do(dewi, made, mekar, places, code, list_of):
    assert {place.code for place in rows_behind(dewi, f"/petugas/pantau/{code}-sendiri/{list_of}/")} <= {code}


@pytest.mark.parametrize("code", ["64.02", "64.02.02", "64.02.02.2003"])
def test_a_dashboard_costs_the_same_queries_for_more_rows(
    desk, make_post, make_community, make_aspiration, code, django_assert_max_num_queries
):
    def cost():
        desk.get(f"/petugas/pantau/{code}/")
        with django_assert_max_num_queries(10) as queries:
            desk.get(f"/petugas/pantau/{code}/")
        return len(queries)

    def add():
        make_post()
        make_community(f"KIM {Community.objects.count()}")
        make_aspiration()

    add()
    of_one = cost()
    add()
    add()
    assert cost() == of_one
