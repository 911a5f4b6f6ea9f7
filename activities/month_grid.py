"""A month as a calendar on the wall shows it: weeks from Monday, and in each day what goes on then."""

from calendar import Calendar
from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

MOST_EVENTS = 300  # of a month; who wants to see more chooses a smaller region
MOST_OF_A_DAY = 2


class Cell(NamedTuple):
    """A day: its first few events, and how many more there are."""

    day: object
    is_of_month: bool
    events: list
    more: int


def month_grid(events, first):
    """Weeks of seven cells each, of the month that begins with `first`; [] where nothing goes on in it."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    by_day = defaultdict(list)
    for event in events:
        day = max(event.days.lower, weeks[0][0])
        while day < event.days.upper and day <= weeks[-1][-1]:
            by_day[day].append(event)
            day += timedelta(days=1)
    return [[cell(day, first, by_day[day]) for day in week] for week in weeks] if by_day else []


def cell(day, first, events):
    return Cell(day, day.month == first.month, events[:MOST_OF_A_DAY], len(events[MOST_OF_A_DAY:]))
