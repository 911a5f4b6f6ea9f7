"""Posts as cards. Each process keeps the cards it rendered by the version of their row, and loads only the others."""

import time
from collections import OrderedDict

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext

from activities.models import Post
from communities.models import Community
from regions import freshness
from regions.templatetags.places import thousands

register = template.Library()

MOST_CARDS = 3000

_rendered = OrderedDict()
# The stamp of the names of KIMs that the cards show, and when it was last looked at.
_names = ("", 0.0)


@register.simple_tag
def cards(versions):
    """The cards of rows from `PostQuerySet.card_versions()`, in their order: one query for those not yet rendered."""
    if settings.CARD_STORE:
        forget_old_names()
    keys = {row.pk: (*row, get_language()) for row in versions}
    missing = [pk for pk, key in keys.items() if key not in _rendered or not settings.CARD_STORE]
    posts = Post.objects.for_cards().filter(pk__in=missing) if missing else []
    fresh = {post.pk: render_to_string("_card.html", {"post": post}) for post in posts}
    # A post that went meanwhile has no card any more.
    html = "".join(fresh.get(pk) or recall(key) for pk, key in keys.items())
    for pk, card in fresh.items():
        remember(keys[pk], card)
    return mark_safe(html)


def forget_old_names():
    """No card is shown after a KIM was renamed: the rows that tell its version do not know."""
    global _names
    stamp, now = freshness.stamp(Community.NAMES), time.monotonic()
    # Stamps do not live for ever: who has not looked for long may have missed one.
    if stamp != _names[0] or now - _names[1] > freshness.KEPT / 2:
        forget()
    _names = stamp, now


def recall(key):
    if key not in _rendered:
        return ""
    _rendered.move_to_end(key)
    return _rendered[key]


def remember(key, card):
    _rendered[key] = card
    while len(_rendered) > MOST_CARDS:
        _rendered.popitem(last=False)


@register.filter
def post_count(number):
    """12 kegiatan"""
    return ngettext("%(number)s kegiatan", "%(number)s kegiatan", number) % {"number": thousands(number)}


def forget():
    _rendered.clear()
