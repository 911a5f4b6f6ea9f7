"""A form of the desk that is sent twice, by a double click or by going back: the second is told so and does nothing."""

import hashlib

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

REMEMBERED_SECONDS = 300
DONE_ALREADY = _("Langkah yang sama baru saja dilakukan, mungkin tombolnya terketuk dua kali.")


def is_second(request):
    """Whether this very page was sent before; of several at once only one is the first."""
    key = key_of(request)
    return bool(key) and not cache.add(key, True, REMEMBERED_SECONDS)


def may_come_again(request):
    """It was refused: what is mended may be sent."""
    if key := key_of(request):
        cache.delete(key)


def key_of(request):
    """What tells one sending of a form from any other: the token that its page was given."""
    token = request.POST.get("csrfmiddlewaretoken")
    return token and f"once:{hashlib.sha256(f'{request.user.pk} {request.path} {token}'.encode()).hexdigest()}"
