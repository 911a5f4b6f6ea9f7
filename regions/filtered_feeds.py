"""What a feed of a filtered list answers where the choice is not understood."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from regions.filters import UNFINISHED

KNOWN = _("Yang ada: %(known)s.")
SENTENCE = "text/plain; charset=utf-8"


def question(chosen):
    """Nobody looks on who could choose: what is not understood is refused, and told to who looks why nothing comes.

    None where there is nothing to ask.
    """
    if not (chosen.is_asking or chosen.repeated_beside or chosen.unheeded):
        return None
    if chosen.is_asking and chosen.is_unfinished:
        return unfinished()
    lines = [*chosen.repeated_beside, *chosen.unheeded]
    if chosen.unheeded:
        lines.append(str(KNOWN) % {"known": ", ".join(chosen.base_filters)})
    if chosen.is_asking:
        lines += [*chosen.refusals, *(f"?wilayah={place.code}  {place.long_name}" for place in chosen.offered)]
    return HttpResponse("\n".join(lines), status=HTTPStatus.BAD_REQUEST, content_type=SENTENCE)


def feed_of_choice(chosen, view, **of):
    """What the feed `of` one thing answers to who narrows it besides: the way to that of all, narrowed by both.

    None where there is nothing chosen.
    """
    if refused := question(chosen):
        return refused
    return redirect(f"{reverse(view)}?{urlencode(of | chosen.chosen)}") if chosen.chosen else None


def unfinished():
    """A reader of feeds keeps what it has and asks again."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return HttpResponse(UNFINISHED, status=status, content_type=SENTENCE, headers={"Retry-After": "30"})
