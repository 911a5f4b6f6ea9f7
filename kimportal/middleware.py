"""Headers that every answer carries, and who may keep a copy of it."""

from http import HTTPStatus

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404
from django.utils import translation
from django.utils.cache import patch_cache_control

from pages import patience
from pages.keeping import is_for_everyone

PERMISSIONS_POLICY = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()"
# As short as a hidden post may stay; a reader who has the page already is sent an empty 304 (pages/page_store.py).
PUBLIC_SECONDS, STALE_SECONDS = 1, 1


def security_headers(get_response):
    """What SecurityMiddleware does not set."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.status_code != HTTPStatus.NOT_MODIFIED:  # the copy that is still good keeps its own
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def language(get_response):
    """The address alone says the language, never a cookie or the browser: one kept copy of a page fits everyone."""

    def middleware(request):
        is_english = f"{request.path_info}/".startswith("/en/")
        with translation.override("en" if is_english else "id"):
            return get_response(request)

    return middleware


def no_nul(get_response):
    """No address of ours holds a NUL; PostgreSQL refuses to look for one."""

    def middleware(request):
        if "\0" in request.path_info:
            raise Http404
        return get_response(request)

    return middleware


def cache_control(get_response):
    """Public pages may be kept by anyone; a page that knows the person, by nobody.

    That a page does not exist any more may be kept like the page: what answers it takes the place of the page.

    A page knows the person when it read the session (`Vary: Cookie`) or sets a cookie. A view that is not marked
    `@login_not_required` always counts as one, so a forgotten mark costs speed and never a leak. An answer that ran out
    of time ("belum selesai") is not kept by anyone either.
    """

    def middleware(request):
        patience.begin()
        response = get_response(request)
        if patience.ran_out():
            response.headers["Cache-Control"] = "private, no-store"
        if response.has_header("Cache-Control"):
            return response
        if is_for_everyone(request, response):
            patch_cache_control(
                response,
                public=True,
                max_age=PUBLIC_SECONDS,
                stale_while_revalidate=STALE_SECONDS,
            )
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads to signing in first; a view with `keep_typed` is told what somebody typed who was signed out meanwhile."""

    def handle_no_permission(self, request, view_func):
        keep_typed = getattr(view_func, "keep_typed", None)
        if keep_typed and request.method == "POST":
            keep_typed(request, **request.resolver_match.kwargs)
        return super().handle_no_permission(request, view_func)
