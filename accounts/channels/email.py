"""E-mail: by the mail server of the settings, with a way to stop what is optional (RFC 8058)."""

from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.channels.channel import Channel, Refused, Unavailable


def send(message, endpoint):
    try:
        letter(message, endpoint.address).send()
    except (SMTPRecipientsRefused, ValueError) as error:  # this e-mail address takes no letters, or is none
        raise Refused from error
    except (OSError, SMTPException) as error:
        raise Unavailable from error


def letter(message, email):
    """The e-mail; the same Message-ID however often it is tried."""
    headers = {"Message-ID": f"<{message.identity}@{urlsplit(settings.SITE_URL).hostname}>"}
    if message.stop_url:
        headers |= {"List-Unsubscribe": f"<{message.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    text = render_to_string("accounts/email/notice.txt", {"message": message})
    return EmailMessage(f"Portal KIM: {message.title}", text, to=[email], headers=headers)


EMAIL = Channel("email", _("surel"), send=send, rings=False, keeps=timedelta(days=14))
