"""The list of agendas alone: what it is of, by the days chosen and what its page was asked for."""

from dataclasses import dataclass, field
from datetime import timedelta

from pages.paging import KeysetPage
from regions.clocks import today

FEW_RUNNING = 6  # cards before those of what comes

COMING, RUNNING, OVER, FROM, UP_TO = "mendatang", "berlangsung", "lewat", "sejak", "sampai"


@dataclass
class EventList:
    """A KeysetPage of cards; `running` are the first of what began before them, where such are shown above."""

    which: str
    page: KeysetPage
    running: list = field(default_factory=list)

    @property
    def running_shown(self):
        return self.running[:FEW_RUNNING]

    @property
    def has_more_running(self):
        return len(self.running) > FEW_RUNNING


def event_list(chosen, params):
    """Of a PostFilter: what runs, then what comes; only what runs with `?berlangsung=1`, what was with `?lewat=1`.

    From a first day that was chosen on, day by day, what was too, below what ran into that day. Up to a last day that
    is past, what began last comes first.
    """
    events, (first, last) = chosen.events.card_rows(), chosen.days
    end = last and last + timedelta(days=1)
    running = events.running_into(first) if first else events.running()
    if RUNNING in params:
        return EventList(RUNNING, KeysetPage(running, params, order="over_at"))
    if first:
        which, rows, order = FROM, events.starting(first, end), "starts_at"
    elif last and last < today(chosen.region):
        which, rows, order = UP_TO, events.starting(None, end), "-starts_at"
    elif OVER in params:
        which, rows, order = OVER, events.over(), "-over_at"
    else:
        which, rows, order = COMING, events.coming().starting(None, end), "starts_at"
    page = KeysetPage(rows, params, order=order)
    is_led = which in (FROM, COMING) and page.newer is None
    return EventList(which, page, list(running[: FEW_RUNNING + 1]) if is_led else [])
