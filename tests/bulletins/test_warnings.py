"""A warning stands on top of every page of its regions from its sending to its end, and on no other."""

import re
from datetime import timedelta

import pytest
import time_machine
from conftest import make_officer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.lifecycle import StepRefused
from aspirations.models import Aspiration
from bulletins import tasks
from bulletins.models import Bulletin
from pages import freshness
from pages.memory import forget_everything
from pages.paging import PAGE_SIZE

pytestmark = pytest.mark.django_db

TITLE = "Banjir di Loa Kulu"
# Each with what is asked of the village Jembayan, which lies in Loa Kulu.
OF_THE_VILLAGE = [
    *["/wilayah/64.02.02.2003-jembayan/", "/wilayah/64.02.02-loa-kulu/", "/kim/kim-1/"],
    *["/kegiatan/?wilayah=64.02.02.2003", "/kegiatan/?jenis=agenda&wilayah=64.02.02.2003"],
    *["/kim/?wilayah=64.02.02.2003", "/agenda/?wilayah=64.02.02.2003", "/klarifikasi/?wilayah=64.02.02.2003"],
    *["/potensi/?wilayah=64.02.02.2003", "/cari/?q=posyandu&wilayah=64.02.02.2003"],
    "/wilayah-saya/peringatan/64.02.02.2003/",
]
ELSEWHERE = [
    *["/", "/kegiatan/", "/wilayah/64.71-balikpapan/", "/wilayah/64-kalimantan-timur/", "/kim/?wilayah=64.02.06"],
    *["/wilayah-saya/peringatan/64.71/", "/agenda/?wilayah=64.71", "/tentang/"],
]


@pytest.fixture
def kept(settings, monkeypatch):
    """Pages are kept, and a process asks for stamps once in a while, as in production."""
    settings.PAGE_STORE = settings.CARD_STORE = True
    settings.SEARCHES_PER_MINUTE = 0
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    # A test's transaction is never through.
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())


def shows(client, address, title=TITLE):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return title in answer.text


def both(addresses):
    return [*addresses, *[f"/en{address}" for address in addresses]]


# Where it stands


@pytest.mark.parametrize("address", both(OF_THE_VILLAGE))
def test_it_stands_on_kept_pages_of_its_regions_until_it_is_recalled(
    client, kept, make_post, make_warning, made, address
):
    make_post()
    assert not shows(client, address)

    warning = make_warning()
    assert shows(client, address)

    warning.recall(by=made, reason="Air sudah surut.")
    assert not shows(client, address)


def test_it_stands_on_the_page_of_a_post_and_of_an_aspiration(client, kept, make_post, make_aspiration, make_warning):
    make_warning()

    assert shows(client, make_post().get_absolute_url())
    aspiration = make_aspiration()
    Aspiration.objects.filter(pk=aspiration.pk).update(published_at=timezone.now())
    assert shows(client, f"/usulan/{aspiration.code}/")


@pytest.mark.parametrize("address", both(ELSEWHERE))
def test_it_stands_on_no_page_of_elsewhere(client, make_post, make_warning, address):
    make_post()
    make_warning()

    assert not shows(client, address)


def test_one_for_the_country_stands_on_every_page(client, places, make_warning):
    dewi = make_officer("Dewi", places["0"])
    warning = make_warning("Tsunami", issuer="0", regions=["0"], status="approved")

    warning.send(by=dewi)

    for address in ["/", "/tentang/", "/kegiatan/", "/wilayah/64.02.02.2003-jembayan/", "/cari/", "/en/wilayah/"]:
        assert shows(client, address, "Tsunami"), address
    # Home shows it, so the fragment for its top does not.
    assert not shows(client, "/wilayah-saya/peringatan/64.02/", "Tsunami")


