"""The warnings on top of a page; the only way by which templates come to them."""

from django import template

from bulletins.warnings_in_force import concerning, standing_at
from pages import freshness
from regions.models import INDONESIA
from regions.page_place import page_place

register = template.Library()

MOST = 3  # the others are one tap away


@register.inclusion_tag("bulletins/_warnings.html", takes_context=True)
def warnings(context):
    """Those of the place the page is about. The page is the same for everyone, and kept no longer than the next end."""
    request = context.get("request")
    place = page_place(request)
    return bounded(request, standing_at([place.code] if place else []), place)


@register.inclusion_tag("bulletins/_warnings.html", takes_context=True)
def place_warnings(context):
    """As above but for those of the whole country, where the page around this fragment shows them."""
    request = context["request"]
    place = page_place(request)
    found = [warning for warning in standing_at([place.code]) if INDONESIA not in warning.codes]
    return bounded(request, found, place)


@register.inclusion_tag("bulletins/_warnings.html", takes_context=True)
def own_warnings(context):
    """Those that concern the person, for pages that know who reads."""
    return shown(concerning(context["request"].user), context["reader_place"])


def bounded(request, found, place):
    for warning in found:
        freshness.keep_until(request, warning.ends_at)
    return shown(found, place)


def shown(found, place):
    return {"warnings": found[:MOST], "others": len(found[1:]), "more": len(found[MOST:]), "place": place}
