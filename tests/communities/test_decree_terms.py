"""A decree begins when it says so, else when it was issued; it ends after its last day, publishing some time later."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from communities.decree_terms import GRACE_DAYS, REMINDER_DAYS
from communities.models import Decree

ISSUED, LAST = date(2026, 1, 10), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_fine"),
    [
        (None, None, True),
        (None, ISSUED, True),
        (None, ISSUED - timedelta(days=1), False),
        (date(2026, 2, 1), ISSUED, False),
        (date(2025, 2, 1), date(2025, 6, 1), True),
    ],
)
def test_a_term_never_ends_before_it_begins(starts_on, ends_on, is_fine):
    decree = Decree(issued_on=ISSUED, starts_on=starts_on, ends_on=ends_on)

    assert decree.begins_on == (starts_on or ISSUED)
    if is_fine:
        decree.clean()
    else:
        with pytest.raises(ValidationError) as refused:
            decree.clean()
        assert set(refused.value.message_dict) == {"ends_on"}


def test_its_last_day_counts_by_the_clock_of_the_place(places, time_machine):
    decree = Decree(issued_on=ISSUED, ends_on=LAST)

    time_machine.move_to("2026-03-31T15:00Z")  # eleven at night in Samarinda
    assert not decree.is_over_at(places["64"])

    time_machine.move_to("2026-03-31T17:00Z")
    assert decree.is_over_at(places["64"])
    assert not Decree(issued_on=ISSUED).is_over_at(places["64"])


def test_a_kim_publishes_for_a_while_after_its_term(make_community, places, time_machine):
    decree = Decree.objects.create(number="5", issued_on=ISSUED, issuer="regent", region=places["64.02"], ends_on=LAST)
    kim = make_community("KIM Mekar", status="expired", decree=decree)

    time_machine.move_to(LAST + timedelta(days=GRACE_DAYS))
    assert kim.may_publish

    time_machine.move_to(LAST + timedelta(days=GRACE_DAYS + 1))
    assert not kim.may_publish


def test_a_kim_is_reminded_up_to_the_last_day():
    assert sorted(REMINDER_DAYS, reverse=True) == REMINDER_DAYS
    assert REMINDER_DAYS[-1] == 0
