"""How often one IP address may search, and one account and one IP address may send, in a minute or an hour.

Reading has no limit: a village or half a mobile network may stand behind one IP address. Of searches a process tells
the cache, which all processes share, of every tenth: whoever searches now and then costs nothing, and whoever never
stops is refused everywhere, a few searches early or late. What is sent is counted exactly, however many processes
there are; while the cache is away each process counts by itself.
"""

import time
from functools import wraps
from hashlib import sha256
from ipaddress import ip_address, ip_network
from itertools import batched
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from pages.memory import Memory
from pages.typed import not_taken

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
TOLD = 10
# So many places are asked after at once.
BLOCK = 20
TOO_OFTEN = _("Anda mengirim terlalu sering. Tunggu sebentar, lalu kirim lagi; yang Anda tulis masih ada di sini.")
# A browser never sends a file that was chosen before again.
TOO_OFTEN_WITH_FILES = _("Anda mengirim terlalu sering. Tunggu sebentar, pilih lagi foto atau berkasnya, lalu kirim.")
# By it a form's error is known for one of these.
TOO_OFTEN_CODE = "too_often"
TOO_MANY_LETTERS = _("Hari ini sudah banyak surel kami kirim ke alamat ini. Coba lagi besok.")

# While someone types, a suggestion is asked for with every other letter.
# A page of open data is one range of an index; a village school, or a whole ministry, has one IP address.
WEIGHTS = {"search": 1, "suggestion": 0.2, "data": 0.2, "dump": 12}


class Most(NamedTuple):
    """How many an account may send in a minute and in an hour, and all people behind an IP address in a minute.

    Whoever is not signed in has no account by which to be told from others at the same IP address.
    """

    account: int
    account_an_hour: int
    ip: int
    visitors: int = 0


# Comments, reports, invitations, requests; new drafts; savings of drafts; photos; papers, blogs, rosters.
SENT = {
    "message": Most(account=20, account_an_hour=120, ip=60, visitors=20),
    "draft": Most(account=20, account_an_hour=60, ip=200),
    "saving": Most(account=60, account_an_hour=600, ip=600),
    "photo": Most(account=60, account_an_hour=300, ip=600),
    # Each press of a button on the form for aspirations, which may bring photos; a whole village has one IP address.
    "aspiration": Most(account=20, account_an_hour=60, ip=60, visitors=20),
    "file": Most(account=10, account_an_hour=60, ip=60),
}

# Letters to e-mail addresses of which nobody knows yet whether their owner asked for any: to one address in a day, of
# those the ones asked for from one IP address, and all that one IP address asks for in an hour.
LETTERS_TO_ONE, LETTERS_TO_ONE_FROM_ONE, LETTERS_FROM_ONE = 10, 5, 300

# How many searches a process told the cache of, and made since: {key of the cache: (told, here)}.
_counts = Memory(20_000)
# How many of a kind were sent, as far as this process knows: {key of the cache: number}.
_sent = Memory(20_000)


# Searching


def limited(kind):
    """A decorator for views: a request with words to find (`?q=`) counts by its WEIGHTS; one too many is a 429."""

    def decorator(view):
        @wraps(view)
        def limiting(request, *args, **kwargs):
            if request.GET.get("q") and is_over(kind, request):
                return refusal(request)
            return view(request, *args, **kwargs)

        return limiting

    return decorator


def is_over(kind, request):
    most = settings.SEARCHES_PER_MINUTE / WEIGHTS[kind]
    return bool(most) and counted(kind, client_ip(request)) > most


def client_ip(request):
    """The IPv4 address a request comes from; of an IPv6 address the network of 64 bits, which is one subscriber's."""
    claimed = get_adapter().get_client_ip(request)
    try:
        ip = ip_address(claimed)
    except ValueError:  # a name that a proxy gave
        return claimed
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((int(ip), 64), strict=False).network_address)


def counted(kind, ip):
    """Count one search, and return how many this IP address made in this minute, as far as this process knows."""
    key = f"limit:{kind}:{ip}:{int(time.time() // MINUTE)}"
    told, here = _counts.get(key, (0, 0))
    told, here = (tell(key, told), 0) if here + 1 == TOLD else (told, here + 1)
    _counts[key] = told, here
    return told + here


def tell(key, told):
    """Add TOLD searches to the shared count and return it; with the cache away, `told` and these."""
    try:
        cache.add(key, 0, 2 * MINUTE)
        return cache.incr(key, TOLD)
    except Exception:  # the cache is gone, or so full that it forgot the key between these two lines
        return told + TOLD


