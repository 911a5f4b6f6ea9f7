"""When a post of an old blog was written: in English or Indonesian, in UTC or by the clock of the blog."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from communities.rosters.dates import DateRefused, month_of, read_date

FIRST_YEAR = 1995
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
ZONES = {"WIB": "+0700", "WITA": "+0800", "WIT": "+0900"}
# GMT+7, +07:00, GMT+0700 (Western Indonesia Time)
OFFSET = re.compile(r"\s+(?:GMT|UTC)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?:\s*\([^()]*\))?$")
# Of a blog that was told where it is; any other clock is that of a server.
OF_INDONESIA = {timedelta(hours=hours) for hours in (7, 8, 9)}


def read_moment(text):
    """A datetime, without a zone where it is by the blog's own clock, or a date; None for what is neither."""
    text = " ".join(text.split())
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(in_english(text))
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        # RFC 2822 says UTC so, of whom nothing is known.
        return fitting(moment.replace(tzinfo=UTC) if text.endswith("-0000") else moment, text)
    try:
        written = read_date(text)
    except DateRefused:
        return None
    return written and written.exact


def in_english(text):
    """Okt as Oct, WIB and GMT+07:00 as +0700, which the standard library reads."""
    text = OFFSET.sub(lambda found: f" {found['sign']}{found['hours']:0>2}{found['minutes'] or '00'}", text)
    text = re.sub(r"\b(WIB|WITA|WIT)\b", lambda zone: ZONES[zone[0]], text)
    return re.sub(r"[^\W\d_]{3,}", lambda word: english_month(word[0]), text)


def english_month(word):
    number = month_of(word)
    return MONTHS[number - 1] if number else word


def fitting(moment, text):
    """A moment between the first blogs and next year; a year in two digits, or 0000, is none."""
    return moment if FIRST_YEAR <= moment.year <= datetime.now(UTC).year + 1 and str(moment.year) in text else None


def day_in(zone, moment):
    """The day it was where the KIM is."""
    if not isinstance(moment, datetime):
        return moment
    is_local = moment.tzinfo is None or moment.utcoffset() in OF_INDONESIA
    return (moment if is_local else moment.astimezone(zone)).date()
