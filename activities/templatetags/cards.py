"""Posts as cards. Each process keeps the cards it rendered by the version of their row, and loads only the others."""

import time

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext

from activities.cards import COLUMNS, cards_of, event_time
from activities.models import Post
from communities.models import Community
from pages import freshness
from pages.memory import Memory
from pages.questions import asked
from regions.templatetags.places import thousands

register = template.Library()
register.filter(event_time)

MOST_CARDS = 3000

_rendered = Memory(MOST_CARDS)
# The stamp of the names of KIMs that the cards show, and when it was last looked at.
_names = ("", 0.0)


@register.simple_tag
def cards(versions):
    """The cards of rows from `PostQuerySet.card_versions()`, in their order: one query for those not yet rendered."""
    if settings.CARD_STORE:
        forget_old_names()
    language = get_language()
    keys = {row.pk: (*row, language) for row in versions}
    html = {pk: _rendered.get(key, "") if settings.CARD_STORE else "" for pk, key in keys.items()}
    missing = [pk for pk, card in html.items() if not card]
    for card in cards_of(asked(posts_of_cards, missing)) if missing else []:
        html[card.pk] = _rendered[keys[card.pk]] = card.html()
    # A post that went meanwhile has no card any more.
    return mark_safe("".join(html.values()))


def posts_of_cards(pks):
    return Post.objects.filter(pk__in=pks).values_list(*COLUMNS)


def forget_old_names():
    """No card is shown after a KIM was renamed: the rows that tell its version do not know."""
    global _names
    stamp, now = freshness.stamp(Community.NAMES), time.monotonic()
    # Stamps do not live for ever: who has not looked for long may have missed one.
    if stamp != _names[0] or now - _names[1] > freshness.LIFETIME / 2:
        _rendered.clear()
    _names = stamp, now


@register.filter
def post_count(number):
    """12 kegiatan"""
    return ngettext("%(number)s kegiatan", "%(number)s kegiatan", number) % {"number": thousands(number)}
