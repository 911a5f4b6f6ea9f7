"""What became of a bulletin: targeted > opened > passed on > reach, with the medians of time, by region."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Sum

from regions.models import Region
from regions.placed import LEVELS


class Median(Aggregate):
    """Of what is not NULL; NULL of nothing."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def after_delivery(column):
    return Median(ExpressionWrapper(F(column) - F("created_at"), DurationField()), output_field=DurationField())


NUMBERS = {
    "targeted": Count("pk"),
    "opened": Count("opened_at"),
    "passed_on": Count("passed_on_at"),
    "claimed": Sum("reach_claimed"),
    "verified": Sum("reach_verified"),
    "until_opened": after_delivery("opened_at"),
    "until_passed_on": after_delivery("passed_on_at"),
}


@dataclass(frozen=True)
class Line:
    """What became of it in one region, None for what sits above those of the list; reach is in people."""

    region: Region | None
    targeted: int
    opened: int
    passed_on: int
    claimed: int
    verified: int
    until_opened: timedelta | None
    until_passed_on: timedelta | None

    @property
    def hours_to_open(self):
        return hours(self.until_opened)

    @property
    def hours_to_pass_on(self):
        return hours(self.until_passed_on)

    @property
    def unopened(self):
        return self.targeted - self.opened

    @property
    def percent_opened(self):
        return percent(self.opened, self.targeted)

    @property
    def percent_passed_on(self):
        return percent(self.passed_on, self.targeted)


def percent(part, whole):
    return round(100 * part / whole) if whole else 0


def hours(span):
    """For programs and sheets, which count."""
    return None if span is None else round(span / timedelta(hours=1), 1)


def line(region, numbers):
    counts = [numbers[name] or 0 for name in ("targeted", "opened", "passed_on", "claimed", "verified")]
    return Line(region, *counts, numbers["until_opened"], numbers["until_passed_on"])


def total_of(deliveries):
    """One Line over all of these deliveries: one query."""
    return line(None, deliveries.aggregate(**NUMBERS))


def per_region(deliveries, region):
    """A Line for each region right below this one, in the order of the official list: two queries.

    What sits in the region itself, and in none below, comes last with the region None.
    """
    column = LEVELS[region.level] if region.level < len(LEVELS) else LEVELS[-1]
    rows = deliveries.within(region).order_by().values(column).annotate(**NUMBERS)
    numbers = {row[column]: row for row in rows}
    regions = Region.objects.filter(pk__in=[pk for pk in numbers if pk]).order_by("code")
    lines = [line(below, numbers[below.pk]) for below in regions]
    return [*lines, line(None, numbers[None])] if None in numbers else lines
