"""Stamps by which a kept page knows whether what it shows has changed since: one for each place, KIM or post.

Two things make a kept page old: a topic that it follows has changed, or its age. After MOST_SECONDS a page
(`page_store.py`) and a part of one (`{% cached %}`) are made anew whatever the stamps say, for what follows the clock.

Whatever changes what a public page shows calls `changed` with its topics: the code of a region, which stands for all
above it too, or the name of one row such as "post-12". A page follows its topics before it reads the rows, and may be
kept for as long as none of them has changed. What stands on every page has the topic EVERY_PAGE, which each page
follows; what ends by itself says so (`keep_until`), and no page that shows it is kept any longer.

Stamps live in the cache that all processes share; each process asks for one at most twice a second, so a change is seen
everywhere within half a second. It asks for those that its pages followed lately all at once, and all processes of a
host do so at the same moments: they know of the same changes, and one may use the page that another made. Where that
cache is Redis, it may be away, or forget: part of a stamp is then what the database says of the topic
(`pages.change_log`), by which pages hold and change without it. Where a proxy in front keeps pages too, a new
generation of them (`pages.generations`) makes every stamp another at once. Where pages are read from copies of the
database, a stamp names the change that made it, which the copy must show (`pages.replicas`).
"""

import hashlib
import math
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from itertools import chain, islice

from django.conf import settings
from django.core.cache import caches
from django.db import transaction

from pages import change_log, edge, generations, replicas
from pages.change_log import log
from pages.memory import Memory, forgettable

REMEMBERED = 0.5  # seconds
MOST_REMEMBERED = 10_000
# Who asks for a stamp asks also for those that pages followed in so many seconds before, at most so many.
LATELY, MOST_LATELY = 2, 200
# How old a page or a part of one may become.
MOST_SECONDS = 60
LIFETIME = 60 * MOST_SECONDS  # of a stamp: much longer than any page is kept
NUMBERED = "."  # between a stamp and the number of its change
MOST_KEYS = 240  # of more than that a change is told of as one key that each page has
# The topic of what stands on every page.
EVERY_PAGE = "every-page"

# {key of a topic: (when it was asked for, in which generation, the stamp)}
_remembered = Memory(MOST_REMEMBERED)
# {key of a topic: when a page followed it last}
_followed = forgettable({})
# When all of those were asked for last.
_together = forgettable({})
# {key of what changed while the cache was away: the number of the change}
_untold = forgettable({})
# When the page that this thread makes was asked for, and the stamps that it was told.
_page = threading.local()


@contextmanager
def one_page():
    """Within it a topic is asked for once: nothing shown is older than the question.

    Whatever a page read after it followed a topic may thus be kept as part of the news of then.
    """
    _page.began, _page.known = time.monotonic(), {}
    try:
        yield
    finally:
        del _page.began, _page.known


def changed(*topics, only_adds=False):
    """Give these topics new stamps once the transaction is committed; nothing happens if it is rolled back.

    Unless the change `only_adds` to what is shown, the proxy serves nothing that it kept before.
    """
    names = {name for topic in topics for name in widened(topic)}
    noted = [key_of(name) for name in (names if len(names) <= MOST_KEYS else [EVERY_PAGE])]
    number = change_log.note(noted)
    if settings.EDGES:
        edge.note(noted)
    if not only_adds:
        generations.withhold()
    transaction.on_commit(lambda: announce(names, number, only_adds=only_adds))


def widened(topic):
    """`[topic]`, and for a region's code also the codes of all regions above it, up to Indonesia's."""
    if not topic[0].isdecimal():
        return [topic]
    parts = topic.split(".")
    return ["0", *(".".join(parts[:length]) for length in range(1, len(parts) + 1))]


def announce(topics, number=None, *, only_adds=False):
    """Give each topic a new stamp; with the cache away, once it is back. Raises nothing: the change is committed."""
    changes = dict(_untold) | dict.fromkeys(map(key_of, topics), number)
    stamps = {key: f"{uuid.uuid4().hex}{NUMBERED}{change or ''}" for key, change in changes.items()}
    moment, generation = time.monotonic(), generations.current()
    if topics:  # the page shows the change that it made
        getattr(_page, "known", {}).clear()
    _untold.update(changes)
    log.read_again()
    with suppress(Exception):  # whatever is wrong with the cache
        caches["stamps"].set_many(stamps, LIFETIME)
        for key in stamps:
            _untold.pop(key, None)
        for key, stamp in stamps.items():
            _remembered[key] = moment, generation, stamp
    edge.send()
    if not only_adds:
        with suppress(OSError):  # without a new generation the proxy serves nothing kept until the tick makes one
            generations.renew()


