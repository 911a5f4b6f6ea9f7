"""What leaves by several channels: each once, retried, muted by kind and channel, silent in the night of the place."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts import outbox
from accounts.channels.channel import Channel, Gone, Refused, Unavailable
from accounts.channels.email import EMAIL
from accounts.models import Dispatch, Endpoint, MutedKind, Notice
from accounts.notices import NoticeKind
from accounts.quiet_hours import morning_after
from accounts.tasks import forget_what_is_over
from communities import notices
from regions.models import ZONE_NAMES

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 8, 17, 5, tzinfo=UTC)  # 12.00 WIB
NIGHT = datetime(2026, 8, 17, 15, tzinfo=UTC)  # 22.00 WIB


@pytest.fixture
def bell(monkeypatch):
    """A channel that no migration knows: what it took, and what it answers next."""
    monkeypatch.setattr(Channel, "known", dict(Channel.known))
    taken, answers = [], []

    def send(message, endpoint):
        if answers and (answer := answers.pop(0)):
            raise answer
        taken.append((endpoint.address, message.title))

    channel = Channel("bell", "lonceng", send=send)
    channel.taken, channel.answers = taken, answers
    return channel


@pytest.fixture
def siti_bell(bell, siti):
    return Endpoint.objects.link(bell, "lonceng-siti", user=siti)


def tell(*people, kind=notices.VERIFICATION, title="KIM Mekar terverifikasi", **more):
    Notice.objects.tell(people, kind, title, path="/ruang/", **more)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON)
    return time_machine


def test_a_new_channel_needs_nothing_but_its_module(bell, siti_bell, siti, joko):
    tell(siti, joko)

    assert outbox.send_waiting() == 3
    assert outbox.send_waiting() == 0
    assert bell.taken == [("lonceng-siti", "KIM Mekar terverifikasi")]
    assert sorted(message.to[0] for message in mail.outbox) == sorted([siti.email, joko.email])


def test_nothing_is_written_for_a_channel_that_is_switched_off(bell, siti_bell, siti, monkeypatch):
    monkeypatch.setattr(bell, "is_on", lambda: False)

    tell(siti)

    assert list(Dispatch.objects.values_list("channel", flat=True)) == [EMAIL]


def test_what_a_person_is_told_twice_under_one_key_leaves_once_by_each_channel(bell, siti_bell, siti, joko):
    tell(siti, key="decree-1-30")
    outbox.send_waiting()
    Dispatch.objects.all().delete()  # as after a month
    tell(siti, joko, key="decree-1-30")
    outbox.send_waiting()

    assert bell.taken == [("lonceng-siti", "KIM Mekar terverifikasi")]
    assert [message.to for message in mail.outbox] == [[siti.email], [joko.email]]


def test_a_channel_that_is_away_holds_up_no_other(bell, siti_bell, siti, at_noon):
    bell.answers.append(Unavailable())
    tell(siti)

    assert outbox.send_waiting() == 1
    assert (bell.taken, len(mail.outbox)) == ([], 1)
    at_noon.shift(timedelta(minutes=2))
    assert outbox.send_waiting() == 1
    assert len(bell.taken) == 1


def test_a_channel_that_takes_its_time_holds_up_no_other(bell, siti_bell, siti, joko, monkeypatch):
    clock, left = [0], []
    monkeypatch.setattr(outbox, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    for _day in range(9):
        tell(joko)
    tell(siti)
    leave = outbox.leave

    def slowly(channel, dispatch):
        clock[0] += 0 if channel == bell else 3
        left.append(str(channel))
        return leave(channel, dispatch)

    monkeypatch.setattr(outbox, "leave", slowly)

    assert outbox.send_waiting(20) == len(left) == 8
    assert left == [EMAIL, EMAIL, str(bell), *[EMAIL] * 5], "and what it leaves of the time is for who has more to send"
    assert outbox.send_waiting(20) == 3


def test_what_no_channel_foresaw_holds_up_nobody(bell, siti_bell, siti, joko, at_noon, caplog):
    Endpoint.objects.link(bell, "lonceng-joko", user=joko)
    tell(siti)
    tell(joko)
    bell.answers.append(ValueError("Failed to parse"))

    assert outbox.send_waiting() == 3
    assert bell.taken == [("lonceng-joko", "KIM Mekar terverifikasi")]
    assert "Failed to parse" in caplog.text
    at_noon.shift(timedelta(minutes=2))
    assert outbox.send_waiting() == 1


def test_what_is_refused_waits_longer_and_longer_and_is_given_up(bell, siti_bell, siti, at_noon):
    tell(siti)
    row = Dispatch.objects.get(channel=bell)
    waits = []
    for _attempt in range(6):
        bell.answers.append(Refused())
        at_noon.move_to(max(timezone.now(), Dispatch.objects.get(pk=row.pk).due_at + timedelta(seconds=1)))
        outbox.send_waiting()
        waits.append(round((Dispatch.objects.get(pk=row.pk).due_at - timezone.now()).total_seconds() / 60))
    at_noon.shift(timedelta(days=1))
    outbox.send_waiting()

    assert waits == [1, 5, 15, 60, 240, 240]
    row.refresh_from_db()
    assert (bell.taken, row.sent_at) == ([], None)
    assert row.given_up_at


def test_an_endpoint_that_is_gone_is_forgotten(bell, siti_bell, siti):
    bell.answers.append(Gone())
    tell(siti)
    tell(siti, title="Yang kedua")
    outbox.send_waiting()
    tell(siti, title="Yang ketiga")
    outbox.send_waiting()

    assert bell.taken == []
    assert not siti.endpoints.exists()
    assert not Dispatch.objects.filter(channel=bell, given_up_at=None).exists()
    assert len(mail.outbox) == 3


def test_an_endpoint_belongs_to_who_linked_it_last(bell, siti_bell, siti, joko):
    Endpoint.objects.link(bell, "lonceng-siti", user=joko)
    tell(siti)
    tell(joko, title="Untuk Joko")
    outbox.send_waiting()

    assert bell.taken == [("lonceng-siti", "Untuk Joko")]


def test_a_kind_is_muted_by_one_channel_and_comes_by_the_others(bell, siti_bell, siti):
    tell(siti, kind=notices.DECREE)
    MutedKind.objects.mute(siti, notices.DECREE, bell)
    tell(siti, kind=notices.DECREE)
    tell(siti)
    outbox.send_waiting()

    assert len(bell.taken) == 1, "what waited already does not leave either"
    assert (len(mail.outbox), siti.notices.count()) == (3, 3)


def test_the_settings_have_a_row_of_kinds_for_each_channel_of_ones_own(client, bell, siti_bell, siti, joko):
    client.force_login(siti)

    client.post("/ruang/kabar/pengaturan/", {"by_email": NoticeKind.optional(), "by_bell": ["verification"]})

    assert not MutedKind.objects.filter(channel=EMAIL).exists()
    assert "verification" not in siti.muted_kinds.filter(channel=bell).values_list("kind", flat=True)
    assert siti.muted_kinds.filter(channel=bell, kind="decree").exists()
    client.force_login(joko)
    assert "lonceng" not in client.get("/ruang/kabar/pengaturan/").text


@pytest.mark.parametrize(
    ("zone", "moment", "morning"),
    [
        ("Asia/Jakarta", "2026-08-17T13:59Z", None),
        ("Asia/Jakarta", "2026-08-17T14:00Z", "2026-08-17T23:00Z"),
        ("Asia/Jakarta", "2026-08-17T22:59Z", "2026-08-17T23:00Z"),
        ("Asia/Jakarta", "2026-08-17T23:00Z", None),
        ("Asia/Makassar", "2026-08-17T13:00Z", "2026-08-17T22:00Z"),
        ("Asia/Jayapura", "2026-08-17T12:00Z", "2026-08-17T21:00Z"),
        ("Asia/Jayapura", "2026-12-31T15:00Z", "2026-12-31T21:00Z"),
    ],
)
def test_the_night_is_that_of_the_place(zone, moment, morning):
    found = morning_after(datetime.fromisoformat(moment), ZoneInfo(zone))

    assert found == (datetime.fromisoformat(morning) if morning else None)


def test_at_night_no_telephone_rings_but_letters_leave(bell, siti_bell, siti, at_noon):
    at_noon.move_to(NIGHT)
    tell(siti)

    assert outbox.send_waiting() == 1
    assert (bell.taken, len(mail.outbox)) == ([], 1)
    at_noon.move_to(NIGHT + timedelta(hours=8))  # six in the morning
    outbox.send_waiting()
    assert len(bell.taken) == 1


def test_what_is_urgent_rings_at_night_and_leaves_first(bell, siti_bell, siti, at_noon):
    at_noon.move_to(NIGHT)
    tell(siti)
    tell(siti, title="Banjir bandang", is_urgent=True)
    outbox.send_waiting()

    assert bell.taken == [("lonceng-siti", "Banjir bandang")]
    assert [message.subject for message in mail.outbox] == [
        "Portal KIM: Banjir bandang",
        "Portal KIM: KIM Mekar terverifikasi",
    ]


def test_a_letter_waits_behind_notices_when_it_is_one_of_many(siti):
    Dispatch.objects.write_to("budi@contoh.id", "Ringkasan", "…", urgency=Dispatch.Urgency.BULK)
    tell(siti)
    outbox.send_waiting()

    assert [message.to[0] for message in mail.outbox] == [siti.email, "budi@contoh.id"]


def test_an_unknown_clock_is_that_of_jakarta(bell):
    assert Endpoint.objects.link(bell, "a", zone="Europe/Berlin").zone == "Asia/Jakarta"
    assert {Endpoint.objects.link(bell, "b", zone=zone).zone for zone in ZONE_NAMES} == set(ZONE_NAMES)


def test_old_messages_are_forgotten_and_nothing_is_told_again(siti, at_noon):
    tell(siti, key="decree-1-30")
    outbox.send_waiting()
    at_noon.shift(timedelta(days=31))
    forget_what_is_over.call()
    tell(siti, key="decree-1-30")

    assert not Dispatch.objects.exists()
    assert siti.notices.count() == 1


def test_telling_many_costs_as_many_queries_as_telling_one(siti, joko, bell, siti_bell, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        tell(siti, joko, key="bulletin-1")


def test_the_next_to_leave_is_found_by_the_index(siti):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Dispatch.objects.waiting().filter(channel=EMAIL, urgency=1).order_by("due_at", "pk")[:1].explain()

    assert "dispatch_waiting" in plan
    assert "Sort" not in plan
