"""Whole public pages, kept until what they show changes or they grow old, and answered without touching a view.

Only a page that its view declared (`pages.freshness.follow`), that everyone may keep, and that sets no cookie is
ever stored; what one person sees never meets this store. Each process holds the pages it used last, and all share
those in Django's cache. A page carries an ETag, so that a reader who has it already is sent nothing.
"""

import hashlib
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from pages import edge, freshness
from pages.cacheable import is_for_everyone
from pages.memory import Memory
from pages.row_urls import page_url

type View = Callable[[HttpRequest], HttpResponseBase]

# Of what a process holds, in bytes: some hundred pages as they are sent, and none of those that fill whole files.
MOST_LOCAL, LARGEST_LOCAL = 3_000_000, 100_000
LONGEST_URL = 300
LONGEST_WAIT = 2  # seconds


@dataclass(frozen=True)
class StoredPage:
    """An answer as it was sent, and the stamps of what it shows."""

    until: float
    followed: dict[str, str]
    headers: dict[str, str]
    content: bytes
    view: str = ""
    ends_at: float = math.inf

    @property
    def is_fresh(self) -> bool:
        # One that is to be kept for longer than any was stored by a clock that ran ahead.
        seconds = self.until - time.time()
        return 0 < seconds <= freshness.MOST_SECONDS and freshness.stamps(self.followed) == self.followed

    def response(self, request: HttpRequest) -> HttpResponseBase:
        response = HttpResponse(self.content, headers=self.headers)
        return get_conditional_response(request, etag=self.headers["ETag"], response=response) or response


_local: Memory[str, StoredPage] = Memory(MOST_LOCAL, size=lambda page: len(page.content))
# {key of a kept page that grew old: what is set once a thread of this process has made it anew}
_renewed: dict[str, threading.Event] = {}


def page_store(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if key in _renewed:
            wait_for_another(key)
        with freshness.one_page():
            return answer(request, key)

    def answer(request: HttpRequest, key: str | None) -> HttpResponseBase:
        if not key:
            return get_response(request)
        request.get_host()  # a name that is not ours gets no page, stored or not
        page, is_known = find(key)
        if page:
            request.kept_view = page.view  # type: ignore[attr-defined]
            return edge.address(page.response(request), page.followed, page.ends_at)
        if is_known:
            with renewing(key):
                return made_anew(request, key)
        return made_anew(request, key)

    def made_anew(request: HttpRequest, key: str) -> HttpResponseBase:
        response = get_response(request)
        followed = getattr(request, "followed", None)
        if followed is None or response.status_code != 200 or not isinstance(response, HttpResponse):
            return response
        if is_for_everyone(request, response):
            view = request.resolver_match.view_name if request.resolver_match else ""
            ends_at = getattr(request, "kept_until", math.inf)
            store(key, followed, response, ends_at, view)
            return edge.address(response, followed, ends_at)
        return response

    return middleware


def key_of(request: HttpRequest) -> str | None:
    """None for what is never stored: other methods than GET, very long URLs, the desk, and everything when off."""
    url = request.get_full_path()
    if not settings.PAGE_STORE or request.method != "GET" or len(url) > LONGEST_URL:
        return None
    if request.path.startswith(page_url("admin:index")):
        return None
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    return "page:" + hashlib.sha256(f"{settings.SITE_URL}{url} {zipped}".encode()).hexdigest()


def find(key: str) -> tuple[StoredPage | None, bool]:
    """The page, if one that was kept is as new as its topics; and whether any was kept, be it old."""
    page, is_known = _local.get(key), False
    if page is None or not page.is_fresh:
        page, is_known = find_shared(key), page is not None
        if page is None or not page.is_fresh:
            return None, is_known or page is not None
        hold(key, page)
    return page, True


def wait_for_another(key: str) -> None:
    """A page that many ask for grows old for all of them at once, and one of them makes it anew.

    What they find afterwards is as new as if they had come then; where nothing was kept after all, each makes its own.
    """
    if other := _renewed.get(key):
        other.wait(LONGEST_WAIT)


@contextmanager
def renewing(key: str) -> Iterator[None]:
    own = threading.Event()
    try:
        _renewed.setdefault(key, own)
        yield
    finally:
        if _renewed.get(key) is own:
            del _renewed[key]
        own.set()


def find_shared(key: str) -> StoredPage | None:
    try:
        return caches["pages"].get(key)
    except Exception:  # it is away, or has what nobody can read any more
        return None


def hold(key: str, page: StoredPage) -> None:
    if len(page.content) <= LARGEST_LOCAL:
        _local[key] = page


def store(key: str, followed: dict[str, str], response: HttpResponse, ends_at: float, view: str = "") -> None:
    """Keep it for as long as any page, and never past `ends_at`, in seconds of the clock."""
    if not response.has_header("ETag"):
        response.headers["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    until = min(ends_at, time.time() + freshness.MOST_SECONDS)
    page = StoredPage(until, followed, dict(response.headers), response.content, view, ends_at)
    hold(key, page)
    with suppress(Exception):  # as above; the process has the page
        caches["pages"].set(key, page, freshness.MOST_SECONDS)
