"""Counts are those of the facts, whatever happened, in whatever order, folded or not."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from activities.models import Post
from aspirations.models import Aspiration
from bulletins.models import Delivery
from communities.models import Community, Sector
from monitoring.models import CountChange, DayCount, RegionCount, Subject
from regions.loading import reseat
from regions.models import Region

EVERYWHERE = ("0", "64", "64.02", "64.02.02", "64.02.02.2003")
TODAY = date(2026, 11, 1)


def at(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Jakarta"))


def of(subject, code="64.02", **asked):
    region = Region.objects.get(code=code)
    return DayCount.objects.sums([region], subject, **asked)[region.pk]


def assert_right():
    assert RegionCount.objects.lacking() == []
    assert DayCount.objects.lacking() == []


@pytest.fixture
def make_delivery(make_bulletin, mekar):
    def make(**facts):
        facts = {"bulletin": make_bulletin(status="sent"), "community": mekar, "place": mekar.seat} | facts
        return Delivery.objects.create(**facts)

    return make


def test_a_post_counts_at_every_level_on_the_day_it_was_published(make_post):
    make_post(published_at=at(TODAY))
    make_post(published_at=at(TODAY - timedelta(days=1)))

    for _folded in (False, True):
        for code in EVERYWHERE:
            assert of(Subject.POST, code) == 2
            assert of(Subject.POST, code, since=TODAY) == 1
            assert of(Subject.POST, code, until=TODAY - timedelta(days=1)) == 1
            assert of(Subject.POST, code, since=TODAY, until=TODAY) == 1
        assert of(Subject.POST, "64.71") == of(Subject.POST, "64.71", since=TODAY) == 0
        CountChange.objects.fold()
    assert_right()


def test_a_day_is_that_of_jakarta(make_post):
    make_post(published_at=at(TODAY, hour=0))

    assert of(Subject.POST, since=TODAY) == 1


def test_the_days_of_a_region_and_those_without_anything(make_post, places):
    make_post(published_at=at(TODAY))
    days = {"since": TODAY - timedelta(days=2), "until": TODAY}

    for code in EVERYWHERE:
        assert DayCount.objects.per_day(places[code], Subject.POST, **days) == {
            TODAY - timedelta(days=2): 0, TODAY - timedelta(days=1): 0, TODAY: 1,
        }  # fmt: skip


def test_a_sector_has_numbers_of_its_own_and_those_without_one_count_for_all(make_post, make_aspiration):
    health, farming = Sector.objects.order_by("position")[:2]
    make_post(sector=health, published_at=at(TODAY))
    make_aspiration()

    for _folded in (False, True):
        for code in EVERYWHERE:
            for days in ({}, {"since": TODAY}):
                assert of(Subject.POST, code, sector=health, **days) == 1
                assert of(Subject.POST, code, sector=farming, **days) == 0
                assert of(Subject.ASPIRATION, code, **days) == 1
                assert of(Subject.ASPIRATION, code, sector=health, **days) == 0
        CountChange.objects.fold()


def test_the_numbers_of_each_sector_and_since_several_days_at_once(make_post, make_aspiration, places):
    health, farming = Sector.objects.order_by("position")[:2]
    for sector, days_ago in ((health, 0), (health, 5), (farming, 50)):
        make_post(sector=sector, published_at=at(TODAY - timedelta(days=days_ago)))
    starts = [TODAY - timedelta(days=days) for days in (0, 30, 90)]

    for _folded in (False, True):
        for code in EVERYWHERE:
            region = places[code]
            numbers = DayCount.objects.since_each([region, places["64.71"]], [Subject.POST, Subject.OPENED], starts)
            assert numbers[region.pk, Subject.POST] == [1, 2, 3]
            assert numbers[places["64.71"].pk, Subject.POST] == numbers[region.pk, Subject.OPENED] == [0, 0, 0]
            sectors = DayCount.objects.per_sector(region, Subject.POST, since=starts[-1])
            assert sectors == {health.pk: 2, farming.pk: 1}
        CountChange.objects.fold()


def test_a_post_may_move_in_place_sector_day_and_status_by_one_statement(make_post, places):
    post = make_post(published_at=at(TODAY))
    other = Sector.objects.exclude(pk=post.sector_id).first()
    CountChange.objects.fold()
    balikpapan = {"place": places["64.71"], "regency": places["64.71"], "district": None, "village": None}

    Post.objects.filter(pk=post.pk).update(sector=other, published_at=at(TODAY) - timedelta(days=9), **balikpapan)
    assert (of(Subject.POST), of(Subject.POST, "64.71"), of(Subject.POST, "64")) == (0, 1, 1)
    assert (of(Subject.POST, "64.71", since=TODAY), of(Subject.POST, "64.71", sector=post.sector)) == (0, 0)

    Post.objects.filter(pk=post.pk).update(status="hidden", regency=places["64.02"])
    assert (of(Subject.POST), of(Subject.POST, "64.71"), of(Subject.POST, "64")) == (0, 0, 0)
    assert_right()


def test_what_does_not_count_appends_nothing(make_post):
    post, draft = make_post(), make_post(status="draft")
    CountChange.objects.fold()

    Post.objects.filter(pk=post.pk).update(title="Lain", updated_at=timezone.now())
    Post.objects.filter(pk=draft.pk).update(status="submitted")

    assert not CountChange.objects.exists()


def test_what_was_rolled_back_never_counted(make_post):
    with transaction.atomic():
        point = transaction.savepoint_create()
        make_post()
        transaction.savepoint_rollback(point)

    assert of(Subject.POST) == 0


def test_how_a_delivery_went_counts_on_the_day_it_came(make_delivery, siti):
    delivery = make_delivery()
    delivery.pass_on(by=siti)
    delivery.add_reach(claimed=120, verified=80)
    delivery.add_reach(claimed=-20)

    subjects = ("targeted", "opened", "passed_on", "reach_claimed", "reach_verified")
    assert [of(subject) for subject in subjects] == [1, 1, 1, 100, 80]
    came_on = delivery.created_at.astimezone(ZoneInfo("Asia/Jakarta")).date()
    assert [of(subject, since=came_on, until=came_on) for subject in subjects] == [1, 1, 1, 100, 80]
    assert [of(subject, until=came_on - timedelta(days=1)) for subject in subjects] == [0] * 5


def test_an_aspiration_counts_while_everyone_may_read_it(make_aspiration, made):
    aspiration = make_aspiration()
    assert (of(Subject.ASPIRATION), of(Subject.ANSWERED)) == (1, 0)

    aspiration.accept(by=made)
    aspiration.give_answer(by=made, text="Sudah ditambal.", outcome="done")
    assert (of(Subject.ASPIRATION), of(Subject.ANSWERED)) == (1, 1)

    Aspiration.objects.update(is_hidden=True)
    assert (of(Subject.ASPIRATION), of(Subject.ANSWERED)) == (0, 0)


@pytest.mark.owner
def test_a_new_edition_of_the_regions_takes_the_numbers_along(make_post, places):
    make_post(published_at=at(TODAY))
    CountChange.objects.fold()
    Region.objects.filter(code__startswith="64.02.02").update(regency=places["64.71"])

    for model in (Post, Community):
        reseat(model)

    assert (of(Subject.POST), of(Subject.POST, "64.71", since=TODAY)) == (0, 1)
    assert (of(Subject.COMMUNITY), of(Subject.COMMUNITY, "64.71")) == (0, 1)
    assert_right()


def test_two_that_fold_at_once_count_once(make_post):
    make_post()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM monitoring_countchange")
        number = cursor.fetchone()[0]

    assert CountChange.objects.fold() == number
    assert CountChange.objects.fold() == 0
    assert of(Subject.POST) == 1


def test_counts_that_differ_are_named_and_mended(make_post, capsys):
    make_post(published_at=at(TODAY))
    call_command("check_counts")
    CountChange.objects.fold()
    RegionCount.objects.filter(region__code="64.02", subject="post").update(amount=F("amount") + 3)
    DayCount.objects.filter(region__code="64", subject="post").delete()

    with pytest.raises(CommandError):
        call_command("check_counts")
    assert "RegionCount 64.02 post: kurang -3" in capsys.readouterr().err
    call_command("check_counts", "--mend")

    call_command("check_counts")
    assert (of(Subject.POST), of(Subject.POST, "64", since=TODAY)) == (1, 1)


@pytest.mark.parametrize("code", EVERYWHERE)
def test_numbers_cost_one_query_and_a_range_of_an_index(make_post, places, code, django_assert_num_queries):
    make_post()
    regions = [places[code]]
    asked = {"since": TODAY, "until": TODAY}

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with django_assert_num_queries(1) as counted:
        RegionCount.objects.counted(regions)
    assert_by_index(counted)
    with django_assert_num_queries(1) as counted:
        DayCount.objects.sums(regions, Subject.POST, **asked)
    assert_by_index(counted)


def assert_by_index(queries):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {queries.captured_queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan, plan


# Ten thousand events


class Events:
    """Whatever may happen to what is counted, drawn by chance, some rows at a time."""

    def __init__(self, seed, places, communities, author, bulletins):
        self.rng, self.author, self.bulletins = random.Random(seed), author, bulletins
        self.places, self.communities = [*places.values()], communities
        self.sectors = [*Sector.objects.all()]
        self.number, self.done = 0, 0

    def moment(self):
        return at(TODAY) - timedelta(minutes=self.rng.randrange(60 * 24 * 500))

    def columns(self):
        place = self.rng.choice(self.places)
        return {
            "province": place.province, "regency": place.regency, "district": place.district,
            "village": place if place.level == Region.Level.VILLAGE else None,
        }  # fmt: skip

    def some(self, model):
        """A few rows of a table, by chance."""
        keys = [*model.objects.values_list("pk", flat=True)]
        return model.objects.filter(pk__in=self.rng.sample(keys, min(len(keys), self.rng.randint(1, 40))))

    def posts(self, number):
        statuses = ["draft", "submitted", "published", "hidden", "archived"]
        for _number in range(number):
            yield Post(
                title="Posyandu", slug="posyandu", status=self.rng.choice(statuses), place=self.rng.choice(self.places),
                community=self.rng.choice(self.communities), author=self.author, sector=self.rng.choice(self.sectors),
                published_at=self.moment(), **self.columns(),
            )  # fmt: skip

    def write(self):
        return len(Post.objects.bulk_create(self.posts(self.rng.randint(1, 60))))

    def decide(self):
        status = self.rng.choice(["published", "published", "hidden", "archived", "in_review"])
        return self.some(Post).update(status=status)

    def move(self):
        changes = {"sector": self.rng.choice(self.sectors), "published_at": self.moment(), **self.columns()}
        chosen = self.rng.sample([*changes], self.rng.randint(1, len(changes)))
        return self.some(Post).update(**{name: changes[name] for name in chosen})

    def throw_away(self):
        posts = self.some(Post)
        number = posts.count()
        posts._raw_delete(posts.db)
        return number

    def found(self):
        return self.some(Community).update(
            status=self.rng.choice(["verified", "suspended", "expired"]), **self.columns()
        )

    def deliver(self):
        rows = [
            Delivery(
                bulletin=self.rng.choice(self.bulletins), community=community, place=community.seat, **self.columns()
            )
            for community in self.rng.sample(self.communities, 8)
        ]
        return len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))

    def read(self):
        now = timezone.now()
        passed_on = self.rng.choice([None, now])
        return self.some(Delivery).update(
            opened_at=now, passed_on_at=passed_on, created_at=self.moment(),
            reach_claimed=self.rng.randrange(500), reach_verified=self.rng.randrange(100),
        )  # fmt: skip

    def look_after(self):
        return self.some(Aspiration).update(
            is_hidden=self.rng.choice([True, False]), published_at=self.moment(), sector=self.rng.choice(self.sectors)
        )

    def forget(self):
        """All of it in a savepoint that is rolled back."""
        point = transaction.savepoint_create()
        self.one()
        transaction.savepoint_rollback(point)
        return 0

    def fold(self):
        CountChange.objects.fold()
        return 0

    def one(self):
        deeds = [self.write, self.decide, self.move, self.found, self.deliver, self.read, self.look_after]
        return self.rng.choice([*deeds, *deeds, self.throw_away, self.fold])()

    def happen(self, number):
        while self.done < number:
            self.done += self.rng.choice([self.one] * 9 + [self.forget])()


@pytest.mark.owner
def test_after_ten_thousand_events_the_counts_are_those_of_the_facts(
    places, make_community, make_bulletin, make_aspiration, siti
):
    communities = [make_community(f"KIM {number}") for number in range(20)]
    bulletins = [make_bulletin(f"Imunisasi {number}", status="sent") for number in range(20)]
    for number in range(10):
        make_aspiration(f"Jalan {number}")
    events = Events(2026, places, communities, siti, bulletins)

    for part in range(1, 6):
        events.happen(2000 * part)
        assert_right()

    assert RegionCount.objects.filter(sector=None, amount__gt=0).count() > 10
    for region, posts in Post.objects.published().per_region([places["64.02"], places["64.71"]]):
        assert of(Subject.POST, region.code) == posts
