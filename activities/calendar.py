"""Agendas as an iCalendar file (RFC 5545)."""

from datetime import UTC, timedelta

from django.conf import settings

ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar_file(posts, name=""):
    """A calendar with the events of these posts; with a name, one that a telephone can follow."""
    named = [f"X-WR-CALNAME:{name.translate(ESCAPES)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"] if name else []
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Portal KIM//ID", *named]
    for post in posts:
        lines += event(post)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def event(post):
    moments = (post.starts_at, post.ends_at or post.starts_at + timedelta(hours=2), post.updated_at)
    start, end, stamp = (moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in moments)
    venue = ", ".join(filter(None, [post.venue, post.place.address]))
    return [
        "BEGIN:VEVENT",
        f"UID:{post.client_uuid}@kim",
        f"DTSTAMP:{stamp}",
        f"DTSTART:{start}",
        f"DTEND:{end}",
        f"SUMMARY:{post.title.translate(ESCAPES)}",
        f"LOCATION:{venue.translate(ESCAPES)}",
        f"URL:{settings.SITE_URL}{post.get_absolute_url()}",
        "END:VEVENT",
    ]


def folded(line):
    """Lines of at most 75 octets, continued with a blank."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts, part = [*parts, part], ""
        part += letter
    return "\r\n ".join([*parts, part])
