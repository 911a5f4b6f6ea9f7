"""Forms that come twice with the same in them, by a double click or a lost line: which is the second, and nobody
else's doing. The second waits for what became of the first.
"""

import hashlib
import time
from http import HTTPStatus

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

DONE_ALREADY = _("Langkah yang sama baru saja dilakukan, mungkin tombolnya terketuk dua kali.")

UNDER_WAY, ANSWERED = "under way", "answered"
# How long the second of two waits for the answer to the first, and how often it looks, in seconds.
PATIENCE, GLANCE = 8, 0.1


def answered(get_response):
    """Let whoever sent the same meanwhile know that the first is answered; one that failed may be sent again."""

    def middleware(request):
        response = get_response(request)
        for recently in getattr(request, "firsts", ()):
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                recently.forget(request)
            else:
                recently.settle(request)
        return response

    return middleware


class Recently:
    """Whether a person sent the same to a URL within so many seconds; `what(request)` makes it the same."""

    def __init__(self, name, seconds, what):
        self.name, self.seconds, self.what = name, seconds, what

    def is_again(self, request):
        """Whether it came before; from now on it has. Of several at once only one is the first, and the others wait."""
        key = self.key_of(request)
        try:
            is_first = not key or self.becomes_first(key)
        except Exception:  # without a cache nobody can tell
            return False
        if key and is_first:
            request.firsts = [*getattr(request, "firsts", ()), self]
        return not is_first

    def becomes_first(self, key):
        """Whether nobody was before, or who was has been refused meanwhile."""
        until = time.monotonic() + PATIENCE
        while not cache.add(key, UNDER_WAY, self.seconds):
            if cache.get(key) == ANSWERED or time.monotonic() > until:
                return False
            time.sleep(GLANCE)
        return True

    def forget(self, request):
        """It was refused: what is mended may be sent again."""
        request.firsts = [recently for recently in getattr(request, "firsts", ()) if recently is not self]
        key = self.key_of(request)
        try:
            if key:
                cache.delete(key)
        except Exception:  # as above
            return

    def settle(self, request):
        """What became of it shows on the pages from now on."""
        try:
            cache.set(self.key_of(request), ANSWERED, self.seconds)
        except Exception:  # as above
            return

    def key_of(self, request):
        sent = self.what(request)
        told = repr((request.user.pk, request.path, sent))
        return sent and f"{self.name}:{hashlib.sha256(told.encode()).hexdigest()}"


def all_of(request):
    """What was sent, each file by its name and size; nothing without the token that each page has of its own."""
    files = [(name, file.name, file.size) for name, sent in sorted(request.FILES.lists()) for file in sent]
    return "csrfmiddlewaretoken" in request.POST and [sorted(request.POST.lists()), files]


# This very page with these very words. Whoever goes back to it and changes something sends something else.
SAME_PAGE = Recently("once", 300, all_of)
# These very words, of a page that holds many forms.
SAME_WORDS = Recently("twice", 600, lambda request: sorted(request.POST.lists()))
