"""The worker computes scores: the same bytes whenever it is repeated, from where it was killed, and in any order."""

from decimal import Decimal

import pytest
from conftest import JUNE
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.lifecycle import StepRefused
from activities.models import Post
from evaluations import computing
from evaluations.models import Cycle, Score


@pytest.fixture
def busy(mekar, make_community, make_post):
    """Five KIM, each with so many posts, and one next door."""
    kims = [mekar, *(make_community(f"KIM {number}") for number in range(1, 5))]
    for number, community in enumerate(kims):
        for day in range(number * 2):
            make_post(published_at=JUNE.replace(day=day + 1), community=community)
    make_community("KIM Tetangga", seat="64.71.01.1001")
    return kims


def sheets(cycle):
    return {score.community_id: (score.canonical, score.digest) for score in cycle.scores.all()}


def test_every_kim_of_the_region_has_one_score_with_its_numbers(busy, make_cycle, make_scores):
    cycle = make_scores(make_cycle())

    best = cycle.scores.ranked().first()
    assert cycle.scores.count() == 5
    assert best.community == busy[4]
    # 8 of 10 posts are 40 of 50, and 1 of 12 months is 2.5 of 30.
    assert (best.total, best.rank, best.class_name) == (Decimal("42.50"), 1, "berkembang")
    assert [str(line.points) for line in best.lines] == ["40.00", "2.50", "0.00"]
    assert [(fact.word, number) for fact, number in best.lines[0].facts] == [("berita", 8), ("galeri", 0)]


def test_whoever_has_as_many_points_shares_a_rank(busy, make_cycle, make_scores, make_community):
    make_community("KIM Sama")  # as little as Mekar, which did nothing

    cycle = make_scores(make_cycle())

    assert [score.rank for score in cycle.scores.ranked()] == [1, 2, 3, 4, 5, 5]


def test_computing_again_gives_the_same_bytes(busy, make_cycle, make_scores):
    cycle = make_scores(make_cycle())
    first, digest = sheets(cycle), cycle.digest

    again = make_scores(cycle)

    assert sheets(again) == first
    assert again.digest == digest
    assert len(digest) == 64


def test_the_order_of_the_rows_in_the_database_tells_nothing(busy, make_cycle, make_scores):
    cycle = make_scores(make_cycle())
    first, digest = sheets(cycle), cycle.digest
    for post in Post.objects.order_by("-pk"):  # each row written anew, at another place of the table
        Post.objects.filter(pk=post.pk).update(updated_at=timezone.now())
    cycle.scores.all().delete()

    assert sheets(make_scores(cycle)) == first
    assert cycle.digest == digest


def test_batches_of_any_size_give_the_same(busy, make_cycle, make_scores, monkeypatch):
    cycle = make_scores(make_cycle())
    first, digest = sheets(cycle), cycle.digest

    monkeypatch.setattr(computing, "BATCH", 2)

    assert sheets(make_scores(cycle)) == first
    assert cycle.digest == digest


def test_a_worker_that_was_killed_is_followed_by_another(busy, make_cycle, make_scores, made, monkeypatch):
    whole = make_scores(make_cycle(year=2024)) and make_scores(make_cycle())
    first, cycle = whole.digest, whole
    monkeypatch.setattr(computing, "BATCH", 2)
    cycle.ask_to_compute(by=made)

    assert computing.compute_batch(cycle.pk)  # and no more of it
    cycle.refresh_from_db()
    assert cycle.is_computing
    assert cycle.computed_to
    with pytest.raises(StepRefused):
        cycle.ask_to_compute(by=made)

    computing.compute(cycle.pk)
    cycle.refresh_from_db()
    assert not cycle.is_computing
    assert cycle.digest == first


def test_a_worker_that_dies_within_a_batch_leaves_no_half_of_it(busy, make_cycle, made, monkeypatch):
    cycle = make_cycle()
    cycle.ask_to_compute(by=made)
    monkeypatch.setattr(computing, "BATCH", 2)
    assert computing.compute_batch(cycle.pk)

    def die(scores):
        Score.objects.bulk_create(scores[:1])
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(computing, "keep", die)
        with pytest.raises(SystemExit):
            computing.compute_batch(cycle.pk)

    assert cycle.scores.count() == 2
    computing.compute(cycle.pk)
    assert [score.rank for score in cycle.scores.ranked()] == [1, 2, 3, 4, 5]


def test_a_kim_merged_while_it_is_evaluated_competes_as_the_other(busy, make_cycle, make_scores, made):
    cycle = make_scores(make_cycle())
    gone, into = busy[4], busy[3]

    gone.merge_into(into, by=made)
    make_scores(cycle)

    assert not cycle.scores.filter(community=gone).exists()
    assert cycle.scores.get(community=into).facts["berita"] == 8


def test_nothing_is_computed_that_nobody_asked_for(busy, make_cycle):
    cycle = make_cycle()

    computing.compute(cycle.pk)
    computing.compute(0)

    assert not Score.objects.exists()


def test_a_kim_that_no_longer_competes_has_no_score(busy, make_cycle, make_scores):
    cycle = make_scores(make_cycle())
    busy[4].status = "suspended"
    busy[4].save()

    make_scores(cycle)

    assert cycle.scores.count() == 4
    assert cycle.scores.ranked().first().community == busy[3]


@pytest.mark.parametrize("status", ["frozen", "published"])
def test_the_database_changes_no_score_of_a_frozen_cycle(busy, make_cycle, make_scores, status):
    cycle = make_scores(make_cycle())
    Cycle.objects.filter(pk=cycle.pk).update(
        status=status, objections_until=timezone.localdate(), published_at=timezone.now()
    )

    for deed in (lambda: cycle.scores.update(total=99), lambda: cycle.scores.all().delete()):
        with pytest.raises(IntegrityError, match="frozen cycle"), transaction.atomic():
            deed()


def test_as_many_queries_for_a_batch_of_many_as_of_one(busy, make_cycle, django_assert_num_queries):
    cycle = make_cycle()

    with django_assert_num_queries(11):
        computing.scores_of(Cycle.objects.select_related("rule_set", "region").get(pk=cycle.pk), [busy[0].pk])
    with django_assert_num_queries(11):
        cycle = Cycle.objects.select_related("rule_set", "region").get(pk=cycle.pk)
        computing.keep(computing.scores_of(cycle, [community.pk for community in busy[1:]])[:0])