def test_the_page_tells_by_the_clock_of_the_place(client, make_warning):
    make_warning(ends_at=timezone.now() + timedelta(hours=3))

    assert re.search(r"Berlaku sampai [^.]+ pukul \d\d\.\d\d WITA", client.get("/wilayah/64.02.02-loa-kulu/").text)
    assert re.search(r"Holds until [^.]+, \d\d:\d\d WITA", client.get("/en/wilayah/64.02.02-loa-kulu/").text)


def test_it_says_what_it_is_to_who_does_not_see_colours(client, make_warning):
    warning = make_warning()

    page = client.get("/wilayah/64.02.02-loa-kulu/").text

    assert 'aria-label="Peringatan darurat"' in page
    assert 'role="alert"' in page
    assert "Naik ke balai desa" in page
    assert "berat: mengancam jiwa atau harta" in client.get(warning.warning_path).text


def test_three_stand_on_a_page_the_most_dangerous_first_and_the_others_a_tap_away(client, make_warning):
    for severity in ("Minor", "Extreme", "Moderate", "Severe", "Unknown"):
        make_warning(f"Bahaya {severity}", severity=severity)

    page = client.get("/wilayah/64.02.02-loa-kulu/").text

    assert re.findall(r"Bahaya (\w+)", page) == ["Extreme", "Severe", "Moderate"]
    # A telephone shows one of them.
    more = re.findall(r"warnings__more--(\w+).*?(\d) peringatan lain yang berlaku", page, re.DOTALL)
    assert more == [("narrow", "4"), ("wide", "2")]
    assert "Bahaya Unknown" in client.get("/informasi/peringatan/").text


# Until when


@pytest.mark.parametrize("address", [OF_THE_VILLAGE[0], "/kegiatan/?wilayah=64.02.02.2003", OF_THE_VILLAGE[-1]])
def test_a_kept_page_does_not_outlive_the_end_of_its_warning(client, kept, make_post, make_warning, address):
    make_post()
    with time_machine.travel("2026-11-28T04:00:00Z", tick=False) as clock:
        make_warning(ends_at=timezone.now() + timedelta(seconds=20))
        make_warning("Angin kencang", ends_at=timezone.now() + timedelta(seconds=40))
        assert shows(client, address)
        clock.shift(19)
        assert shows(client, address)

        clock.shift(1)
        assert not shows(client, address)
        assert shows(client, address, "Angin kencang")

        clock.shift(20)
        assert not shows(client, address, "Angin kencang")


def test_a_page_kept_while_nothing_was_wrong_shows_the_next_one(client, kept, make_warning):
    address = OF_THE_VILLAGE[0]
    with time_machine.travel("2026-11-28T04:00:00Z", tick=False) as clock:
        make_warning(ends_at=timezone.now() + timedelta(seconds=20))
        clock.shift(20)
        tasks.close_ended.call()
        assert not shows(client, address)

        make_warning("Air naik lagi", ends_at=timezone.now() + timedelta(hours=1))

        assert shows(client, address, "Air naik lagi")


def test_closed_before_its_end_it_stands_nowhere(client, kept, make_warning, made):
    warning = make_warning()
    assert shows(client, OF_THE_VILLAGE[0])

    warning.close(by=made)

    assert not shows(client, OF_THE_VILLAGE[0])


def test_one_that_is_only_scheduled_stands_nowhere_until_its_hour(client, kept, make_warning, made):
    with time_machine.travel("2026-11-28T04:00:00Z", tick=False) as clock:
        warning = make_warning(status="approved")
        warning.schedule(timezone.now() + timedelta(minutes=10), by=made)
        assert not shows(client, OF_THE_VILLAGE[0])

        clock.shift(600)
        tasks.send_scheduled.call()

        assert shows(client, OF_THE_VILLAGE[0])


# What it costs


def test_all_pages_of_a_process_ask_once_for_warnings(client, kept, make_post):
    make_post()
    forget_everything()  # as in a process that has just begun

    with CaptureQueriesContext(connection) as asked:
        for address in [*OF_THE_VILLAGE, *ELSEWHERE]:
            client.get(address)

    # Lists of information, as on the page of a region, do not ask how dangerous each is.
    assert sum('"bulletins_bulletin"."severity"' in query["sql"] for query in asked) == 1


