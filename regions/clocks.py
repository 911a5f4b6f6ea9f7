"""What day and hour it is at a place: whatever people read of a moment is told by the clock on its wall."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

# Where a day begins first.
EASTERNMOST = ZoneInfo("Asia/Jayapura")


def at(moment, place=None):
    """The moment as a clock there shows it; by that of Jakarta where there is no place to ask."""
    return timezone.localtime(moment, place.zone if place else None)


def zone_name(place=None):
    return place.zone_name if place else "WIB"


def today(place=None):
    return at(timezone.now(), place).date()


def latest_day():
    """The day that has begun somewhere in the country: a later one is in the future for everyone."""
    return timezone.localdate(timezone=EASTERNMOST)


def beginning(day, place=None):
    """The first moment of the day there."""
    return timezone.make_aware(datetime.combine(day, time.min), place.zone if place else None)
