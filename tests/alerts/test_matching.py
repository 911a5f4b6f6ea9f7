"""Which news come to whom: by region, KIM, sector, type and words; once each, however often one looks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.channels.channel import Channel
from accounts.models import Dispatch, Endpoint
from alerts import digests, matching
from alerts.models import AnnouncedPost, Subscriber
from alerts.schedule import next_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow(places):
    def begin(email="budi@contoh.id", **choice):
        subscriber = Subscriber.objects.of_email(email)
        subscriber.follow({"region": None if "community" in choice else places["0"]} | choice, confirmed=True)
        return subscriber

    return begin


@pytest.fixture
def bell(monkeypatch, time_machine):
    """A channel that no migration knows, by day."""
    time_machine.move_to(datetime(2026, 8, 17, 5, tzinfo=UTC))
    monkeypatch.setattr(Channel, "known", dict(Channel.known))
    return Channel("bell", "lonceng", send=lambda message, endpoint: None)


@pytest.fixture
def publish(make_post):
    return lambda title="Posyandu ramai", **facts: make_post(title, published_at=timezone.now(), **facts)


def told():
    """`[(address, title)]` of what is written."""
    matching.match_new()
    digests.write_due()
    rows = list(Dispatch.objects.order_by("pk").values_list("address", "title"))
    Dispatch.objects.all().delete()
    return rows


def written():
    """The titles of all that was ever written, and stays."""
    matching.match_new()
    digests.write_due()
    return list(Dispatch.objects.order_by("pk").values_list("title", flat=True))


BUDI = "budi@contoh.id"


@pytest.mark.parametrize(
    ("code", "is_told"),
    [
        ("0", True), ("64", True), ("64.02", True), ("64.02.02", True), ("64.02.02.2003", True),
        ("64.02.02.2011", False), ("64.71", False),
    ],
)  # fmt: skip
def test_a_region_is_all_below_it(follow, publish, places, code, is_told):
    follow(region=places[code])
    publish()

    assert bool(told()) == is_told


@pytest.mark.parametrize(
    ("choice", "is_told"),
    [
        ({"type": "berita"}, True),
        ({"type": "agenda"}, False),
        ({"words": "posyandu"}, True),
        ({"words": "penimbangan balita"}, True),
        ({"words": "kebakaran"}, False),
        ({"words": "kebakaran atau posyandu"}, True),
        ({"words": "posyandu -balita"}, False),
        ({"words": "posyandu -jembayan"}, False),
        ({"words": 'posyandu -"kutai kartanegara"'}, False),
        ({"words": "posyandu -mekar"}, False),
        ({"words": "posyandu -kim -samarinda"}, True),
        ({"words": "posyandu", "type": "agenda"}, False),
    ],
)
def test_type_and_words_narrow_it(follow, publish, choice, is_told):
    follow(**choice)
    publish(body="Ada penimbangan balita.")

    assert bool(told()) == is_told


def test_a_sector_and_the_words_in_a_region(follow, publish, places, sector):
    follow("a@contoh.id", sector=sector)
    follow("b@contoh.id", region=places["64.71"], words="posyandu")
    follow("c@contoh.id", region=places["64.02"], words="posyandu", sector=sector)
    publish()

    assert {address for address, _title in told()} == {"a@contoh.id", "c@contoh.id"}


def test_a_kim_and_the_one_it_became(follow, publish, mekar, make_community):
    former = make_community("KIM Lama", status="merged", merged_into=mekar)
    follow(community=former)
    follow("lain@contoh.id", community=make_community("KIM Lain"))
    publish()

    assert told() == [(BUDI, "Posyandu ramai")]


def test_however_many_choices_match_there_is_one_message(follow, publish, places, mekar, sector):
    for choice in (
        {"region": places["64.02"]},
        {"region": places["64"]},
        {"community": mekar},
        {"sector": sector},
        {"words": "posyandu"},
    ):
        follow(**choice)
    publish()
    publish("Panen raya")

    assert told() == [(BUDI, "2 kabar baru dari yang Anda ikuti")]
    assert told() == []


def test_what_came_before_is_no_news(follow, publish):
    publish("Sebelum")
    follow()
    publish("Sesudah")

    assert told() == [(BUDI, "Sesudah")]


def test_a_post_hidden_and_shown_again_is_told_once(follow, publish):
    follow()
    post = publish()
    assert len(told()) == 1
    type(post).objects.filter(pk=post.pk).update(status="hidden")
    assert told() == []
    type(post).objects.filter(pk=post.pk).update(status="published")

    assert told() == []


def test_a_post_that_was_published_before_another_and_seen_after_it_is_found(follow, publish):
    follow()
    earlier = timezone.now()
    publish("Yang kedua")
    told()
    post = publish("Yang lebih dulu")
    type(post).objects.filter(pk=post.pk).update(published_at=earlier)

    assert told() == [(BUDI, "Yang lebih dulu")]


@pytest.mark.parametrize("facts", [{"status": "hidden"}, {"is_hoax": True}])
def test_what_is_hidden_or_false_by_the_time_it_is_written_is_left_out(follow, publish, facts):
    follow()
    publish("Yang benar")
    wrong = publish("Yang salah")
    matching.match_new()
    type(wrong).objects.filter(pk=wrong.pk).update(**facts)

    assert told() == [(BUDI, "Yang benar")]


def test_nothing_is_written_when_nothing_is_left(follow, publish):
    subscriber = follow()
    post = publish()
    matching.match_new()
    type(post).objects.filter(pk=post.pk).update(status="hidden")

    assert told() == []
    subscriber.refresh_from_db()
    assert subscriber.waiting == []


@pytest.mark.parametrize(
    ("frequency", "zone", "moment", "due"),
    [
        ("daily", "Asia/Jakarta", "2026-08-17T10:00Z", "2026-08-17T23:00Z"),
        ("daily", "Asia/Jakarta", "2026-08-17T22:59Z", "2026-08-17T23:00Z"),
        ("daily", "Asia/Jakarta", "2026-08-17T23:00Z", "2026-08-18T23:00Z"),
        ("daily", "Asia/Jayapura", "2026-08-17T10:00Z", "2026-08-17T21:00Z"),
        ("weekly", "Asia/Makassar", "2026-08-17T10:00Z", "2026-08-23T22:00Z"),
        ("weekly", "Asia/Makassar", "2026-08-16T21:59Z", "2026-08-16T22:00Z"),
        ("weekly", "Asia/Makassar", "2026-12-28T00:00Z", "2027-01-03T22:00Z"),
        ("at_once", "Asia/Jakarta", "2026-08-17T10:00Z", "2026-08-17T10:00Z"),
    ],
)
def test_a_digest_comes_in_the_morning_of_the_place(frequency, zone, moment, due):
    assert next_due(frequency, zone, datetime.fromisoformat(moment)) == datetime.fromisoformat(due)


def test_a_digest_waits_for_its_hour_and_holds_all_of_the_day(follow, publish, places, time_machine):
    time_machine.move_to(datetime(2026, 8, 17, 2, tzinfo=UTC), tick=False)
    subscriber = follow(region=places["64.02"])
    subscriber.change("daily")
    time_machine.shift(60)
    publish("Pagi")
    assert told() == []
    time_machine.shift(3600)
    publish("Siang")
    time_machine.move_to(datetime(2026, 8, 17, 21, 59, tzinfo=UTC), tick=False)  # 5.59 WITA
    assert told() == []
    time_machine.move_to(datetime(2026, 8, 17, 22, tzinfo=UTC), tick=False)

    assert told() == [(BUDI, "2 kabar baru dari yang Anda ikuti")]
    publish("Sesudahnya")
    time_machine.shift(3600)
    assert told() == []


def test_a_large_region_keeps_the_newest_and_says_that_there_are_more(follow, publish, monkeypatch):
    monkeypatch.setattr(matching, "POSTS_AT_ONCE", 7)
    follow()
    for number in range(30):
        publish(f"Kabar {number:02d}")
    matching.match_new()
    digests.write_due()

    letter = Dispatch.objects.get()
    assert "Kabar 29" in letter.text
    assert "Kabar 05" not in letter.text
    assert "Masih ada yang lain" in letter.text
    assert AnnouncedPost.objects.count() == 30


def test_an_account_is_told_on_its_telephones_or_by_e_mail_when_they_are_gone(siti, places, publish, bell):
    subscriber = Subscriber.objects.of_user(siti)
    subscriber.follow({"region": places["64"]}, confirmed=True)
    subscriber.change("at_once", bell)
    for phone in ("satu", "dua"):
        Endpoint.objects.link(bell, phone, user=siti)
    publish()
    assert sorted(told()) == [("dua", "Posyandu ramai"), ("satu", "Posyandu ramai")]

    siti.endpoints.all().delete()
    publish("Panen raya")
    assert told() == [(siti.email, "Panen raya")]


def test_a_telephone_without_an_account_is_told(places, publish, bell):
    endpoint = Endpoint.objects.link(bell, "satu", zone="Asia/Makassar")
    Subscriber.objects.of_phone(endpoint).follow({"region": places["64"]}, confirmed=True)
    publish()

    assert told() == [("satu", "Posyandu ramai")]
    endpoint.delete()
    assert not Subscriber.objects.exists()


def test_at_night_a_telephone_waits_for_one_message_in_the_morning_of_the_place(
    follow, publish, places, bell, time_machine
):
    time_machine.move_to(datetime(2026, 8, 17, 13, tzinfo=UTC), tick=False)  # 21.00 WITA
    endpoint = Endpoint.objects.link(bell, "satu")
    Subscriber.objects.of_phone(endpoint).follow({"region": places["64"]}, confirmed=True)
    follow(region=places["64"])
    posts = []
    for number in range(3):
        time_machine.shift(60)
        posts.append(publish(f"Kabar {number}"))
        assert told() == [(BUDI, f"Kabar {number}")], "no letter rings"
    type(posts[1]).objects.filter(pk=posts[1].pk).update(status="hidden")
    time_machine.move_to(datetime(2026, 8, 17, 21, 59, tzinfo=UTC), tick=False)
    assert told() == []

    time_machine.move_to(datetime(2026, 8, 17, 22, tzinfo=UTC), tick=False)  # 6.00 WITA

    matching.match_new()
    digests.write_due()
    (message,) = Dispatch.objects.all()
    assert (message.address, message.title) == ("satu", "2 kabar baru dari yang Anda ikuti")
    assert "Kabar 1" not in message.text


def test_while_letters_cannot_leave_the_news_gather_into_one_without_what_was_hidden(
    follow, publish, places, time_machine
):
    time_machine.move_to(datetime(2026, 8, 17, 5, tzinfo=UTC), tick=False)
    follow()
    time_machine.shift(60)
    publish("Sebelum listrik padam")
    assert written() == ["Sebelum listrik padam"]
    for number in range(3):
        time_machine.shift(700)
        post = publish(f"Kabar {number}")
        assert written() == ["Sebelum listrik padam"]
    type(post).objects.filter(pk=post.pk).update(status="hidden")

    Dispatch.objects.update(sent_at=timezone.now())

    assert written() == ["Sebelum listrik padam", "2 kabar baru dari yang Anda ikuti"]
    assert "Kabar 2" not in Dispatch.objects.last().text


def test_one_letter_that_is_never_taken_holds_up_no_other(follow, publish, places, time_machine):
    time_machine.move_to(datetime(2026, 8, 17, 5, tzinfo=UTC), tick=False)
    follow()
    time_machine.shift(60)
    publish()
    assert len(written()) == 1
    Dispatch.objects.get().try_later()
    time_machine.shift(1200)
    publish("Panen raya")

    assert written() == ["Posyandu ramai", "Panen raya"]


def test_matching_costs_the_same_with_many(follow, publish, django_assert_num_queries):
    for number in range(3):
        follow(f"budi{number}@contoh.id")
    publish()
    with django_assert_num_queries(7):
        matching.match_some()
    publish()
    publish()
    with django_assert_num_queries(7):
        matching.match_some()


def test_what_is_no_news_any_more_is_forgotten(follow, publish, time_machine):
    follow()
    publish()
    told()
    time_machine.move_to(timezone.now() + timedelta(days=5))
    matching.forget_announced()

    assert not AnnouncedPost.objects.exists()
    assert told() == []
