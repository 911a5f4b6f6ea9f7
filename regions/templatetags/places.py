"""Dates and times as the clock on the wall of a place shows them, and numbers, as the reader writes them."""

from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from django import template
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regions.clocks import at, how_long, zone_name

MOST_DAYS = 5000

register = template.Library()
register.filter("how_long", how_long)


@register.filter
def place_time(moment, place=None):
    """17 Agustus 2026 pukul 14.05 WITA, in the zone of the place (WIB without one); 17 August 2026, 14:05 WITA."""
    if not moment:
        return ""
    local = at(moment, place)
    parts = {"date": place_date(local, place), "zone": zone_name(place)}
    return _("%(date)s pukul %(hour)s.%(minute)s %(zone)s") % {**parts, "hour": f"{local:%H}", "minute": f"{local:%M}"}


@register.filter
def place_day(moment, place=None):
    """The day of the week it was at the place: Senin; Monday."""
    return WEEKDAYS[at(moment, place).weekday()]


@register.filter
def geo(place):
    """Where a telephone's own maps find the middle of a place (RFC 5870); no other site is asked."""
    return f"geo:{place.lat},{place.lng}?q={place.lat},{place.lng}({quote(place.full_name)})"


@register.filter
def machine_time(moment):
    """For `<time datetime>`, which takes no more than three digits of a second."""
    return moment.isoformat(timespec="seconds")


@register.filter
def place_hour(moment, place=None):
    """14.05 WITA; 14:05 WITA."""
    mark = ":" if get_language() == "en" else "."
    return f"{at(moment, place):%H{mark}%M} {zone_name(place)}"


@register.filter
def place_date(moment, place=None):
    """17 Agustus 2026; a moment becomes the date it was at the place, a date stays what it is."""
    return date_at(moment, place, get_language())


def date_at(moment, place, language):
    if not moment:
        return ""
    day = at(moment, place).date() if isinstance(moment, datetime) else moment
    return date_in_words(day, language)


@lru_cache(MOST_DAYS)
def date_in_words(day, _language):
    return f"{day.day} {MONTHS[day.month]} {day.year}"


@register.filter
def thousands(number):
    """91.599; in English 91,599."""
    if number is None:
        return ""
    if 0 <= number < 1000:  # as most are
        return str(number)
    return f"{number:,}" if get_language() == "en" else f"{number:,}".replace(",", ".")


def figures(number, decimals=0):
    """`thousands` of a number with so many decimals: 1.234,50; in English 1,234.50."""
    whole, dot, fraction = f"{number:.{decimals}f}".partition(".")
    comma = dot and ("." if get_language() == "en" else ",")
    return f"{thousands(int(whole))}{comma}{fraction}"
