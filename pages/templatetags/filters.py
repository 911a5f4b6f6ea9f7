"""The forms of filters. Each process keeps those with nothing to ask: choices seldom change, widgets are slow."""

from sys import getsizeof

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from pages.memory import Memory

register = template.Library()

LIFETIME = 300  # seconds until a new choice is offered
MOST_FORMS = 1_000_000  # bytes

_rendered = Memory(MOST_FORMS, seconds=LIFETIME, size=getsizeof)


@register.simple_tag
def filter_form(narrowed, clear):
    """`_filter.html` for the form of a ListFilter; `clear` is the URL without it."""
    html = rendered("_filter.html", narrowed, clear=clear)
    if unheeded := narrowed.unheeded:
        html = render_to_string("_unheeded.html", {"unheeded": unheeded}) + html
    return html


@register.simple_tag
def filter_fields(narrowed):
    """The fields of a ListFilter alone, for a form that holds more."""
    return rendered("_filter_fields.html", narrowed)


def rendered(name, narrowed, **others):
    if narrowed.is_asking:
        return render_to_string(name, {"form": narrowed.form, **others})
    key = (name, *narrowed.base_filters, *narrowed.chosen.items(), *others.values(), get_language())
    html = _rendered.get(key)
    if html is None:
        html = _rendered[key] = render_to_string(name, {"form": narrowed.form, **others})
    return html
