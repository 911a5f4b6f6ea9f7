"""URLs without a `reverse` for each: a page links a hundred; a pattern is resolved once a language."""

from functools import cache

from django.conf import settings
from django.http import Http404
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language

SLOT, SOME_KEY = "slot", 987654321
MOST_DIGITS = 18


def in_site_language(path):
    """The same page in the language of the site, whichever the one reads whose deed tells others of it."""
    return path.removeprefix("/en") if path.startswith("/en/") else path


def in_this_language(path):
    """The same page in the language of the request; what has no twin stays."""
    language = get_language()
    with translation.override(settings.LANGUAGE_CODE):
        return translate_url(in_site_language(path), language)


def page_url(name):
    """`reverse(name)`, of a page that is one of a kind."""
    return page_url_in(get_language(), name)


@cache
def page_url_in(_language, name):
    return reverse(name)


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
