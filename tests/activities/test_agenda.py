"""What is on, month by month, and on the telephone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from pytest_django.asserts import assertContains

from regions.models import Region

pytestmark = pytest.mark.django_db

MONTHS = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]


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


@pytest.mark.parametrize(
    ("place", "moment", "month"),
    [
        ("64.02.02.2003", "2026-11-30T15:59Z", "2026-11"),  # 23.59 WITA
        ("64.02.02.2003", "2026-11-30T16:30Z", "2026-12"),  # 00.30 WITA, still November in Jakarta
        ("31.01", "2026-11-30T16:59Z", "2026-11"),  # 23.59 WIB, December everywhere else
        ("31.01", "2026-11-30T17:00Z", "2026-12"),
        ("91.01", "2026-11-30T14:59Z", "2026-11"),  # 23.59 WIT
        ("91.01", "2026-11-30T15:00Z", "2026-12"),  # 00.00 WIT, November everywhere else
    ],
)
def test_an_event_is_of_the_month_that_it_is_there(client, make_event, places, elsewhere, place, moment, month):
    make_event("Malam tirakatan", moment, place={**places, **elsewhere}[place])

    assert months_of(client, "Malam tirakatan") == [month]


@pytest.fixture
def elsewhere(places):
    """A regency by the clock of Jakarta, and one by that of Jayapura."""
    made = {}
    for code in ("31", "91"):
        province = Region(code=code, level=1, kind="provinsi", name=code, slug=code, parent=places["0"])
        province.save()
        province.province = province
        province.save()
        regency = Region(code=f"{code}.01", level=2, kind="kabupaten", name=code, slug=code, parent=province)
        regency.province = province
        regency.save()
        regency.regency = regency
        regency.save()
        made[regency.code] = regency
    return made


def ahead(page):
    """What runs and comes, without what was."""
    return page.partition("Baru saja lewat")[0]


def months_of(client, title):
    return [month for month in MONTHS if title in client.get(f"/agenda/?bulan={month}").text]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "months"),
    [
        ("2026-11-28T01:00Z", "2026-12-05T10:00Z", ["2026-11", "2026-12"]),
        ("2026-10-20T01:00Z", "2026-12-20T10:00Z", ["2026-10", "2026-11", "2026-12"]),
        ("2026-11-30T12:00Z", "2026-11-30T16:00Z", ["2026-11"]),  # ends as the month does
        ("2026-11-30T12:00Z", "2026-11-30T16:01Z", ["2026-11", "2026-12"]),
        ("2026-11-30T15:00Z", None, ["2026-11"]),  # nobody said when it ends: with its day
        ("2026-11-30T16:00Z", "2026-11-30T16:00Z", ["2026-12"]),  # ends as it begins
    ],
)
def test_an_event_is_in_every_month_that_it_touches(client, make_event, starts_at, ends_at, months):
    make_event("Pameran desa", starts_at, ends_at=ends_at)

    assert months_of(client, "Pameran desa") == months


def test_what_runs_into_a_month_stands_before_its_days_and_says_until_when(client, make_event):
    make_event("Pameran desa", "2026-11-28T01:00Z", ends_at="2026-12-05T10:00Z")
    make_event("Rapat RT", "2026-12-01T01:00Z")

    page = client.get("/agenda/?bulan=2026-12").text.partition("</table>")[2]

    assert page.index("Sudah berjalan") < page.index("Pameran desa") < page.index("Rapat RT")
    assert "5 Desember 2026" in page


class TestFromToday:
    @pytest.fixture(autouse=True)
    def noon(self, time_machine):
        time_machine.move_to(datetime(2026, 11, 15, 4, tzinfo=UTC), tick=False)  # 12.00 WITA

    def test_the_agenda_opens_on_today(self, client, make_event):
        make_event("Kemarin", "2026-11-14T01:00Z")
        make_event("Nanti sore", "2026-11-15T08:00Z")
        make_event("Bulan depan", "2026-12-15T08:00Z")

        page = ahead(client.get("/agenda/").text)

        assert "Kemarin" not in page
        assert page.index("hari ini, Minggu, 15 November") < page.index("Nanti sore") < page.index("Bulan depan")

    def test_what_began_is_shown_until_it_ends(self, client, make_event):
        make_event("Selesai tadi pagi", "2026-11-15T00:00Z", ends_at="2026-11-15T03:59Z")
        make_event("Masih berlangsung", "2026-11-15T00:00Z", ends_at="2026-11-15T04:01Z")
        make_event("Tanpa waktu selesai", "2026-11-15T00:00Z")
        make_event("Pameran sejak Oktober", "2026-10-20T00:00Z", ends_at="2026-12-20T00:00Z")
        make_event("Pameran yang selesai", "2026-10-20T00:00Z", ends_at="2026-11-15T03:00Z")

        running = ["Masih berlangsung", "Tanpa waktu selesai", "Pameran sejak Oktober"]
        for address, titles in (("/agenda/", running), ("/kegiatan/?jenis=agenda", running), ("/", running[:2])):
            page = client.get(address).text
            for title in titles:
                assert title in page, (address, title)
        for address in ("/agenda/", "/kegiatan/?jenis=agenda", "/feed/?jenis=agenda&x=1"):
            assert ("Selesai tadi pagi" in ahead(client.get(address).text)) == ("feed" in address)
        assert "Pameran yang selesai" not in ahead(client.get("/agenda/").text)

    def test_an_evening_without_an_end_is_over_at_midnight_there(self, client, make_event, time_machine):
        make_event("Malam seni", "2026-11-15T12:00Z")

        time_machine.move_to(datetime(2026, 11, 15, 15, 59, tzinfo=UTC))
        assert "Malam seni" in client.get("/agenda/").text
        time_machine.move_to(datetime(2026, 11, 15, 16, 1, tzinfo=UTC))
        assert "Malam seni" not in ahead(client.get("/agenda/").text)

    def test_many_are_read_page_by_page(self, client, make_event):
        make_event("Pameran", "2026-11-01T00:00Z", ends_at="2026-12-20T00:00Z")
        titles = [f"Rapat {number:02}" for number in range(60)]
        for number, title in enumerate(titles):
            make_event(title, f"2026-11-{16 + number // 6}T{number % 6:02}:00Z")

        first = client.get("/agenda/?wilayah=64.02")
        second = client.get(f"/agenda/{first.context['page'].older}")

        shown = re.findall(r"Rapat \d\d", first.text + second.text)
        assert shown == titles
        assert "Pameran" in first.text
        assert "Pameran" not in second.text
        assert re.findall(r"Rapat \d\d", client.get(f"/agenda/{second.context['page'].newer}").text) == titles[:50]

    def test_what_runs_is_shown_before_what_comes(self, client, make_event):
        make_event("Besok", "2026-11-16T01:00Z")
        make_event("Pameran setahun", "2026-01-20T00:00Z", ends_at="2026-12-20T00:00Z")
        make_event("Sampai nanti malam", "2026-11-15T00:00Z")

        for address in ("/", "/kegiatan/?jenis=agenda", "/feed/?jenis=agenda", "/feed/agenda.ics"):
            page = client.get(address).text
            # On the front page below what is new.
            assert page.rindex("Sampai nanti malam") < page.rindex("Pameran setahun") < page.rindex("Besok"), address

    def test_many_that_run_keep_out_nothing_that_comes(self, client, make_event):
        for number in range(60):
            make_event(f"Pameran {number}", "2026-11-01T00:00Z", ends_at=f"2026-12-20T00:{number:02}Z")
        make_event("Besok", "2026-11-16T01:00Z")

        for address in ("/", "/agenda/", "/kegiatan/?jenis=agenda", "/feed/?jenis=agenda", "/feed/agenda.ics"):
            assert "Besok" in client.get(address).text, address
        page = client.get("/kegiatan/?jenis=agenda")
        assertContains(page, 'href="?jenis=agenda&amp;berlangsung=1"')
        titles = []
        address = "?jenis=agenda&berlangsung=1"
        while address:
            page = client.get(f"/kegiatan/{address}")
            titles += re.findall(r"Pameran \d+", page.text)
            address = page.context["page"].older
        assert titles == [f"Pameran {number}" for number in range(60)]

    @pytest.mark.parametrize(
        ("chosen", "titles"),
        [
            ("", ["Pameran", "Besok", "Desember"]),
            ("&lewat=1", ["Kemarin", "Oktober"]),
            ("&sejak=2026-11-14", ["Pameran", "Kemarin", "Besok", "Desember"]),
            ("&sejak=2026-11-14&sampai=2026-11-15", ["Pameran", "Kemarin"]),
            ("&sejak=2026-12-01", ["Pameran", "Desember"]),
            ("&sejak=2026-12-01&berlangsung=1", ["Pameran"]),
            ("&sejak=2026-12-24", []),
            ("&sampai=2026-11-30", ["Pameran", "Besok"]),
            ("&sampai=2026-11-14", ["Kemarin", "Pameran", "Oktober"]),
        ],
    )
    def test_days_chosen_are_those_of_the_events(self, client, make_event, chosen, titles):
        make_event("Oktober", "2026-10-10T00:00Z", published_at="2026-11-14T00:00Z")
        make_event("Pameran", "2026-10-20T00:00Z", ends_at="2026-12-20T00:00Z")
        make_event("Kemarin", "2026-11-14T01:00Z")
        make_event("Besok", "2026-11-16T01:00Z")
        make_event("Desember", "2026-12-02T16:30Z", published_at="2026-08-01T00:00Z")

        for region in ("", "&wilayah=64.02"):
            events = client.get(f"/kegiatan/?jenis=agenda{chosen}{region}").context["events"]

            assert [row.title for row in (*events.running_shown, *events.page)] == titles, region

    def test_a_day_is_as_the_place_counts_it(self, client, make_event):
        make_event("Lewat tengah malam", "2026-12-02T16:30Z")  # 3 December at 00.30 WITA

        def titles(day):
            page = client.get(f"/kegiatan/?jenis=agenda&sejak={day}&sampai={day}").context["page"]
            return [row.title for row in page]

        assert (titles("2026-12-02"), titles("2026-12-03")) == ([], ["Lewat tengah malam"])

    def test_the_days_of_a_feed_and_of_the_search_are_those_of_the_events_too(self, client, make_event):
        make_event("Rapat Desember", "2026-12-02T01:00Z")
        make_event("Rapat lalu", "2026-11-10T01:00Z")
        make_event("Rapat besok", "2026-11-16T01:00Z")

        feed = client.get("/feed/?jenis=agenda&sejak=2026-11-01&sampai=2026-11-30").text
        search = client.get("/cari/?q=rapat&jenis=agenda&sejak=2026-12-01&sampai=2026-12-31")

        assert re.findall(r"<entry><title>(.*?)</title>", feed) == ["Rapat besok", "Rapat lalu"]
        assert [post.title for post in search.context["search"].page.posts] == ["Rapat Desember"]

    def test_days_of_other_posts_are_those_of_their_publication(self, client, make_event, make_post):
        make_event("Agenda", "2026-12-02T01:00Z", published_at="2026-11-10T00:00Z")
        make_post(title="Berita", published_at="2026-11-10T00:00Z")

        for chosen, number in (("sejak=2026-11-10&sampai=2026-11-10", 2), ("sejak=2026-12-02", 0)):
            assert len(client.get(f"/kegiatan/?{chosen}").context["page"]) == number

    def test_the_last_day_before_the_first_is_refused_beside_its_field(self, client, make_event):
        make_event("Besok", "2026-11-16T01:00Z")

        for kind in ("agenda", "berita", ""):
            for address in ("/kegiatan/?", "/cari/?q=besok&"):
                page = client.get(f"{address}jenis={kind}&sejak=2026-11-20&sampai=2026-11-10")
                assertContains(page, "Tanggal ini lebih awal daripada tanggal mulainya.")
                assertContains(page, 'value="2026-11-10"')
        assert client.get("/feed/?jenis=agenda&sejak=2026-11-20&sampai=2026-11-10").status_code == 400

    def test_one_follows_agendas_of_whatever_day(self, client, make_event):
        make_event("Besok", "2026-11-16T01:00Z")

        for days in ("sejak=2027-01-01&sampai=2027-01-08", "sejak=2026-11-16"):
            page = client.get(f"/kegiatan/?jenis=agenda&wilayah=64.02&{days}")
            assertContains(page, 'href="/ikuti/?wilayah=64.02&amp;jenis=agenda"')

    def test_a_feed_names_its_days_within_a_sentence(self, client):
        feed = client.get("/feed/?jenis=agenda&sejak=2026-12-05&sampai=2026-12-08")

        assertContains(feed, "Kegiatan KIM: agenda, sejak 5 Desember 2026, sampai 8 Desember 2026")

    def test_an_empty_list_says_what_to_do(self, client, make_event):
        make_event("Kemarin", "2026-11-14T01:00Z")

        page = client.get("/kegiatan/?jenis=agenda&wilayah=64.02")
        assertContains(page, "Belum ada agenda mendatang.")
        assertContains(
            page, '<a class="button" href="?wilayah=64&amp;jenis=agenda">Lihat agenda Provinsi Kalimantan Timur</a>'
        )
        assertContains(page, '<a href="?wilayah=64.02&amp;jenis=agenda&amp;lewat=1">Sudah lewat</a>', html=True)
        assertContains(page, "Kabari saya bila ada")

        page = client.get("/kegiatan/?jenis=agenda&sejak=2026-12-01&sampai=2026-12-02")
        assertContains(page, "Tidak ada agenda pada hari-hari yang dipilih.")
        assertContains(page, '<a class="button button--quiet" href="?jenis=agenda">Agenda di hari lain</a>')

    def test_days_cost_no_more_queries_with_more_events(self, client, make_event, django_assert_max_num_queries):
        addresses = [f"/kegiatan/?jenis=agenda{days}" for days in ("", "&sejak=2026-11-01", "&sampai=2026-11-14")]
        for number in range(4):
            make_event(f"Rapat {number}", f"2026-11-1{number + 2}T01:00Z", ends_at="2026-12-01T01:00Z")
        for address in addresses:
            client.get(address)
            with django_assert_max_num_queries(2):
                assertContains(client.get(address), "Rapat 2")

    def test_days_chosen_are_read_page_by_page(self, client, make_event):
        titles = [f"Rapat {number:02}" for number in range(40)]
        for number, title in enumerate(titles):
            make_event(title, f"2026-11-{1 + number // 6:02}T{number % 6:02}:00Z")

        shown, address = [], "?jenis=agenda&sejak=2026-11-01"
        while address:
            page = client.get(f"/kegiatan/{address}").context["page"]
            shown, address = shown + [row.title for row in page], page.older

        assert shown == titles

    def test_the_feed_tells_what_comes_first_and_then_what_was(self, client, make_event):
        for number in range(100):
            make_event(
                f"Lalu {number}",
                datetime(2026, 11, 15, tzinfo=UTC) - timedelta(hours=6 * number + 1),
                ends_at=datetime(2026, 11, 15, 2, tzinfo=UTC) - timedelta(hours=6 * number),
            )
        make_event("Besok", "2026-11-16T01:00Z")
        make_event("Pameran", "2026-10-20T00:00Z", ends_at="2026-12-20T00:00Z")
        make_event("Dua bulan lalu", "2026-09-15T00:00Z")

        for address in ("/feed/agenda.ics", "/feed/agenda/64.02.ics"):
            told = [str(event["SUMMARY"]) for event in events_of(client, address)]
            assert told[:3] == ["Pameran", "Besok", "Lalu 0"]
            assert "Dua bulan lalu" not in told

        entries = re.findall(r"<entry><title>(.*?)</title>", client.get("/feed/?jenis=agenda").text)
        assert entries[:3] == ["Pameran", "Besok", "Lalu 0"]
        assert len(entries) == 30

    def test_who_follows_the_feed_hears_of_a_change(self, client, make_event, time_machine):
        post = make_event("Besok", "2026-11-16T01:00Z")
        time_machine.shift(1)
        first = client.get("/feed/?jenis=agenda")
        assert client.get("/feed/?jenis=agenda", headers={"If-None-Match": first["ETag"]}).status_code == 304

        time_machine.shift(1)
        post.starts_at = datetime(2026, 11, 17, 1, tzinfo=UTC)
        post.save()

        assert client.get("/feed/?jenis=agenda", headers={"If-None-Match": first["ETag"]}).status_code == 200


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


@pytest.mark.parametrize("month", ["2026", "2026-13", "entah", "1-1", "9999-12", "1944-12", "2026-11-03"])
def test_a_month_that_is_none_is_not_found(client, month, places):
    assert client.get(f"/agenda/?bulan={month}").status_code == 404


def test_months_lead_to_one_another_and_keep_the_region(client, places):
    page = client.get("/agenda/?bulan=2026-12&wilayah=64.02")

    assert page.context["later"] == "?bulan=2027-01&wilayah=64.02"
    assert page.context["earlier"] == "?bulan=2026-11&wilayah=64.02"


@pytest.mark.parametrize(("month", "missing"), [("2100-12", "next"), ("1945-01", "prev")])
def test_no_month_leads_to_one_that_is_not_there(client, places, month, missing):
    page = client.get(f"/agenda/?bulan={month}").text

    assert {rel: f'rel="{rel}"' in page for rel in ("prev", "next")} == {
        rel: rel != missing for rel in ("prev", "next")
    }


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


# Wilayah saya


def test_the_agenda_of_the_readers_own_region_without_a_script(client, places):
    assert client.get("/wilayah-saya/agenda/")["Location"] == "/wilayah-saya/"

    client.cookies["wilayah"] = "64.02"
    answer = client.get("/wilayah-saya/agenda/")

    assert answer["Location"] == "/agenda/?wilayah=64.02"
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/en/wilayah-saya/agenda/")["Location"] == "/en/agenda/?wilayah=64.02"


def test_the_agenda_itself_is_the_same_for_everyone(client, places):
    plain = client.get("/agenda/")
    client.cookies["wilayah"] = "64.02"

    assert client.get("/agenda/").content == plain.content
    assert not plain.cookies


def test_the_page_costs_the_same_with_many(client, make_event, django_assert_num_queries):
    make_event("Satu", "2026-11-03T01:00Z")
    client.get("/agenda/?bulan=2026-11")
    with django_assert_num_queries(3):
        client.get("/agenda/?bulan=2026-11")
    for number in range(3):
        make_event(f"Rapat {number}", "2026-11-04T01:00Z")
    with django_assert_num_queries(3):
        client.get("/agenda/?bulan=2026-11")


def test_the_month_is_a_calendar_with_what_goes_on_each_day(client, make_event):
    make_event("Pameran desa", "2026-11-28T01:00Z", ends_at="2026-12-02T10:00Z")
    for number in range(3):
        make_event(f"Senam {number}", "2026-11-15T01:00Z")

    page = client.get("/agenda/?bulan=2026-11").text

    grid = page[page.index('<table class="month">') : page.index("</table>")]
    assert grid.count("Pameran desa") == 5  # from 28 November to 2 December
    assert "dan 1 lagi" in grid


@pytest.mark.parametrize(
    "address",
    [
        "/kegiatan/?jenis=agenda&sejak=2026-11-20&sampai=2026-11-10",
        "/kegiatan/?sejak=2026-02-31",
        "/klarifikasi/?wilayah=atlantis",
        "/potensi/?wilayah=atlantis",
        "/usulan/?wilayah=atlantis",
        "/informasi/?wilayah=atlantis",
    ],
)
def test_a_list_that_asks_what_was_meant_leads_to_no_feed(client, places, address):
    page, understood = client.get(address).text, client.get(address.partition("?")[0]).text

    feed = 'type="application/atom+xml"'
    assert (feed in page, feed in understood) == (False, True)


def test_a_place_without_agendas_leads_to_the_one_above(client, places):
    page = client.get("/agenda/?wilayah=64.02.02.2003").text

    assert "?wilayah=64.02.02" in page
    assert "Kabari saya bila ada" in page
    assert 'class="month"' not in page


def test_what_was_comes_after_what_comes(client, make_event):
    now = datetime.now(UTC)
    make_event("Panen raya", now - timedelta(days=3))
    make_event("Lomba perahu", now + timedelta(days=3))

    page = client.get("/agenda/").text

    lately = page[page.index("Baru saja lewat") :]
    assert "Panen raya" in lately
    assert "Lomba perahu" not in lately


def test_an_event_says_its_weekday_and_leads_to_its_village(client, make_event):
    event = make_event("Posyandu", "2026-11-15T18:00Z")  # 02.00 WITA, Monday there

    page = client.get(event.get_absolute_url()).text

    assert "Senin, 16 November 2026 pukul 02.00 WITA" in page
    assert "geo:-0.56000,117.01000?q=-0.56000,117.01000(Desa%20Jembayan)" in page
