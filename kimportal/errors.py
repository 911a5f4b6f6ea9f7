"""The pages for what went wrong, in our design and in plain words."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from psycopg.errors import ForeignKeyViolation

from kimportal.logs import is_away
from kimportal.request_ids import code
from pages.reading import require_safe
from pages.typed import not_taken

# What Django does not read: a text of several megabytes, a thousand fields, a hundred files.
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception=None):
    if isinstance(exception, TOO_MUCH):
        return render(request, "413.html", status=413)
    return render(request, "400.html", {"code": code()}, status=400)


def csrf_failure(request, reason=""):
    """A form that was open too long, or cookies switched off: what was typed is shown, to be copied."""
    return render(request, "403_csrf.html", not_taken(request), status=403)


def permission_denied(request, exception=None):
    context = {"code": code(), "duty": ended_duty(request), **not_taken(request)}
    return render(request, "duty_ended.html" if context["duty"] else "403.html", context, status=403)


def not_found(request, exception=None):
    context = {"duty": ended_duty(request), **not_taken(request)}
    return render(request, "duty_ended.html" if context["duty"] else "404.html", context, status=404)


def ended_duty(request):
    """The duty of whoever is at the desk that ended meanwhile, or None."""
    is_at_desk = request.resolver_match and "admin" in request.resolver_match.app_names
    return request.user.ended_duty() if is_at_desk and request.user.is_authenticated else None


@require_safe
@login_not_required
@never_cache
def too_large(request):
    """What nginx did not even take (`client_max_body_size`); nothing of it is kept."""
    return render(request, "413.html", status=413)


def only_by_a_button(request):
    """A URL that takes what is sent to it and shows nothing: the page above it has the button."""
    return render(request, "405.html", {"page": page_above(request.path_info)}, status=405)


def page_above(path):
    """The nearest URL above this one that is there."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(path):
            return path
    return "/"


def too_busy(request):
    """The database did not answer a search in time."""
    return asking_again_later(render(request, "503.html", {"code": code()}, status=503))


def server_error(request):
    """Whatever went wrong; when it was the database or the files that are away, whoever asks again finds it mended."""
    # No context processors: whatever broke may be among them.
    error = sys.exception()
    if is_away(error):
        return asking_again_later(unavailable(request))
    if isinstance(error, IntegrityError) and isinstance(error.__cause__, ForeignKeyViolation):
        return taken_back(request)
    return render(None, "500.html", {"code": code(), **not_taken(request)}, status=500)


def taken_back(request):
    """What somebody was about to add to was taken back at that moment, such as a KIM of an import that was undone."""
    sentence = _("Yang Anda tuju baru saja ditarik petugas, jadi tidak ada yang tersimpan.")
    return said_to_script(request, sentence, 410) or render(None, "taken_back.html", not_taken(request), status=410)


def unavailable(request):
    """A page for who reads it; a sentence for a script, which keeps what it has and asks again."""
    sentence = _("Portal belum dapat dihubungi. Coba lagi sebentar lagi; yang sudah tersimpan tidak hilang.")
    if told := said_to_script(request, sentence, 503):
        return told
    return render(None, "unavailable.html", {"code": code(), **not_taken(request)}, status=503)


def said_to_script(request, sentence, status):
    """The sentence alone where a script asks; None for who reads pages."""
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    return None


def asking_again_later(response):
    response.headers["Retry-After"] = "30"
    return response