def key_of(topic):
    """The cache key of a topic: of fixed length and plain letters, since a topic may come from a URL."""
    return f"news:{hashlib.sha256(topic.encode()).hexdigest()[:32]}"


def stamps(keys):
    """`{key of a topic: stamp}`, none older than half a second or the page; see `look_up`."""
    known = getattr(_page, "known", None)
    if known is None:
        return look_up(keys)
    if missing := [key for key in keys if key not in known]:
        known |= look_up(missing)
    return {key: known[key] for key in keys}


def look_up(keys):
    """`{key of a topic: stamp}`, none older than half a second; the name of the proxy's generation is part of each.

    With the cache away it is the one that was last known, for as long as the database knows of no change since. Where
    the database does not say, each stamp is a new one, which equals none before, so that no page counts as fresh.
    """
    if _untold:
        announce([], only_adds=True)
    moment, generation = time.monotonic(), generations.current()
    known = {key: _remembered.get(key) for key in keys}
    asked = [key for key in keys if not holds(known[key], moment, generation)]
    if not settings.EDGES:  # there each page asks anew
        _followed.update(dict.fromkeys(keys, moment))
    if asked:
        beside = [key for key in followed_lately(moment) if key not in known]
        known |= {key: _remembered.get(key) for key in beside}
        asked += beside
    is_kept, found = change_log.is_kept(), shared_stamps(asked)
    is_away = found is None
    is_known = is_kept and log.is_known(now=is_away and bool(settings.EDGES))
    if is_away and not is_known:
        return {key: uuid.uuid4().hex for key in keys}
    for key in asked:
        # Where the database tells of changes, a stamp that got lost was not changed.
        last = known[key][2] if is_kept and known[key] else ""
        known[key] = moment, generation, (found or {}).get(key) or last
        if not is_away and not is_newer(_remembered.get(key), moment):
            _remembered[key] = known[key]
    return with_numbers({key: generation + known[key][2] for key in keys}, is_kept)


def is_newer(remembered, moment):
    """Whether a stamp is of after this moment: another thread changed the topic while this one asked."""
    return remembered is not None and remembered[0] > moment


def followed_lately(moment):
    """The keys whose stamps other pages want, too, where it is time to ask for them: one by one each costs as much."""
    if _together.get("asked", -1) >= asked_anew_since(moment):
        return []
    _together["asked"] = moment
    times = _followed.copy()  # other threads write in it
    for key in [key for key, last in times.items() if last < moment - LATELY]:
        _followed.pop(key, None)
        del times[key]
    return [*islice(times, MOST_LATELY)]


def shared_stamps(keys):
    """What the cache that all share has of these; None where it is away."""
    try:
        return caches["stamps"].get_many(keys) if keys else {}
    except Exception:  # whatever is wrong with the cache
        return None


def with_numbers(stamps, is_kept):
    """Each with the numbers that the database has of its changes, which a copy of it must show from now on."""
    numbers = {key: log.numbers(key) if is_kept else () for key in stamps}
    replicas.require(int(number) for stamp in stamps.values() if (number := stamp.partition(NUMBERED)[2]))
    replicas.require(chain.from_iterable(numbers.values()))
    return {key: "-".join([stamp, *map(str, numbers[key])]) for key, stamp in stamps.items()}


def holds(remembered, moment, generation):
    # What is kept at an edge must be new when it is asked for.
    since = getattr(_page, "began", moment) if settings.EDGES else asked_anew_since(moment)
    return remembered is not None and remembered[0] >= since and remembered[1] == generation


def asked_anew_since(moment):
    """The last moment from which on all processes of a host ask for each stamp anew: they share this clock."""
    return moment - moment % REMEMBERED


def stamp(topic):
    key = key_of(topic)
    return stamps([key])[key]


def as_of(*topics):
    """The stamps of all these topics, for a part of a page that shows news of each; taken before the rows are read."""
    return tuple(stamps([key_of(topic) for topic in topics]).values())


def follow(request, *topics):
    """Declare that the page may be kept until one of these topics changes. A view calls it before it reads any row."""
    if settings.PAGE_STORE or settings.CARD_STORE:
        keys = [key_of(topic) for topic in (EVERY_PAGE, *topics)]
        request.followed = getattr(request, "followed", {}) | stamps(keys)


def keep_until(request, moment):
    """Declare that the page shows what ends at this moment: no kept copy is served from then on."""
    request.kept_until = min(moment.timestamp(), getattr(request, "kept_until", math.inf))
