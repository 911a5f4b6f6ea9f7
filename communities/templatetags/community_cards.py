from django import template
from django.utils.safestring import mark_safe

from communities.cards import cards_of

register = template.Library()


@register.simple_tag
def community_cards(rows):
    """The cards of rows of `CommunityQuerySet.card_rows()`, or of KIM from `for_cards()`, in their order."""
    return mark_safe("".join(cards_of(rows)))
