from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def icon(name):
    """A Lucide icon from the sprite; decoration only, the words beside it speak."""
    return drawn(static("icons.svg"), name)


@cache
def drawn(sprite, name):
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)
