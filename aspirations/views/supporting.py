"""I want this too: one voice of each account or browser, which only the press of the button leaves a cookie in."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aspirations.models import Aspiration, Support
from pages import limits
from pages.from_elsewhere import is_from_elsewhere

COOKIE, SALT = "dukungan", "aspirations.support"
COOKIE_SECONDS = 365 * 24 * 3600
SECOND_CLICK_SECONDS = 3


# The page that offers the button is the same for everyone: it holds no token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def support(request, code):
    row = get_object_or_404(Aspiration.objects.public().for_page(), code=code)
    if request.method != "POST":
        return thanks(request, row)
    if is_from_elsewhere(request):
        return thanks(request, row, refusals=[_("Dukung dari halaman ini.")], status=403)
    if not limits.may_send(request):
        return limits.asked_to_wait(thanks(request, row, refusals=[limits.too_often(request)]))
    return counted(request, row)


def counted(request, row):
    """Add the voice, or take it back; whoever has no account gets a random word to be known by."""
    voice = voice_of(request) or {"device": new_device(request)}
    if "back" in request.POST:
        Support.objects.take_back(row, **voice)
    elif not row.is_over:
        Support.objects.add(row, **voice)
    response = redirect("aspirations:support", code=row.code)
    if "device" in voice:
        response.set_signed_cookie(
            COOKIE, voice["device"], salt=SALT, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def new_device(request):
    """A word for a browser that has none; a second click, which comes before the cookie of the first, gets the same."""
    told = repr((limits.client_ip(request), request.headers.get("User-Agent"), request.path))
    device = secrets.token_urlsafe(24)
    try:
        return cache.get_or_set(f"voice:{sha256(told.encode()).hexdigest()}", device, SECOND_CLICK_SECONDS)
    except Exception:  # without a cache nobody can tell
        return device


def thanks(request, row, *, refusals=(), status=200):
    voice = voice_of(request)
    has_voice = bool(voice) and row.supports.filter(**voice).exists()
    context = {"row": row, "has_voice": has_voice, "refusals": refusals}
    return render(request, "aspirations/support.html", context, status=status)


def voice_of(request):
    """By what this person's voice is known; empty for a browser that left none."""
    if request.user.is_authenticated:
        return {"user": request.user}
    device = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_SECONDS)
    return {"device": device} if device else {}
