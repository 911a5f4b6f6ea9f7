"""How often one address may search or send in a minute. A village or half a mobile network may stand behind one.

A process counts by itself and tells the cache, which all processes share, of every tenth search: whoever searches
now and then costs nothing, and whoever never stops is refused everywhere, a few searches early or late.
"""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings
from django.core.cache import cache
from django.shortcuts import render

MINUTE = 60
TOLD = 10

# While someone types, a suggestion is asked for with every other letter.
WEIGHTS = {"search": 1, "suggestion": 0.2, "sending": 6}

_counts = {}


def limited(kind):
    """For a view: words to find (`?q=`) count as a search, or as the fifth part of one; too many get a 429."""

    def decorator(view):
        @wraps(view)
        def limiting(request, *args, **kwargs):
            if request.GET.get("q") and is_over(kind, request):
                return refusal(request)
            return view(request, *args, **kwargs)

        return limiting

    return decorator


def limited_sending(view):
    """For a view with a form that anyone may send: twenty times a minute from one address, where 120 may search."""

    @wraps(view)
    def limiting(request, *args, **kwargs):
        if request.method == "POST" and is_over("sending", request):
            return refusal(request)
        return view(request, *args, **kwargs)

    return limiting


def is_over(kind, request):
    most = settings.SEARCHES_PER_MINUTE / WEIGHTS[kind]
    return bool(most) and counted(kind, truncate_ip(get_adapter().get_client_ip(request))) > most


def counted(kind, address):
    """How many there were in this minute, this one included, as far as this process knows."""
    minute = int(time.time() // MINUTE)
    if _counts.get("minute") != minute:
        _counts.clear()
        _counts["minute"] = minute
    key = f"limit:{kind}:{address}:{minute}"
    told, here = _counts.get(key, (0, 0))
    told, here = (tell(key, told), 0) if here + 1 == TOLD else (told, here + 1)
    _counts[key] = told, here
    return told + here


def tell(key, told):
    """Add to what all processes counted, and learn it; without a cache this process counts on alone."""
    try:
        cache.add(key, 0, 2 * MINUTE)
        return cache.incr(key, TOLD)
    except Exception:  # the cache is gone, or so full that it forgot the key between these two lines
        return told + TOLD


def refusal(request):
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(MINUTE - int(time.time() % MINUTE))
    return response


def forget():
    _counts.clear()
