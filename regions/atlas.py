"""Geography as each process remembers it: it changes with an edition of the official list, not with the news."""

import time
from collections import OrderedDict

from django.conf import settings

from regions.models import Region
from regions.terms import CODE

KEPT = 300  # seconds until a new edition is seen
MOST_PLACES = 300  # each some 30 rows

_remembered = OrderedDict()


def surroundings(code):
    """`(region, children, neighbours)` of a code, each with its ancestors' names; `(None, [], [])` for no such code."""
    now = time.monotonic()
    until, answer = _remembered.get(code, (0, None))
    if until < now:
        answer = read(code) if CODE.fullmatch(code) else (None, [], [])
        if settings.CARD_STORE and answer[0]:
            remember(code, now + KEPT, answer)
    return answer


def read(code):
    rows = list(Region.objects.with_names().surroundings(code))
    region = next((row for row in rows if row.code == code), None)
    if region is None:
        return None, [], []
    children = [row for row in rows if row.parent_id == region.pk]
    beside = [row for row in rows if row.level == region.level and row != region]
    return region, children, region.closest(beside)


def remember(code, until, answer):
    _remembered[code] = (until, answer)
    if len(_remembered) > MOST_PLACES:
        _remembered.popitem(last=False)


def forget():
    _remembered.clear()
