"""Forms that come twice with the same in them, by a double click or a lost line: which is the second, and nobody
else's doing.
"""

import hashlib

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

DONE_ALREADY = _("Langkah yang sama baru saja dilakukan, mungkin tombolnya terketuk dua kali.")


class Recently:
    """Whether a person sent the same to a URL within so many seconds; `what(request)` makes it the same."""

    def __init__(self, name, seconds, what):
        self.name, self.seconds, self.what = name, seconds, what

    def is_again(self, request):
        """Whether it came before; from now on it has. Of several at once only one is the first."""
        key = self.key_of(request)
        try:
            return bool(key) and not cache.add(key, True, self.seconds)
        except Exception:  # without a cache nobody can tell
            return False

    def forget(self, request):
        """It was refused: what is mended may be sent again."""
        key = self.key_of(request)
        try:
            if key:
                cache.delete(key)
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
