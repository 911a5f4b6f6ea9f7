"""How the term of a decree begins and ends, and what a KIM may still do after it.

It begins on the day that the decree names, else when it was issued; a decree without a last day has no end. KIM are
reminded before it, `communities/tasks.py` ends it the day after, and the KIM goes on publishing for a while.
"""

from datetime import timedelta

from django.utils import timezone

from regions.clocks import beginning, today

# So many days before its end a KIM is reminded, and an officer sees that it needs attention.
REMINDER_DAYS = [90, 30, 7, 0]
EXPIRING_DAYS = 90
# How long a KIM may go on publishing after it.
GRACE_DAYS = 90


def begins_on(decree):
    return decree.starts_on or decree.issued_on


def ends_before_it_begins(decree):
    begins = begins_on(decree)
    return bool(begins and decree.ends_on) and decree.ends_on < begins


def is_over_at(decree, place):
    """Whether its last day has passed, by the clock of this place; without a decree nothing has."""
    return decree is not None and decree.ends_on is not None and decree.ends_on < today(place)


def ends_at(decree, place):
    """The midnight there with which it will be over; None for one that has no end, or is over already."""
    if decree is None or decree.ends_on is None or is_over_at(decree, place):
        return None
    return beginning(decree.ends_on + timedelta(days=1), place)


def is_in_grace(decree):
    """Whether its KIM may go on publishing although the term is over."""
    return decree.ends_on is not None and timezone.localdate() <= decree.ends_on + timedelta(days=GRACE_DAYS)


def ending_within(days, at_least=0):
    """The condition on a KIM that the last day of its decree is so many days away."""
    now = timezone.localdate()
    return {"decree__ends_on__range": (now + timedelta(days=at_least), now + timedelta(days=days))}


def over():
    """The condition on a KIM that the last day of its decree has passed."""
    return {"decree__ends_on__lt": timezone.localdate()}
