"""A page that answers what was sent, and the browser of who goes back to it.

No browser asks for such a page again by itself: it shows the copy it kept, or an error of its own where it may keep
none. A visitor's own browser may. Of who is signed in no browser keeps anything, so the session holds the page, and a
URL of its own leads there.
"""

import base64
import secrets
import time
import zlib

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.cache import add_never_cache_headers, patch_cache_control

NAME = "kembali"
HELD = "answers"
MOST_HELD, SECONDS = 3, 3600
MOST_BYTES = 60_000  # of a page, compressed
NONCE = "_csp_nonce"
# Their pages show what opens an account: a key, or codes.
SECRETS = [
    *["mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"],
]


def kept_nowhere(view):
    """Mark a view whose answers nobody keeps, not even for who goes back: they tell where somebody is."""
    view.is_kept_nowhere = True
    return view


class GoingBack:
    """Gives each page that answers a POST a way back to it: see above."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST" and NAME in request.GET:
            taken_from_url(request)
        response = self.get_response(request)
        if request.method != "POST" or not is_page(response) or is_secret(request):
            return response
        if request.user.is_authenticated:
            return held(request, response) if by_a_browser(request) else response
        response.headers.pop("Cache-Control", None)  # of `never_cache`, which means what is asked for by a URL
        response.is_for_going_back = True
        return response

    def process_view(self, request, view, _args, _kwargs):
        """What is held under this URL, for the very person; to the page itself where it is held no longer."""
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            forget_old(request)
        if request.method not in ("GET", "HEAD") or NAME not in request.GET:
            return None
        key = taken_from_url(request)
        answer = shown_again(request, key) if request.user.is_authenticated else None
        answer = answer or HttpResponseRedirect(request.get_full_path())
        add_never_cache_headers(answer)
        return answer


def is_page(response):
    """Whether there is something to go back to: no file, no JSON, and no page of something that failed."""
    is_html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    is_answer = response.status_code < 500 and not response.has_header("Location")
    return is_html and is_answer and not response.has_header("Content-Disposition")


def is_secret(request):
    match = request.resolver_match
    return bool(match) and (match.url_name in SECRETS or hasattr(match.func, "is_kept_nowhere"))


def by_a_browser(request):
    """Whether the page is to be shown, and not read by a script."""
    is_shown = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return is_shown and "text/html" in request.headers.get("Accept", "")


def held(request, response):
    """Lead to the page, which the session holds for an hour; the page itself where it is too large for that."""
    page = zlib.compress(response.content)
    if len(page) > MOST_BYTES or hasattr(response, "_csp_config"):
        return response
    key, path = secrets.token_urlsafe(9), request.get_full_path()
    facts = {"user": str(request.user.pk), "path": path, "status": response.status_code, "at": time.time()}
    nonce = getattr(request, NONCE, None)  # false unless the page has it
    facts |= {"nonce": str(nonce) if nonce else "", "retry_after": response.get("Retry-After", "")}
    facts["page"] = base64.b85encode(page).decode()
    request.session[HELD] = dict([*still_held(request).items(), (key, facts)][-MOST_HELD:])
    answer = HttpResponseRedirect(f"{path}{'&' if '?' in path else '?'}{NAME}={key}")
    answer.cookies = response.cookies
    return answer


def forget_old(request):
    """So that a session does not carry them about."""
    if HELD in request.session and len(held_now := still_held(request)) < len(request.session[HELD]):
        request.session[HELD] = held_now


def still_held(request):
    now = time.time()
    return {key: facts for key, facts in request.session.get(HELD, {}).items() if 0 <= now - facts["at"] < SECONDS}


def shown_again(request, key):
    facts = still_held(request).get(key)
    if not facts or (facts["user"], facts["path"]) != (str(request.user.pk), request.get_full_path()):
        return None
    page = zlib.decompress(base64.b85decode(facts["page"])).decode()
    if facts["nonce"]:
        page = page.replace(facts["nonce"], str(getattr(request, NONCE)))
    answer = HttpResponse(page, status=facts["status"])
    if facts["retry_after"]:
        answer.headers["Retry-After"] = facts["retry_after"]
    return answer


def taken_from_url(request):
    """The name of the page, without which the view is asked."""
    key = request.GET[NAME]
    parts = request.META["QUERY_STRING"].split("&")
    request.META["QUERY_STRING"] = "&".join(part for part in parts if part.partition("=")[0] != NAME)
    request.GET = QueryDict(request.META["QUERY_STRING"], encoding=request.encoding)
    return key


def let_its_browser_keep(response):
    """Also when it has another cookie by then, such as the one that sending sets."""
    patch_cache_control(response, private=True, no_cache=True)
    varies = [name for name in response.get("Vary", "").split(", ") if name not in ("", "Cookie")]
    if varies:
        response.headers["Vary"] = ", ".join(varies)
    else:
        response.headers.pop("Vary", None)
