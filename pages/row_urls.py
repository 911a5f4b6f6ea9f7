"""URLs of rows without a `reverse` for each: a page links a hundred; a pattern is resolved once a language."""

from functools import cache

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

SLOT = "slot"
MOST_DIGITS = 18


def row_url(name, part, *, before=(), after=(), slot=SLOT):
    """`reverse(name, args=[*before, part, *after])` for a part of letters, digits, dots and dashes: no quoting.

    `slot` is any part that the URL would take.
    """
    start, end = around_slot(name, get_language(), before, slot, after)
    return f"{start}{part}{end}"


def pk_or_404(pk_and_slug):
    """The key, as text, in what names a row in its URL: "12-kerja-bakti"; Http404 where no row could have it."""
    pk = pk_and_slug.partition("-")[0]
    if not pk.isdecimal() or len(pk) > MOST_DIGITS:
        raise Http404
    return pk


@cache
def around_slot(name, language, before, slot, after):
    start, _slot, end = reverse(name, args=[*before, slot, *after]).rpartition(str(slot))
    return start, end