# Sending


def limited_sending(kind="message"):
    """A decorator for views whose form is not shown again with what was typed: a POST too many is a 429."""

    def decorator(view):
        @wraps(view)
        def limiting(request, *args, **kwargs):
            if request.method == "POST" and not may_send(request, kind):
                return refusal(request)
            return view(request, *args, **kwargs)

        return limiting

    return decorator


def may_send(request, kind="message"):
    """Whether there is room for one more of this kind, which then is taken."""
    if not settings.SEARCHES_PER_MINUTE:
        return True
    most, ip, user = SENT[kind], client_ip(request), request.user
    if not user.is_authenticated:
        return take(f"{kind}:visitors:{ip}", most.visitors, MINUTE)
    return account_may_send(user, kind) and take(f"{kind}:ip:{ip}", most.ip, MINUTE)


def account_may_send(user, kind):
    """`may_send` where no request of this person says from where: what they send by chat."""
    if not settings.SEARCHES_PER_MINUTE:
        return True
    account = f"{kind}:account:{user.pk}"
    bounds = [(account, SENT[kind].account, MINUTE), (f"{account}:hour", SENT[kind].account_an_hour, HOUR)]
    return all(take(*bound) for bound in bounds)


def may_write_to(request, email):
    """Whether one more letter may leave for an e-mail address that has confirmed nothing."""
    ip = client_ip(request)
    bounds = [
        (f"letter:{ip}:{named(email)}", LETTERS_TO_ONE_FROM_ONE, DAY),
        (f"letter:from:{ip}", LETTERS_FROM_ONE, HOUR),
    ]
    return all(take(*bound) for bound in bounds) and may_write_again_to(email)


def may_write_again_to(email):
    """`may_write_to` where nobody asks for a letter just now: news of what somebody sent with this address."""
    return take(f"letter:to:{named(email)}", LETTERS_TO_ONE, DAY)


def named(email):
    return sha256(email.lower().encode()).hexdigest()[:32]


def in_time(request, form, kind="message", *, field=None):
    """`may_send` for a form: where there is no room, the form gets an error (at `field`) and keeps what was typed."""
    if may_send(request, kind):
        return True
    form.add_error(field, ValidationError(too_often(request), code=TOO_OFTEN_CODE))
    return False


def too_often(request):
    """The sentence for who sent it, which promises no more than is true."""
    return TOO_OFTEN_WITH_FILES if request.FILES else TOO_OFTEN


def take(name, most, seconds):
    """Take one of `most` places of this stretch of `seconds`, and return whether one was free."""
    key = f"limit:{name}:{int(time.time() // seconds)}"
    known = _sent.get(key, 0)
    if known >= most:
        return False
    _sent[key] = known + 1
    try:
        slot = first_free(key, range(known, most), 2 * seconds)
    except Exception:  # the cache is gone: as far as this process knows
        return True
    _sent[key] = most if slot is None else slot + 1
    return slot is not None


def first_free(key, numbers, seconds):
    """Take the first free place and return its number; None where each was taken in the last `seconds`."""
    for block in batched(numbers, BLOCK, strict=False):
        names = {number: f"{key}:{number}" for number in block}
        given = cache.get_many(names.values())
        for number, name in names.items():
            if name not in given and cache.add(name, True, seconds):
                return number
    return None


# Trying


def take_slot(name, most, seconds):
    """The key of a slot for one more try, for `give_back`; None if `most` were taken in the last `seconds` seconds.

    Each place is free again by itself, so many seconds after it was taken; the cache gives it away once.
    """
    number = first_free(slot_key(name), range(most), seconds)
    return None if number is None else f"{slot_key(name)}:{number}"


def give_back(slots):
    cache.delete_many(slots)


def empty_slots(name, most):
    cache.delete_many([f"{slot_key(name)}:{number}" for number in range(most)])


def slot_key(name):
    return f"place:{sha256(name.encode()).hexdigest()}"


def refusal(request):
    return asked_to_wait(render(request, "429.html", not_taken(request), status=429))


def asked_to_wait(response):
    """Make this answer a 429 that says (`Retry-After`) in how many seconds it may be tried again."""
    response.status_code = 429
    response.headers["Retry-After"] = str(seconds_left())
    return response


def seconds_left():
    """Until the next minute, in which whoever did something too often may do it again."""
    return MINUTE - int(time.time() % MINUTE)
