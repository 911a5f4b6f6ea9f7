"""Headers that every answer carries, and who may keep a copy of it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts import signed_out
from kimportal import errors
from pages import patience
from pages.cacheable import is_for_everyone
from pages.going_back import let_its_browser_keep
from pages.open_data.problems import NO_NUL, PROBLEM, TWICE, problem
from pages.typed import FILES_LOST

OPEN_DATA = "/api/v1/"
READ_FROM_ELSEWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PERMISSIONS_POLICY = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()"
# As short as a hidden post may stay; a reader who has the page already is sent an empty 304 (pages/page_store.py).
PUBLIC_SECONDS, STALE_SECONDS = 1, 1


def only_headers(get_response):
    """HEAD is answered as GET, without the body: Django leaves that to the server, and gunicorn warns of each."""

    def middleware(request):
        response = get_response(request)
        if request.method == "HEAD" and response.streaming:
            response.streaming_content = ()
        elif request.method == "HEAD":
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware


def security_headers(get_response):
    """Set the security headers that Django's SecurityMiddleware has no setting for."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.status_code != HTTPStatus.NOT_MODIFIED:  # the copy that is still good keeps its own
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def open_data(get_response):
    """Let the pages of any site read open data, which no cookie changes, and say in JSON what cannot be read."""

    def middleware(request):
        if not request.path_info.startswith(OPEN_DATA):
            return get_response(request)
        response = answer_open_data(request, get_response)
        if response.status_code >= 400 and response.get("Content-Type") != PROBLEM:
            response = as_problem(response)
        for name, value in READ_FROM_ELSEWHERE.items():
            response.headers[name] = value
        return response

    return middleware


def answer_open_data(request, get_response):
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if request.method in ("GET", "HEAD"):
        return refused_nul(request) or refused_twice(request) or as_get(request, get_response)
    refusal = problem(405)
    refusal.headers["Allow"] = READ_FROM_ELSEWHERE["Access-Control-Allow-Methods"]
    return refusal


def refused_nul(request):
    """A refusal where a parameter, or the name of one, holds a NUL: PostgreSQL would refuse to look for it."""
    for name, values in request.GET.lists():
        if "\0" in name or any("\0" in value for value in values):
            return problem(400, NO_NUL, name.replace("\0", ""))
    return None


def refused_twice(request):
    """A refusal where a parameter stands more than once: each is one thing, and nobody could tell which is meant.

    A program writes its URLs itself, so twice alike is a slip too; a page takes that (pages/said_once.py), for a form
    may send what was typed and what was chosen under one name.
    """
    for name, values in request.GET.lists():
        if len(values) > 1:
            return problem(400, TWICE, name[:40], name=name[:40])
    return None


def as_get(request, get_response):
    """HEAD is asked as GET, since django-ninja knows GET alone."""
    if request.method != "HEAD":
        return get_response(request)
    request.method = "GET"
    response = get_response(request)
    request.method = "HEAD"
    return response


def as_problem(response):
    """The same refusal as JSON, whoever made it."""
    other = problem(response.status_code)
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            other.headers[name] = response.headers[name]
    return other


def language(get_response):
    """Activate the language that the URL says. No cookie and no header is read, so one kept copy fits everyone."""

    def middleware(request):
        is_english = f"{request.path_info}/".startswith("/en/")
        with translation.override("en" if is_english else "id"):
            return get_response(request)

    return middleware


def no_nul(get_response):
    """No URL of ours holds a NUL; PostgreSQL refuses to look for one."""

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
    of time ("belum selesai") is not kept by anyone either. What a visitor's own browser may show again to who goes back
    is said by pages/going_back.py.
    """

    def middleware(request):
        patience.begin()
        response = get_response(request)
        if patience.ran_out():
            response.headers["Cache-Control"] = "private, no-store"
        if response.has_header("Cache-Control"):
            return response
        if getattr(response, "is_for_going_back", False):
            let_its_browser_keep(response)
        elif is_for_everyone(request, response):
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


class OnlyForReading:
    """Refuses what is sent to a page that is only read (pages/reading.py), before a form's token is asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, _view_args, _view_kwargs):
        if request.method in ("GET", "HEAD") or not getattr(view_func, "only_reads", False):
            return None
        sentence = _("Halaman ini hanya untuk dibaca; tidak ada yang dapat dikirim ke sini.")
        return HttpResponseNotAllowed(["GET", "HEAD"], sentence, content_type="text/plain; charset=utf-8")


def only_by_a_button(get_response):
    """Whoever opens a URL that only takes what is sent to it is led to the page it belongs to."""

    def middleware(request):
        response = get_response(request)
        is_refused = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        if not is_refused or request.method != "GET" or not request.accepts("text/html"):
            return response
        page = errors.only_by_a_button(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads to signing in first; what somebody typed who was signed out meanwhile is there afterwards.

    accounts/signed_out.py holds it and shows it at the URL it was meant for.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        is_private = getattr(view_func, "login_required", True) and request.user.is_authenticated
        is_shown_here = is_private and not getattr(view_func, "opens_with_what_was_held", False)
        if is_shown_here and (held := signed_out.taken(request)):
            if held["fields"] or not held["had_files"]:
                return signed_out.shown(request, held)
            messages.warning(request, FILES_LOST)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.method == "POST":
            signed_out.hold(request)
        return super().handle_no_permission(request, view_func)
