"""When an event is, by the clock of its place."""

from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from regions.clocks import at, beginning


def span_of(starts_at, ends_at, place):
    """When an event is over, at the end of its day where nobody said, and the days it touches by the clock there."""
    if starts_at is None:
        return None, None
    first = at(starts_at, place).date()
    over_at = ends_at or beginning(first + timedelta(days=1), place)
    last = at(over_at - timedelta(microseconds=1), place).date()
    return over_at, DateRange(first, max(first, last) + timedelta(days=1))
