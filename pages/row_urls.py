"""URLs of rows without a `reverse` for each: a page links a hundred; a pattern is resolved once a language."""

from functools import cache

from django.urls import reverse
from django.utils.translation import get_language

SLOT = "slot"


def row_url(name, part, *, before=(), after=(), slot=SLOT):
    """`reverse(name, args=[*before, part, *after])` for a part of letters, digits, dots and dashes: no quoting.

    `slot` is any part that the URL would take.
    """
    start, end = around_slot(name, get_language(), before, slot, after)
    return f"{start}{part}{end}"


@cache
def around_slot(name, language, before, slot, after):
    start, _slot, end = reverse(name, args=[*before, slot, *after]).rpartition(str(slot))
    return start, end
