"""Days and moments in the address of a list at the desk: what PostgreSQL or a calendar would not take is no filter."""

from datetime import date, timedelta

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from regions.clocks import FIRST_YEAR, of_our_time

LOOKUPS = {"", "exact", "gte", "lt"}
# By which Django links to the years, months and days of a list.
HIERARCHY = ["year", "month", "day"]
MOST_OFFSET = timedelta(hours=16)


def are_readable(desk, params):
    """Whether all of these that name a day or a moment of the desk's rows name one of our time."""
    moments = [moment_in(desk.model, lookup, value) for lookup, value in params.items()]
    if desk.date_hierarchy:
        moments.append(lambda: day_of(*(params.get(f"{desk.date_hierarchy}__{part}") for part in HIERARCHY)))
    try:
        return all(is_of_our_time(read()) for read in filter(None, moments))
    except (ValidationError, ValueError, OverflowError):
        return False


def moment_in(model, lookup, value):
    """A function that reads it; None where the lookup is of something else."""
    name, _dunder, rest = lookup.partition("__")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return (lambda: field.to_python(value)) if isinstance(field, models.DateField) and rest in LOOKUPS else None


def day_of(year, month, day):
    return date(int(year or FIRST_YEAR), int(month or 1), int(day or 1))


def is_of_our_time(moment):
    if moment:
        of_our_time(moment)
    offset = getattr(moment, "tzinfo", None) and moment.utcoffset()
    return not offset or abs(offset) < MOST_OFFSET
