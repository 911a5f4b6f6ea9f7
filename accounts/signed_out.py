"""What somebody typed whose session had ended: held while they sign in again, then shown to be sent on.

It is held in the session of the browser for one person alone: the one whom the form names as its `writer`, or who
signed in last on this device. Passwords and files are not held.
"""

from django.http import QueryDict
from django.shortcuts import render

from accounts import devices
from pages import limits
from pages.kept_forms import wants_json
from pages.typed import FILES_LOST, fields_of, is_worth_showing

HELD = "unsent"
MOST_HELD = 200_000  # letters of a session
MOST_FIELDS = 300


def hold(request):
    """Hold what this POST brought; nothing of a script, of a page of passwords and codes, or of nobody known."""
    writer, fields = request.POST.get("writer") or devices.newest(request), fields_of(request)
    if not (writer and is_form(request) and is_small(fields) and limits.may_send(request)):
        return
    facts = {"path": request.get_full_path(), "writer": writer, "fields": fields, "had_files": bool(request.FILES)}
    request.session[HELD] = facts


def is_form(request):
    is_allauths = (request.resolver_match.url_name or "").startswith(("account_", "mfa_"))
    is_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and "HX-Request" not in request.headers
    return not is_allauths and is_page and not wants_json(request)


def is_small(fields):
    return len(fields) <= MOST_FIELDS and sum(len(name) + len(text) for name, text in fields) <= MOST_HELD


def taken(request):
    """What was held for this page and this person, once, with `typed` as a form takes it; or None."""
    held = request.session.get(HELD)
    if not held or request.method != "GET" or held["path"] != request.get_full_path():
        return None
    del request.session[HELD]
    if held["writer"] not in (str(request.user.pk), devices.mark(request.user.email)):
        return None
    return held | {"typed": typed_in(held["fields"])}


def typed_in(fields):
    typed = QueryDict(mutable=True)
    for name, text in fields:
        typed.appendlist(name, text)
    return typed


def opens_with_it(view):
    """Mark a view whose own page takes what was held; for all others `shown` stands at their URL."""
    view.opens_with_what_was_held = True
    return view


def shown(request, held):
    """The texts to be read, changed or copied, and one button that sends all of it as it was meant to be."""
    files_lost = FILES_LOST if held["had_files"] else ""
    texts = [(name, text) for name, text in held["fields"] if is_worth_showing(text)]
    others = [(name, text) for name, text in held["fields"] if not is_worth_showing(text)]
    context = held | {"texts": texts, "others": others, "files_lost": files_lost}
    return render(request, "accounts/signed_out.html", context)
