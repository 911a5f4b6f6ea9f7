"""Agendas as an iCalendar file (RFC 5545).

A post that is hidden or archived is simply not there any more: a calendar that follows a feed forgets what the feed
does not hold, and a line that says CANCELLED would go on telling of it.
"""

from datetime import UTC

from django.conf import settings
from django.utils.translation import gettext as _

from pages.printable import printable

ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar_file(posts, name=""):
    """A calendar with the events of these posts; with a name, one that a telephone can follow."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Portal KIM//ID", *(to_follow(name) if name else [])]
    for post in posts:
        lines += event(post)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def to_follow(name):
    """What it is called and how often to ask again, each also as programs older than RFC 7986 say it."""
    return [
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]


def event(post):
    """Its lines. An end that nobody gave is not made up."""
    url = f"{settings.SITE_URL}{post.get_absolute_url()}"
    venue = ", ".join(filter(None, [post.venue, post.place.long_name]))
    by = _("Oleh %(community)s") % {"community": post.community.name}
    return [
        "BEGIN:VEVENT",
        f"UID:{post.client_uuid}@kim",
        # Calendars take a change over when both are later than what they have.
        f"SEQUENCE:{max(0, int((post.updated_at - post.created_at).total_seconds()))}",
        f"LAST-MODIFIED:{moment(post.updated_at)}",
        f"DTSTAMP:{moment(post.updated_at)}",
        f"CREATED:{moment(post.created_at)}",
        f"DTSTART:{moment(post.starts_at)}",
        *([f"DTEND:{moment(post.ends_at)}"] if post.ends_at and post.ends_at > post.starts_at else []),
        f"SUMMARY:{text(post.announced_title)}",
        f"DESCRIPTION:{text('\n'.join(filter(None, [post.summary, by, url])))}",
        f"LOCATION:{text(venue)}",
        f"URL:{url}",
        "STATUS:CONFIRMED",
        # Whoever follows the agenda of a region is not busy all day.
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def moment(value):
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text(value):
    return printable(value).translate(ESCAPES)


def folded(line):
    """Lines of at most 75 octets, continued with a blank."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts, part = [*parts, part], ""
        part += letter
    return "\r\n ".join([*parts, part])
