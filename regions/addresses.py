"""Addresses of rows, of which a page links a hundred: each kind is resolved once for each language."""

from functools import cache

from django.urls import reverse
from django.utils.translation import get_language

SLOT = "slot"


def address(name, part):
    """`reverse(name, args=[part])` for a part of letters, digits, dots and dashes, which need no quoting."""
    before, after = around_slot(name, get_language())
    return f"{before}{part}{after}"


@cache
def around_slot(name, language):
    before, _slot, after = reverse(name, args=[SLOT]).rpartition(SLOT)
    return before, after
