"""How many notices a person has not read; for pages that know the person, never for public ones."""

from django import template

register = template.Library()

MOST = 99


def shown_number(user):
    """As it is shown: "99+" from a hundred on; empty for none, and for who is not signed in."""
    number = user.notices.unread()[: MOST + 1].count() if user.is_authenticated else 0
    return f"{MOST}+" if number > MOST else number or ""


@register.simple_tag(takes_context=True)
def unread_notices(context):
    """`shown_number` of who reads the page, asked once however often the page says it."""
    request = context["request"]
    if not hasattr(request, "unread_notices"):
        request.unread_notices = shown_number(request.user)
    return request.unread_notices
