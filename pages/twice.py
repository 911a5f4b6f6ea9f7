"""Two clicks on one button send the same twice: the second is answered like the first, and is nobody else's doing."""

import hashlib

from django.core.cache import cache

SECONDS = 600


def is_again(request):
    """Whether this person sent exactly this a moment ago; from now on they have."""
    try:
        return not cache.add(key_of(request), True, SECONDS)
    except Exception:  # without a cache nobody can tell
        return False


def forget(request):
    """It was refused: what is mended may be sent again."""
    try:
        cache.delete(key_of(request))
    except Exception:  # as above
        return


def key_of(request):
    sent = sorted(request.POST.lists())
    return f"twice:{hashlib.sha256(repr((request.user.pk, request.path, sent)).encode()).hexdigest()}"
