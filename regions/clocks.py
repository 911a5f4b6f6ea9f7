"""What day and hour it is at a place: whatever people read of a moment is told by the clock on its wall."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

# Where a day begins first, and where last.
EASTERNMOST, WESTERNMOST = ZoneInfo("Asia/Jayapura"), ZoneInfo("Asia/Jakarta")
# The first groups of this kind were founded after independence; no clock reaches the first year or the last.
FIRST_YEAR, LAST_YEAR = 1945, 2100


def at(moment, place=None):
    """The moment as a clock there shows it; by that of Jakarta where there is no place to ask."""
    return timezone.localtime(moment, place.zone if place else None)


def zone_name(place=None):
    return place.zone_name if place else "WIB"


def today(place=None):
    return at(timezone.now(), place).date()


def earliest_day():
    """The day that is not over yet somewhere in the country."""
    return timezone.localdate(timezone=WESTERNMOST)


def latest_day():
    """The day that has begun somewhere in the country: a later one is in the future for everyone."""
    return timezone.localdate(timezone=EASTERNMOST)


def of_our_time(day):
    """A validator of days and moments that people write: nothing that no calendar of ours will show."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Periksa tahunnya."))


def has_come(day):
    """A validator of days on which something happened: not in the future for everyone."""
    if day > latest_day():
        raise ValidationError(_("Tanggal ini belum tiba."))


def in_utc(moment):
    """The moment that somebody wrote, `of_our_time`: PostgreSQL takes no offset of sixteen hours, which it may have."""
    return moment.astimezone(UTC)


def beginning(day, place=None):
    """The first moment of the day there."""
    return timezone.make_aware(datetime.combine(day, time.min), place.zone if place else None)


def begins_somewhere(day):
    """The first moment at which it is this day anywhere in the country."""
    return datetime.combine(day, time.min, EASTERNMOST)


def begins_everywhere(day):
    """The first moment at which it is this day, or later, in the whole country."""
    return datetime.combine(day, time.min, WESTERNMOST)


def how_long(span):
    """A span of time as people say it, in hours below a day; a dash for none."""
    if span is None:
        return "–"
    if span < timedelta(hours=1):
        return gettext("kurang dari sejam")
    hours, days = round(span / timedelta(hours=1)), round(span / timedelta(days=1))
    if hours < 24:
        return ngettext("%(number)s jam", "%(number)s jam", hours) % {"number": hours}
    return ngettext("%(number)s hari", "%(number)s hari", days) % {"number": days}
