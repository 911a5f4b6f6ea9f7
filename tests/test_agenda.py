"""What is on, month by month, and on the telephone."""

from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_event(make_post):
    def make(title, starts_at, **facts):
        return make_post(title=title, type="agenda", starts_at=starts_at, venue="Balai desa", **facts)

    return make


def test_a_month_shows_its_events_by_day_and_no_other(client, make_event):
    make_event("Posyandu Oktober", "2026-10-31T01:00Z")
    make_event("Posyandu November", "2026-11-15T01:00Z")
    make_event("Lomba panen", "2026-11-03T01:00Z")

    page = client.get("/agenda/?bulan=2026-11").text

    assert "Posyandu Oktober" not in page
    assert page.index("Lomba panen") < page.index("Posyandu November")
    assert "Minggu, 15 November" in page
    assert "09.00 WITA" in page


def test_the_last_evening_of_a_month_belongs_to_it(client, make_event):
    make_event("Malam tirakatan", "2026-10-31T16:30Z")  # 23.30 WIB

    assert "Malam tirakatan" in client.get("/agenda/?bulan=2026-10").text
    assert "Malam tirakatan" not in client.get("/agenda/?bulan=2026-11").text


def test_a_region_shows_its_own_and_all_below(client, make_event, make_community, places):
    make_event("Rapat Jembayan", "2026-11-03T01:00Z")
    other = make_community("KIM Manggar", seat="64.71.01.1001")
    make_event("Rapat Manggar", "2026-11-03T01:00Z", community=other)

    page = client.get("/agenda/?bulan=2026-11&wilayah=64.02").text
    feed = client.get("/feed/agenda/64.02.ics").text

    assert "Rapat Jembayan" in page
    assert "Rapat Manggar" not in page
    assert "Rapat Manggar" not in feed


def test_what_is_not_published_is_not_on(client, make_event):
    make_event("Rapat rahasia", "2026-11-03T01:00Z", status="hidden")

    assert "Rapat rahasia" not in client.get("/agenda/?bulan=2026-11").text
    assert "Rapat rahasia" not in client.get("/feed/agenda.ics").text


@pytest.mark.parametrize("month", ["2026", "2026-13", "entah", "1-1", "9999-12", "2026-11-03"])
def test_a_month_that_is_none_is_not_found(client, month, places):
    assert client.get(f"/agenda/?bulan={month}").status_code == 404


def test_months_lead_to_one_another_and_keep_the_region(client, places):
    page = client.get("/agenda/?bulan=2026-12&wilayah=64.02")

    assert page.context["later"] == "?bulan=2027-01&wilayah=64.02"
    assert page.context["earlier"] == "?bulan=2026-11&wilayah=64.02"


def test_a_telephone_follows_the_calendar(client, make_event, time_machine):
    time_machine.move_to(datetime(2026, 11, 1, tzinfo=UTC))
    make_event("Gotong royong; bawa cangkul", "2026-11-03T01:00Z")

    feed = client.get("/feed/agenda/64.02.ics")

    assert feed["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Gotong royong\\; bawa cangkul" in feed.text
    assert "DTSTART:20261103T010000Z" in feed.text
    assert feed.text.count("BEGIN:VEVENT") == 1


def test_the_page_costs_the_same_with_many(client, make_event, django_assert_num_queries):
    make_event("Satu", "2026-11-03T01:00Z")
    client.get("/agenda/?bulan=2026-11")
    with django_assert_num_queries(1):
        client.get("/agenda/?bulan=2026-11")
    for number in range(3):
        make_event(f"Rapat {number}", "2026-11-04T01:00Z")
    with django_assert_num_queries(1):
        client.get("/agenda/?bulan=2026-11")
