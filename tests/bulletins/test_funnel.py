"""What became of a bulletin, by region: each KIM counted once at every level, the median where there is one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins import sending
from bulletins.funnel import per_region, total_of
from bulletins.models import Delivery


@pytest.fixture
def sent(make_bulletin, make_community, siti):
    """Four KIM: three in Loa Kulu, of which one passed it on and two opened it, one right in the regency."""
    for seat in ("64.02.02.2003", "64.02.02.2011", "64.02.02", "64.02"):
        make_community(f"KIM {seat}", seat=seat)
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    at = timezone.now() - timedelta(days=3)
    bulletin.deliveries.update(created_at=at)
    first, second, *_rest = bulletin.deliveries.order_by("pk")
    for delivery, hours in ((first, 2), (second, 5)):
        delivery.open(by=siti)
        Delivery.objects.filter(pk=delivery.pk).update(opened_at=at + timedelta(hours=hours))
    first.pass_on(by=siti)
    first.add_reach(claimed=40, verified=25)
    Delivery.objects.filter(pk=first.pk).update(passed_on_at=at + timedelta(hours=8))
    return bulletin


def test_the_whole_of_it(sent):
    total = total_of(sent.deliveries.all())

    assert (total.targeted, total.opened, total.passed_on) == (4, 2, 1)
    assert (total.claimed, total.verified) == (40, 25)
    assert (total.hours_to_open, total.hours_to_pass_on) == (3.5, 8.0)
    assert (total.percent_opened, total.unopened) == (50, 2)


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("64", [("64.02", 4, 2)]),
        ("64.02", [("64.02.02", 3, 2), (None, 1, 0)]),
        ("64.02.02", [("64.02.02.2003", 1, 1), ("64.02.02.2011", 1, 1), (None, 1, 0)]),
        ("64.02.02.2003", [("64.02.02.2003", 1, 1)]),
        ("64.71", []),
    ],
)
def test_by_what_lies_right_below_a_region(sent, places, code, lines, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        found = per_region(sent.deliveries.all(), places[code])

    assert [(line.region and line.region.code, line.targeted, line.opened) for line in found] == lines


def test_nothing_is_told_of_nobody(make_bulletin):
    total = total_of(make_bulletin(status="sent").deliveries.all())

    assert (total.targeted, total.percent_opened, total.claimed, total.hours_to_open) == (0, 0, 0, None)
