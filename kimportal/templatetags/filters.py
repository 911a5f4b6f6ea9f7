"""A filter's form above a list. Each process keeps the untouched ones: choices seldom change, widgets are slow."""

import time

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

register = template.Library()

KEPT = 300  # seconds until a new choice is offered

_rendered = {}


@register.simple_tag
def filter_form(form, clear):
    """`_filter.html` for the form of a filter; `clear` is the address without it."""
    if any(form.data.get(name) for name in form.fields) or not settings.CARD_STORE:
        return rendered(form, clear)
    key = (*form.fields, clear, get_language())
    until, html = _rendered.get(key, (0, ""))
    if until < time.monotonic():
        html = rendered(form, clear)
        _rendered[key] = (time.monotonic() + KEPT, html)
    return html


def rendered(form, clear):
    return render_to_string("_filter.html", {"form": form, "clear": clear})


def forget():
    _rendered.clear()
