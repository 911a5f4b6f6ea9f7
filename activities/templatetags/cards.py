"""Posts as cards. Each process keeps the cards it rendered by the version of their row, and makes only the others."""

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from activities.cards import cards_of, event_time
from activities.models import Post
from activities.models.listed import led_by_truth
from activities.models.querysets import CARD_VERSION
from communities.cards import post_count
from pages.memory import Memory
from pages.questions import asked

register = template.Library()
register.filter(event_time)
register.filter(post_count)
register.filter(led_by_truth)

MOST_CARDS = 3000
VERSIONED = len(CARD_VERSION)

_rendered = Memory(MOST_CARDS)


@register.simple_tag
def cards(rows):
    """The cards of rows from `PostQuerySet.card_rows()`, or of their `version_of`, in their order, led by truth.

    What is known by its version alone and no longer kept is asked for by one query.
    """
    language, rows = get_language(), led_by_truth(rows)
    keys = {row.pk: (*row[:VERSIONED], language) for row in rows}
    is_kept = settings.CARD_STORE
    html = {pk: _rendered.get(key, "") if is_kept else "" for pk, key in keys.items()}
    missing = [row for row in rows if not html[row.pk]]
    whole = [row for row in missing if len(row) > VERSIONED]
    if others := [row.pk for row in missing if len(row) == VERSIONED]:
        whole += asked(rows_of, others)
    for card in cards_of(whole):
        html[card.post.pk] = _rendered[keys[card.post.pk]] = card.html()
    # A post that went meanwhile has no card any more.
    return mark_safe("".join(html.values()))


def rows_of(pks):
    return Post.objects.filter(pk__in=pks).card_rows()
