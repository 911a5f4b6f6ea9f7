"""How the copies of a stored photo are handed out; a name that is none of theirs is a 404."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control

from pages.bucket import carried

FOREVER = {"public": True, "max_age": 365 * 24 * 3600, "immutable": True}


def shown_elsewhere(view):
    """Lets pages of others show the picture that this view answers with, as readers of our feeds do."""

    @wraps(view)
    def shown(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return shown


def photo_answer(request, photo, name):
    """A copy of a StoredPhoto, for good; the smallest to who saves data."""
    if name in photo.LARGE_NAMES and saves_data(request):
        response = private_photo_answer(photo, photo.SMALLEST_NAME)
        if response.streaming:  # its ETag is made of all of it
            response = HttpResponse(b"".join(response), content_type=response["Content-Type"])
        # Kept, and asked for again by its ETag: who stops saving sees the large copy at once.
        patch_cache_control(response, private=True, no_cache=True)
        return response
    response = private_photo_answer(photo, name)
    # Browsers may keep it for good; shared caches ask again, so that a hidden photo is gone at once.
    patch_cache_control(response, **FOREVER, s_maxage=0)
    return response


def private_photo_answer(photo, name):
    """A copy for who may see the photo before everyone may, or when nobody else may; nobody keeps it."""
    if name not in photo.NAMES:
        raise Http404
    return carried(photo.path(name), type_of(name))


def type_of(name):
    return "image/jpeg" if name.endswith(".jpg") else "image/webp"


def saves_data(request):
    """As chosen here, or else in the browser; whoever opens a photo by itself wants to see it."""
    chosen = request.COOKIES.get("hemat") or request.headers.get("Save-Data")
    return chosen == "on" and request.headers.get("Sec-Fetch-Dest") != "document"
