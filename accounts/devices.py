"""On which devices a person signed in before: wrong passwords of strangers never lock those out.

After signing in the browser keeps a signed cookie with a name for the device and a mark for each account; it opens
nothing. Wrong passwords from such a device are counted for it alone (accounts/password_attempts.py).
"""

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = f"{settings.COOKIE_PREFIX}perangkat"
SALT = "devices"
REMEMBERED = 180 * 24 * 3600  # seconds
MOST_ACCOUNTS = 5  # of an office that shares a computer


def known(request, email):
    """The name of this device where somebody with this e-mail address signed in on it before; else nothing."""
    device, accounts = read(request)
    return device if mark(email) in accounts else ""


def newest(request):
    """The mark of the account that signed in last on this device; else nothing."""
    return next(iter(read(request)[1]), "")


def remember(request, response, email):
    device, accounts = read(request)
    accounts = [mark(email), *(other for other in accounts if other != mark(email))][:MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps([device, accounts], salt=SALT),
        max_age=REMEMBERED,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def read(request):
    """`(name of the device, marks of its accounts)`; a new name where the browser brings none of ours."""
    try:
        device, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=REMEMBERED)
    except signing.BadSignature:
        return get_random_string(22), []
    return device, accounts


def mark(email):
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()[:20]
