"""What other systems are told leaves: each message signed, once, and later again where it was not taken."""

import logging
import time
from contextlib import suppress

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import outside
from accounts.decisions import StepRefused
from accounts.models import WebhookMessage

GONE = 410
logger = logging.getLogger(__name__)
State = WebhookMessage.State


def send_due(seconds):
    """Send what is due for so many seconds at most: how many were taken.

    One that takes nothing holds up no other, and those that let us wait have what time the others leave.
    """
    end, silent, sent = time.monotonic() + seconds, set(), 0
    while time.monotonic() < end:
        # The row stays locked until the message was taken: two workers never send the same one.
        with transaction.atomic():
            message = WebhookMessage.objects.next(without=silent)
            if message is None:
                break
            if was_taken(message):
                sent += 1
            else:
                silent.add(message.webhook_id)
    return sent


def was_taken(message):
    """Send it, or note why not; what nobody foresaw of one message holds up no other."""
    with translation.override(settings.LANGUAGE_CODE):
        try:
            with transaction.atomic():
                return was_sent(message)
        except Exception:
            logger.exception("webhook message %s", message.pk)
            message.fail(_("Kiriman ini tidak dapat dikirim."))
            return False


def was_sent(message):
    body = message.body()
    if body is None:
        message.end(State.DROPPED)
        return True
    began = time.monotonic()
    try:
        status = outside.post(message.webhook.url, body, headers(message, body))
    except outside.NotReached as refusal:
        message.fail(str(refusal))
        return False
    finally:
        message.webhook.note_wait(time.monotonic() - began)
    answer = _("Server menjawab %(status)s.") % {"status": status}
    if 200 <= status < 300:
        message.end(State.SENT, answer)
        return True
    if status == GONE:
        message.end(State.FAILED, answer)
        with suppress(StepRefused):  # somebody was quicker
            message.webhook.switch_off()
    else:
        message.fail(answer)
    return False


def headers(message, body):
    seconds, identity = int(timezone.now().timestamp()), str(message)
    return {
        "content-type": "application/json",
        "content-length": str(len(body)),
        "user-agent": "Portal-KIM",
        "webhook-id": identity,
        "webhook-timestamp": str(seconds),
        "webhook-signature": message.webhook.signatures(identity, seconds, body),
    }
