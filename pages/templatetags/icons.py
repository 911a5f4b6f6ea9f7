"""Icons of the one sprite that every page has, `static/icons.svg`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from pages.memory import forgettable

register = template.Library()

ICON = '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>'

_drawn = forgettable({})


@register.simple_tag
def icon(name):
    """A Lucide icon from the sprite; decoration only, the words beside it speak."""
    if name not in _drawn:
        _drawn[name] = format_html(ICON, static("icons.svg"), name)
    return _drawn[name]
