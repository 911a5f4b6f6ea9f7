"""How many notices a person has not read; for pages that know the person, never for public ones."""

from django import template

register = template.Library()

MOST = 99


@register.simple_tag(takes_context=True)
def unread_notices(context):
    """The number as it is shown, "99+" from a hundred on; empty for none, and for who is not signed in."""
    user = context["request"].user
    number = user.notices.unread()[: MOST + 1].count() if user.is_authenticated else 0
    return f"{MOST}+" if number > MOST else number or ""
