"""Who follows a region is told of its warnings at once: once each, by night too, and of a recall."""

from datetime import timedelta

import pytest
from conftest import make_user
from django.utils import timezone

from accounts.models import Dispatch, Endpoint, Notice
from alerts import tasks, warnings
from alerts.models import AnnouncedWarning, Subscriber
from bulletins import sending

pytestmark = pytest.mark.django_db
BUDI = "budi@contoh.id"


@pytest.fixture
def follow(places):
    def begin(email=BUDI, frequency="weekly", confirmed=True, **choice):
        subscriber = Subscriber.objects.of_email(email)
        subscriber.follow({"region": places["64.02.02"]} | choice, confirmed=confirmed)
        subscriber.change(frequency)
        return subscriber

    return begin


def told():
    """`[(address, title)]` of what is written, all of it urgent."""
    tasks.tell_followers.func()
    rows = Dispatch.objects.filter(urgency=Dispatch.Urgency.URGENT).order_by("address")
    found = list(rows.values_list("address", "title"))
    rows.delete()
    return found


@pytest.mark.parametrize("frequency", ["at_once", "daily", "weekly"])
@pytest.mark.parametrize(
    ("code", "is_told"),
    [
        ("0", True), ("64", True), ("64.02", True), ("64.02.02", True), ("64.02.02.2003", True),
        ("64.71", False),
    ],
)  # fmt: skip
def test_a_region_around_or_within_is_told_at_once(follow, make_warning, places, code, is_told, frequency):
    follow(frequency=frequency, region=places[code])
    make_warning()

    assert told() == ([(BUDI, "Banjir di Loa Kulu")] if is_told else [])
    assert told() == []


def test_all_of_the_country_is_told_of_what_concerns_it(follow, make_warning, places):
    for code in ("0", "64", "64.02.02.2003"):
        follow(f"{code}@contoh.id", region=places[code])
    make_warning(regions=["0"])

    assert len(told()) == 3


def test_however_many_choices_match_there_is_one_message(follow, make_warning, places, sector):
    for choice in ({}, {"region": places["64"]}, {"region": places["0"], "sector": sector}):
        follow(**choice)
    make_warning(regions=["64.02.02", "64.02"])

    assert told() == [(BUDI, "Banjir di Loa Kulu")]


def test_who_follows_some_words_or_has_not_confirmed_is_not_told(follow, make_warning):
    follow("kata@contoh.id", words="posyandu")
    follow("jenis@contoh.id", type="agenda")
    follow("belum@contoh.id", confirmed=False)
    make_warning()

    assert told() == []


def test_a_warning_about_a_sector_is_for_who_follows_all_or_that_one(follow, make_warning, sector):
    other = type(sector).objects.exclude(pk=sector.pk).first()
    follow("semua@contoh.id")
    follow("itu@contoh.id", sector=sector)
    follow("lain@contoh.id", sector=other)
    make_warning(sectors=[sector])

    assert [address for address, _title in told()] == ["itu@contoh.id", "semua@contoh.id"]


@pytest.mark.parametrize("facts", [{"status": "approved"}, {"ends_at": timezone.now() - timedelta(minutes=1)}])
def test_what_is_not_sent_or_over_is_told_to_nobody(follow, make_warning, facts):
    follow()
    warning = make_warning(status="approved", **{name: fact for name, fact in facts.items() if name != "status"})
    if "ends_at" in facts:
        type(warning).objects.filter(pk=warning.pk).update(status="sent", sent_at=timezone.now() - timedelta(hours=1))

    assert told() == []


def test_what_was_sent_before_one_followed_is_no_news(follow, make_warning):
    make_warning()
    follow()

    assert told() == []


def test_ordinary_information_is_not_told_like_this(follow, make_bulletin):
    follow()
    make_bulletin(status="sent")

    assert told() == []


def test_the_letter_says_what_to_do_until_when_and_how_to_stop(follow, make_warning):
    subscriber = follow()
    warning = make_warning()
    tasks.tell_followers.func()

    letter = Dispatch.objects.get(address=BUDI)
    assert warning.instruction in letter.text
    assert "Berlaku sampai" in letter.text
    assert warning.warning_path in letter.text
    assert subscriber.manage_path in letter.text
    assert letter.stop_path


def test_a_telephone_is_told_as_urgently_as_no_night_holds_up(make_warning, places):
    endpoint = Endpoint.objects.link("push", "https://push.contoh.id/1", zone="Asia/Makassar")
    subscriber = Subscriber.objects.of_phone(endpoint)
    subscriber.follow({"region": places["64.02.02"]}, confirmed=True)
    warning = make_warning()
    tasks.tell_followers.func()

    message = Dispatch.objects.get(address=endpoint.address)
    assert (message.path, message.urgency) == (warning.warning_path, Dispatch.Urgency.URGENT)


def test_an_account_has_it_in_the_inbox_once_also_as_the_board_of_a_kim(make_warning, places, siti, joko, mekar):
    for user in (siti, joko):
        Subscriber.objects.of_user(user).follow({"region": places["64.02"]}, confirmed=True)
    warning = make_warning()

    tasks.tell_followers.func()
    sending.deliver(warning.pk)
    tasks.tell_followers.func()

    paths = {notice.user: notice.path for notice in Notice.objects.filter(title=warning.title)}
    assert paths == {siti: warning.room_path, joko: warning.warning_path}
    assert Dispatch.objects.filter(notice__title=warning.title).count() == 2


def test_who_was_told_is_told_of_the_recall_once(follow, make_warning, made):
    follow()
    warning = make_warning()
    told()
    follow("baru@contoh.id")

    warning.recall(by=made, reason="Bukan banjir.")

    assert told() == [(BUDI, "Ditarik: Banjir di Loa Kulu")]
    assert told() == []


def test_a_recall_of_what_nobody_was_told_of_is_told_to_nobody(follow, make_warning, made):
    follow()
    make_warning().recall(by=made, reason="Bukan banjir.")

    assert told() == []


def test_a_worker_that_is_killed_leaves_nobody_out_and_tells_nobody_twice(follow, make_warning, monkeypatch):
    monkeypatch.setattr(warnings, "SUBSCRIBERS_AT_ONCE", 2)
    people = [f"{number}@contoh.id" for number in range(5)]
    for email in people:
        follow(email)
    make_warning()
    warnings.begin()
    row = AnnouncedWarning.objects.get()
    assert warnings.tell_some(row.pk) == 2
    tell = warnings.tell

    def killed(*args):
        tell(*args)
        raise SystemExit

    monkeypatch.setattr(warnings, "tell", killed)
    with pytest.raises(SystemExit):
        warnings.tell_some(row.pk)
    monkeypatch.setattr(warnings, "tell", tell)

    assert [address for address, _title in told()] == people


def test_as_many_queries_for_many_as_for_one(follow, make_warning, django_assert_max_num_queries):
    for number in range(10):
        follow(f"{number}@contoh.id")
        Subscriber.objects.of_user(make_user(f"Warga{number}")).follow(
            {"region": Subscriber.objects.first().subscriptions.get().region}, confirmed=True
        )
    make_warning()

    with django_assert_max_num_queries(40):
        warnings.tell_of_warnings()
