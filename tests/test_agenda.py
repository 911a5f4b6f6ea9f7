"""What is on, month by month, and on the telephone."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

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


def events_of(client, address):
    """As another program reads them."""
    return Calendar.from_ical(client.get(address).content).events


def test_another_program_reads_in_a_calendar_what_the_portal_says(client, make_event, time_machine):
    time_machine.move_to(datetime(2026, 11, 1, tzinfo=UTC), tick=False)
    title, summary = "Gotong royong; bawa cangkul, ya \\ 🌾", "Kerja bakti di dusun Jembayan. " * 6
    post = make_event(title, "2026-11-03T01:00Z", ends_at="2026-11-03T04:00Z", summary=summary.strip())
    time_machine.move_to(datetime(2026, 11, 1, 0, 5, tzinfo=UTC), tick=False)
    post.save()

    answer = client.get("/feed/agenda/64.02.ics")
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.events

    assert answer["Content-Type"].startswith("text/calendar")
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "Agenda KIM Kabupaten Kutai Kartanegara"
    assert (event["SUMMARY"], event["SEQUENCE"], event["STATUS"]) == (title, 300, "CONFIRMED")
    assert (event.start, event.end) == (datetime(2026, 11, 3, 1, tzinfo=UTC), datetime(2026, 11, 3, 4, tzinfo=UTC))
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == datetime(2026, 11, 1, 0, 5, tzinfo=UTC)
    assert event["DESCRIPTION"].split("\n")[:2] == [summary.strip(), "Oleh KIM Mekar"]
    assert event["DESCRIPTION"].endswith(post.get_absolute_url())
    assert "Balai desa, Desa Jembayan" in event["LOCATION"]
    assert not event.errors


def test_a_moved_event_is_the_same_one_with_a_later_number(client, make_event, time_machine):
    post = make_event("Rapat", "2026-11-30T01:00Z")
    address = f"/kegiatan/{post.pk}.ics"
    (before,) = events_of(client, address)

    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=1))
    post.starts_at = datetime(2026, 12, 2, 1, tzinfo=UTC)
    post.save()
    (after,) = events_of(client, address)

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.start == datetime(2026, 12, 2, 1, tzinfo=UTC)


def test_an_end_that_nobody_gave_is_not_made_up(client, make_event):
    post = make_event("Rapat", "2026-11-30T01:00Z")

    (event,) = events_of(client, f"/kegiatan/{post.pk}.ics")

    assert "DTEND" not in event


def test_a_calendar_warns_of_a_hoax(client, make_event):
    post = make_event("Bagi-bagi sembako", "2026-11-30T01:00Z", is_hoax=True)

    (event,) = events_of(client, f"/kegiatan/{post.pk}.ics")

    assert event["SUMMARY"] == "Hoaks: Bagi-bagi sembako"


def test_what_is_hidden_is_in_no_calendar_any_more(client, make_event, made):
    post = make_event("Rapat", datetime.now(UTC) + timedelta(days=2))
    assert events_of(client, "/feed/agenda.ics")

    post.hide(by=made, reason="other", note="Batal")

    assert not events_of(client, "/feed/agenda.ics")
    assert client.get(f"/kegiatan/{post.pk}.ics").status_code == 404


def test_the_page_costs_the_same_with_many(client, make_event, django_assert_num_queries):
    make_event("Satu", "2026-11-03T01:00Z")
    client.get("/agenda/?bulan=2026-11")
    with django_assert_num_queries(1):
        client.get("/agenda/?bulan=2026-11")
    for number in range(3):
        make_event(f"Rapat {number}", "2026-11-04T01:00Z")
    with django_assert_num_queries(1):
        client.get("/agenda/?bulan=2026-11")