def test_a_page_that_is_kept_still_asks_nothing(client, kept, make_post, make_warning, django_assert_num_queries):
    make_post()
    make_warning()
    client.get("/kegiatan/?wilayah=64.02.02.2003")

    with django_assert_num_queries(0):
        assert shows(client, "/kegiatan/?wilayah=64.02.02.2003")


def test_their_list_is_paged_and_asks_as_often_for_many(client, make_warning, django_assert_max_num_queries):
    for number in range(PAGE_SIZE + 2):
        make_warning(f"Banjir {number}")

    with django_assert_max_num_queries(4):
        first = client.get("/informasi/peringatan/")
    assert len(first.context["page"]) == PAGE_SIZE
    second = client.get(f"/informasi/peringatan/{first.context['page'].older}")

    shown = [warning.title for page in (first, second) for warning in page.context["page"]]
    assert shown == [f"Banjir {number}" for number in reversed(range(PAGE_SIZE + 2))]


@pytest.mark.parametrize("key", ["x", "PD0", "MX49"])
def test_a_page_of_them_that_nobody_was_given_is_not_there(client, key):
    assert client.get(f"/informasi/peringatan/?sesudah={key}").status_code == 404


# For whom it is private


def test_the_room_of_a_kim_and_the_desk_show_what_concerns_them(
    client, kept, desk, mekar, siti, ratna, make_warning, with_second_factor
):
    assert not shows(desk, "/petugas/")
    make_warning()
    assert shows(desk, "/petugas/")

    client.force_login(siti)
    assert shows(client, "/ruang/")

    client.force_login(with_second_factor(ratna))
    assert not shows(client, "/petugas/")


# Its own page, and what the database refuses


def test_its_page_says_what_to_do_how_bad_and_how_long(client, make_warning):
    warning = make_warning()

    page = client.get(warning.warning_path).text

    for words in ("Naik ke balai desa", "Banjir", "berat: mengancam jiwa", "bertindak sekarang juga",
                  "sedang atau sudah terjadi", "Kecamatan Loa Kulu, Kutai Kartanegara", "WITA"):  # fmt: skip
        assert words in page, words


def test_its_page_says_that_it_is_over_or_recalled(client, kept, make_warning, made):
    warning = make_warning()
    client.get(warning.warning_path)
    warning.recall(by=made, reason="Salah wilayah.")
    assert "Salah wilayah." in client.get(warning.warning_path).text

    with time_machine.travel("2026-11-28T04:00:00Z", tick=False) as clock:
        second = make_warning(ends_at=timezone.now() + timedelta(seconds=30))
        assert "tidak berlaku lagi" not in client.get(second.warning_path).text
        clock.shift(30)
        assert "tidak berlaku lagi" in client.get(second.warning_path).text


@pytest.mark.parametrize("address", ["/informasi/peringatan/0/", "/informasi/peringatan/9999999999999999999999/"])
def test_what_is_no_warning_has_no_page(client, make_bulletin, make_warning, address):
    bulletin, unsent = make_bulletin(status="sent"), make_warning(status="approved")

    assert client.get(address).status_code == 404
    assert client.get(f"/informasi/peringatan/{bulletin.pk}/").status_code == 404
    assert client.get(unsent.warning_path).status_code == 404


def test_a_warning_needs_no_kim_in_its_regions(make_warning):
    assert make_warning(regions=["64.02.06"]).status == Bulletin.Status.SENT


def test_a_warning_that_does_not_say_what_to_do_is_not_approved(make_bulletin, made):
    told = {"event": "Banjir", "category": "Met", "severity": "Severe", "urgency": "Immediate", "certainty": "Likely"}
    draft = make_bulletin(is_urgent=True, instruction=" ", ends_at=timezone.now() + timedelta(hours=1), **told)

    with pytest.raises(StepRefused, match="Lengkapi keterangan"):
        draft.approve(by=made)
