"""A post as a card. Each process keeps the cards it rendered, under all that they show."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

register = template.Library()

MOST_CARDS = 2000


@register.simple_tag
def card(post):
    """The card of a post from `Post.objects.for_cards()`."""
    if not settings.CARD_STORE:
        return render_to_string("_card.html", {"post": post})
    return stored_card(Shown(post))


class Shown:
    """A post, equal to any other whose card looks the same."""

    def __init__(self, post):
        self.post = post
        place, photo = post.place, post.lead_photo
        self.key = (
            post.pk,
            post.updated_at,
            post.community.name,
            post.field.name,
            place.full_name,
            place.regency and place.regency.name,
            photo and (photo.pk, photo.alt),
            get_language(),
        )

    def __eq__(self, other):
        return self.key == other.key

    def __hash__(self):
        return hash(self.key)


@lru_cache(maxsize=MOST_CARDS)
def stored_card(shown):
    html = render_to_string("_card.html", {"post": shown.post})
    shown.post = None  # what is kept is the key and the words, not the row
    return html
