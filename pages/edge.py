"""Caches at the edge (`EDGES`) that keep a page until what it shows changes: deploy/varnish.vcl is one.

A page that may be kept leaves with the keys of the topics it follows (`xkey`) and for how long the edge may keep it
(`Surrogate-Control`); browsers see neither. What changes writes with the deed a `Purge` for each edge, which is sent
when the transaction is through, and once more by the tick: first those that could not be sent, in their order.

A page that was asked for before a purge came and arrives after it is the edge's to refuse. One that is asked for after
it is new: with edges, a process remembers a stamp for the page that it makes alone (pages/freshness.py).
"""

import http.client
import logging
import math
import time
from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from datetime import timedelta
from itertools import batched
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.utils import timezone

from pages.models import Purge

logger = logging.getLogger(__name__)

# As long as a page may be kept there that nothing changed; what follows the clock is as old at most.
SECONDS = 600
TIMEOUT, PAUSE = 0.5, 5.0  # seconds for one purge; until an edge that did not answer is asked again by this process
# The edge is told of so many keys at once.
AT_ONCE = 12
MOST_ROWS = 500
# After so long whatever was on its way when a purge came has arrived, and is purged again.
AGAIN = timedelta(seconds=2)

_silent_until: dict[str, float] = {}


def key_at_edge(key: str) -> str:
    """Of a key of pages/freshness.py: short, for a page has some of them in its header."""
    return key.rpartition(":")[2][:16]


def address(response: HttpResponseBase, keys: Iterable[str], until: float = math.inf) -> HttpResponseBase:
    """Tell the edge what the answer follows, and for how long it may be kept at most."""
    if settings.EDGES and (seconds := int(min(SECONDS, until - time.time()))) > 0:
        response.headers["xkey"] = " ".join(map(key_at_edge, keys))
        response.headers["Surrogate-Control"] = f"max-age={seconds}"
    return response


def note(keys: Collection[str]) -> None:
    """Have each edge purge what follows one of these keys once the transaction is through, and again soon after."""
    words = " ".join(map(key_at_edge, keys))
    Purge.objects.bulk_create([Purge(edge=edge, keys=words) for edge in settings.EDGES])


def send() -> None:
    """Send each edge what it was not told yet; raises nothing, since the tick tries again."""
    for edge in settings.EDGES:
        if time.monotonic() >= _silent_until.get(edge, 0):
            with suppress(Exception):
                send_to(edge)


def send_to(edge: str, *, again: bool = False) -> None:
    """In their order, those that no other process is sending; with `again` also those that were sent some time ago."""
    with transaction.atomic():
        waiting = Purge.objects.filter(edge=edge)
        waiting = waiting.filter(made_at__lt=timezone.now() - AGAIN) if again else waiting.filter(is_sent=False)
        rows = list(waiting.select_for_update(skip_locked=True).order_by("pk")[:MOST_ROWS])
        if not rows:
            return
        keys = list(dict.fromkeys(key for row in rows for key in row.keys.split()))
        try:
            purge(edge, keys)
        except (OSError, http.client.HTTPException) as error:
            _silent_until[edge] = time.monotonic() + PAUSE
            logger.warning("The edge %s cannot be told what changed (%s).", edge, type(error).__name__)
            raise
        told = Purge.objects.filter(pk__in=[row.pk for row in rows])
        told.filter(is_sent=True).delete()
        told.update(is_sent=True)


def purge(edge: str, keys: list[str]) -> None:
    parts = urlsplit(edge)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)) as connection:
        for some in batched(keys, AT_ONCE, strict=False):
            connection.request("PURGE", "/", headers={"xkey-purge": " ".join(some)})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise OSError(f"It refuses to purge: {answer.status}.")


def send_again() -> None:
    """What the tick does."""
    for edge in settings.EDGES:
        with suppress(OSError, http.client.HTTPException):
            send_to(edge, again=True)
            send_to(edge, again=True)


def forget_old() -> None:
    """Of an edge that is gone: what it kept then is kept nowhere."""
    Purge.objects.filter(made_at__lt=timezone.now() - timedelta(days=1)).delete()
