"""E-mail: by the mail server of the settings, with a way to stop what is optional (RFC 8058)."""

from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.channels.channel import Channel, Refused, Unavailable

KEPT = ContextVar("kept", default=None)
# What a server says that closes the connection, RFC 5321.
CLOSING = 421


@contextmanager
def kept_open():
    """One connection for all that leaves meanwhile, opened when the first does."""
    mailer = mailers.default
    before = KEPT.set(mailer)
    try:
        yield
    finally:
        KEPT.reset(before)
        end(mailer)


def send(message, endpoint):
    try:
        hand_over(letter(message, endpoint.address))
    except (SMTPRecipientsRefused, ValueError) as error:  # this e-mail address takes no letters, or is none
        raise Refused from error
    except (OSError, SMTPException) as error:
        raise (Refused if is_about_the_letter(error) else Unavailable) from error


def hand_over(mail):
    """By the connection that is kept open, where one is; a server ends it when it likes, and is asked once more."""
    mailer = KEPT.get() or mailers.default
    was_open = KEPT.get() is not None and mailer.open() is False
    try:
        mailer.send_messages([mail])
    except (OSError, SMTPException) as error:
        if not (was_open and is_closed_by(error)):
            raise
        end(mailer)
        mailer.open()
        mailer.send_messages([mail])


def is_closed_by(error):
    if isinstance(error, SMTPResponseException):
        return error.smtp_code == CLOSING
    if isinstance(error, SMTPRecipientsRefused):
        return all(code == CLOSING for code, _words in error.recipients.values())
    return isinstance(error, SMTPServerDisconnected) or not isinstance(error, SMTPException)


def is_about_the_letter(error):
    """Whether the server answers, and will never take these words."""
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def end(mailer):
    with suppress(OSError, SMTPException):
        mailer.close()


def letter(message, email):
    """The e-mail; the same Message-ID however often it is tried."""
    headers = {"Message-ID": f"<{message.identity}@{urlsplit(settings.SITE_URL).hostname}>"}
    if message.stop_url:
        headers |= {"List-Unsubscribe": f"<{message.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    text = render_to_string("accounts/email/notice.txt", {"message": message})
    return EmailMessage(f"Portal KIM: {message.title}", text, to=[email], headers=headers)


EMAIL = Channel("email", _("surel"), send=send, session=kept_open, rings=False, keeps=timedelta(days=14))
