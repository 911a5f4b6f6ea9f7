"""One number for each request, by which its lines in the log are found again; errors show it to whoever met them."""

import re
import secrets
from contextvars import ContextVar

from django.conf import settings

HEADER = "X-Request-ID"
CODE_LENGTH = 8
GIVEN = re.compile(r"[0-9a-fA-F-]{8,64}")

current = ContextVar("request", default=None)


def request_ids(get_response):
    def middleware(request):
        request.id = given(request) or secrets.token_hex(16)
        current.set(request)
        response = get_response(request)
        response.headers[HEADER] = request.id
        return response

    return middleware


def given(request):
    """What a proxy of ours calls it; a visitor has no say."""
    word = request.headers.get(HEADER, "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return word.replace("-", "").lower() if GIVEN.fullmatch(word) else ""


def code():
    """What somebody can read out on the telephone; the lines of the log begin with it."""
    request = current.get()
    return request.id[:CODE_LENGTH] if request else ""
