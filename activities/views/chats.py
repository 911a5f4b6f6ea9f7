"""Where Telegram and WhatsApp tell what was written to the bots of the portal; each call proves whose it is."""

import hashlib
import hmac
import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.channels.telegram import TELEGRAM
from accounts.channels.whatsapp import WHATSAPP
from activities.chats import receiving, telegram, whatsapp
from activities.tasks import answer_chat

MOST_BYTES = 256 * 1024


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def telegram_webhook(request):
    if not (TELEGRAM.is_on() and settings.TELEGRAM_WEBHOOK_SECRET):
        raise Http404
    secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not constant_time_compare(secret, settings.TELEGRAM_WEBHOOK_SECRET):
        return HttpResponse(status=403)
    return taken(request, TELEGRAM, telegram.read)


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whatsapp_webhook(request):
    if not WHATSAPP.is_on():
        raise Http404
    if request.method != "POST":
        return challenge(request)
    if is_too_large(request):
        return HttpResponse(status=413)
    signed = hmac.new(settings.WHATSAPP_APP_SECRET.encode(), request.body, hashlib.sha256).hexdigest()
    if not constant_time_compare(request.headers.get("X-Hub-Signature-256", ""), f"sha256={signed}"):
        return HttpResponse(status=403)
    return taken(request, WHATSAPP, whatsapp.read)


def challenge(request):
    """Shows that this address is ours, when it is entered there."""
    token = request.GET.get("hub.verify_token", "")
    if request.GET.get("hub.mode") != "subscribe" or not constant_time_compare(token, settings.WHATSAPP_VERIFY_TOKEN):
        return HttpResponse(status=403)
    return HttpResponse(request.GET.get("hub.challenge", "")[:200], content_type="text/plain")


def taken(request, channel, read):
    """Kept before it is answered, and taken up by the worker; what is no call of theirs is a 400."""
    if is_too_large(request):
        return HttpResponse(status=413)
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return HttpResponse(status=400)
    with transaction.atomic():
        for pk in receiving.keep(channel, read(said)):
            answer_chat.enqueue(pk)
    return HttpResponse(status=200)


def is_too_large(request):
    return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
