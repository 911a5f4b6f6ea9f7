"""The forms of filters. Each process keeps the untouched ones: choices seldom change, widgets are slow."""

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from pages.memory import Memory

register = template.Library()

LIFETIME = 300  # seconds until a new choice is offered
MOST_FORMS = 100

_rendered = Memory(MOST_FORMS, seconds=LIFETIME)


@register.simple_tag
def filter_form(form, clear):
    """`_filter.html` for the form of a filter; `clear` is the URL without it."""
    return rendered("_filter.html", form, clear=clear)


@register.simple_tag
def filter_fields(form):
    """The fields of a filter alone, for a form that holds more."""
    return rendered("_filter_fields.html", form)


def rendered(name, form, **others):
    if any(form.data.get(field) for field in form.fields):
        return render_to_string(name, {"form": form, **others})
    key = (name, *form.fields, *others.values(), get_language())
    html = _rendered.get(key)
    if html is None:
        html = _rendered[key] = render_to_string(name, {"form": form, **others})
    return html
