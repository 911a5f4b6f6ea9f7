"""A form that is shown again with what was typed, and the browser of who goes back to it.

Without a script that page is the answer to a POST, which no browser asks for again by itself: it shows the copy it
kept, or an error where it may keep none.
"""

from functools import wraps

from django.utils.cache import add_never_cache_headers, patch_cache_control


def kept_for_going_back(view):
    """In place of `never_cache`, for a form that anyone may send: a visitor's own browser keeps the page that shows it
    again, for who goes back to it alone. Nothing else is kept, and of who is signed in nothing at all.
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.has_header("Location")
        if request.method == "POST" and is_page and not request.user.is_authenticated:
            response.is_for_going_back = True
        else:
            add_never_cache_headers(response)
        return response

    return wrapped


def let_its_browser_keep(response):
    """Also when it has another cookie by then, such as the one that sending sets."""
    patch_cache_control(response, private=True, no_cache=True)
    varies = [name for name in response.get("Vary", "").split(", ") if name not in ("", "Cookie")]
    if varies:
        response.headers["Vary"] = ", ".join(varies)
    else:
        response.headers.pop("Vary", None)
