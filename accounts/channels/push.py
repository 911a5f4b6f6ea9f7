"""Web Push: to a browser that agreed, by the service of its maker, encrypted for it alone (RFC 8030, 8291, 8292)."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.channels.channel import Channel, Gone, Refused

# A service takes 4,096 bytes, of which encrypting takes 103; what is longer leaves in pieces, which services refuse.
MOST_BYTES = 3_900
SECONDS = 10
# Whoever is without a line for longer reads it in the inbox.
KEPT_SECONDS = 24 * 3600
NOBODY = {404, 410}
# A name that can be looked up.
HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}")
# A point of the curve P-256, uncompressed; and what a browser chose by chance.
KEY_BYTES, SECRET_BYTES = 65, 16


def is_on():
    return bool(settings.VAPID_PRIVATE_KEY)


def key_for_browsers():
    """The public key; empty where Web Push is off."""
    return public_key(settings.VAPID_PRIVATE_KEY) if is_on() else ""


@cache
def public_key(private_key):
    """What a browser is told, so that nobody else can send to it: in base64 as its `applicationServerKey`."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from py_vapid import Vapid

    point = Vapid.from_string(private_key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def is_service(url):
    """Whether a browser can have meant this: one of the services of the settings, and nothing inside our network."""
    try:
        parts = urlsplit(url)
        origin, port = f"{parts.scheme}://{parts.netloc}", parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    named = (host == service or host.endswith(f".{service}") for service in settings.PUSH_SERVICES)
    is_named = bool(HOST.fullmatch(host)) and any(named)
    is_plain = parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc
    return (is_named and is_plain) or origin in settings.PUSH_SERVICES


def are_keys(p256dh, auth):
    """Whether something can be encrypted with what a browser sent as its keys."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    try:
        point, secret = decoded(p256dh), decoded(auth)
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except (NotBase64, ValueError):
        return False
    return len(point) == KEY_BYTES and len(secret) == SECRET_BYTES


def decoded(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def send(message, endpoint):
    import requests
    from pywebpush import WebPushException, webpush

    if not is_service(endpoint.address):
        raise Gone
    try:
        with requests.Session() as session:
            session.max_redirects = 0  # a service that leads elsewhere leads nowhere
            webpush(
                {"endpoint": endpoint.address, "keys": endpoint.keys},
                data=body(message),
                vapid_private_key=settings.VAPID_PRIVATE_KEY,
                vapid_claims={"sub": settings.VAPID_CONTACT},  # a new one each time: who it is for is written into it
                headers=headers(message),
                timeout=SECONDS,
                ttl=KEPT_SECONDS,
                requests_session=session,
            )
    except WebPushException as error:
        raise (Gone if error.status_code in NOBODY else Refused) from error
    except requests.RequestException as error:
        raise Refused from error


def headers(message):
    """Of several with one topic that wait for a telephone, it gets the last: a repetition is one."""
    return {"Urgency": "high" if message.is_urgent else "normal", "Topic": message.identity}


def body(message):
    """What the service worker shows, its text cut where it would be too long."""
    facts = {"title": message.title, "text": message.text, "url": message.url, "tag": message.identity}
    facts |= {"isUrgent": message.is_urgent}
    while len(told := json.dumps(facts, ensure_ascii=False).encode()) > MOST_BYTES:
        facts["text"] = facts["text"][: len(facts["text"]) * 3 // 4].rstrip() + "…"
    return told


PUSH = Channel("push", _("pemberitahuan di ponsel"), send=send, is_on=is_on)
