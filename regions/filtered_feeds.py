"""What a feed of a filtered list answers where the choice is not understood."""

from http import HTTPStatus

from django.http import HttpResponse

from regions.filters import UNFINISHED

SENTENCE = "text/plain; charset=utf-8"


def question(chosen):
    """Nobody looks on who could choose: what is not understood is refused, and told to who looks why nothing comes."""
    if chosen.is_unfinished:
        return unfinished()
    lines = [*chosen.refusals, *(f"?wilayah={place.code}  {place.long_name}" for place in chosen.offered)]
    return HttpResponse("\n".join(lines), status=HTTPStatus.BAD_REQUEST, content_type=SENTENCE)


def unfinished():
    """A reader of feeds keeps what it has and asks again."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return HttpResponse(UNFINISHED, status=status, content_type=SENTENCE, headers={"Retry-After": "30"})
