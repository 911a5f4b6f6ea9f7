"""Which forms a browser sent within the last hour, by their keys: whoever goes back to one and sends the same again is
led to what was sent.

A page that is opened anew has another key, though the browser fills in what was typed before. A cookie that only
sending sets holds the keys; they lead nowhere but to what bears them and says the same.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

COOKIE, SALT = f"{settings.COOKIE_PREFIX}terkirim", "pages.sent_before"
REMEMBERED = 3600  # seconds
MOST_KEYS = 10
# A second tap is answered as the first was; whoever takes longer has gone back, and is told.
SECOND_TAP = timedelta(seconds=5)


def keys(request):
    """The keys of the forms, the newest first."""
    try:
        return [UUID(key) for key in signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=REMEMBERED)]
    except signing.BadSignature:
        return []


def remembered(request, response, key):
    """The response, with which the browser remembers that it sent the form of this key."""
    known = [str(other) for other in keys(request) if other != key]
    response.set_cookie(
        COOKIE,
        signing.dumps([str(key), *known][:MOST_KEYS], salt=SALT),
        max_age=REMEMBERED,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
