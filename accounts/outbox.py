"""Notices leave by e-mail: each once, later when the mail server is away, with a way to stop what is optional."""

import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import MutedKind, Notice, User
from accounts.notices import NoticeKind

logger = logging.getLogger(__name__)

RETRY_MINUTES = [1, 5, 15, 60, 240]
STOP = Signer(salt="stop-notices")


def send_waiting():
    """Send what waits, oldest first, until nothing is left or the mail server does not answer: how many left."""
    sent = 0
    while True:
        # The row stays locked until the server took the message: two workers never send the same one.
        with transaction.atomic():
            notice = Notice.objects.waiting().select_for_update(skip_locked=True).order_by("pk").first()
            if notice is None:
                return sent
            try:
                message(notice).send()
            except (SMTPRecipientsRefused, ValueError):  # this e-mail address takes no letters, or is none
                later(notice)
            except (OSError, SMTPException):
                logger.warning("mail server unavailable, notices wait")
                later(notice)
                return sent
            else:
                Notice.objects.filter(pk=notice.pk).update(emailed_at=timezone.now())
                sent += 1


def later(notice):
    minutes = RETRY_MINUTES[min(notice.attempts, len(RETRY_MINUTES) - 1)]
    Notice.objects.filter(pk=notice.pk).update(
        attempts=notice.attempts + 1, retry_at=timezone.now() + timedelta(minutes=minutes)
    )


def url_of(notice):
    """Where the message leads: by the inbox, which then knows that it was read; without an account, straight there."""
    path = reverse("notice_open", args=[notice.pk]) if notice.user_id and notice.path else notice.path
    return settings.SITE_URL + path if path else ""


def message(notice):
    """The e-mail of a notice; the same Message-ID however often it is tried, so that a repetition shows as one."""
    stop = stop_url(notice) if notice.user_id and notice.may_be_muted else ""
    context = {"notice": notice, "url": url_of(notice), "stop": stop}
    headers = {"Message-ID": f"<kabar-{notice.pk}@{urlsplit(settings.SITE_URL).hostname}>"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    text = render_to_string("accounts/email/notice.txt", context)
    return EmailMessage(f"Portal KIM: {notice.title}", text, to=[notice.email], headers=headers)


def stop_url(notice):
    return settings.SITE_URL + reverse("notice_stop", args=[STOP.sign(f"{notice.user_id}-{notice.kind}")])


def stopped_by(token):
    """`(user, kind)` that a stop URL was made for, or None."""
    try:
        user, _dash, kind = STOP.unsign(token).partition("-")
    except BadSignature:
        return None
    user = User.objects.filter(pk=user, is_active=True).first()
    return (user, NoticeKind.named(kind)) if user and kind in NoticeKind.optional() else None


def mute(user, kind):
    MutedKind.objects.get_or_create(user=user, kind=kind)
    Notice.objects.filter(user=user, kind=kind, emailed_at=None).update(by_email=False)


def unmute(user, kind):
    MutedKind.objects.filter(user=user, kind=kind).delete()
