"""Double opt-in: whoever names an e-mail address is believed when a link sent to it comes back."""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Dispatch
from alerts.models import CONFIRM_DAYS, Subscriber, Subscription
from pages import limits

LINK = TimestampSigner(salt="confirm-following")
# An address that somebody else names again and again is written to no oftener.
MOST_LETTERS = 5
SAME_SECONDS = 600


def ask(email, choice, frequency):
    """Write to this e-mail address, whether it follows something already or not; to nobody who sees it here."""
    subscriber = Subscriber.objects.of_email(email)
    is_new = not subscriber.subscriptions.exists()
    subscription = subscriber.follow(choice, confirmed=False)
    if is_new:
        subscriber.change(frequency)
    if subscription.confirmed_at is None and is_time_to_write(subscription, email):
        write(subscription, email)


def is_time_to_write(subscription, email):
    """Whether no letter about this left just now, and not too many to this address within the hour."""
    name = sha256(email.lower().encode()).hexdigest()[:32]
    is_first = limits.take(f"follow:{subscription.pk}", 1, SAME_SECONDS)
    return is_first and limits.take(f"follow:{name}", MOST_LETTERS, limits.HOUR)


def write(subscription, email):
    with translation.override(settings.LANGUAGE_CODE):
        Dispatch.objects.write_to(
            email,
            _("Ketuk untuk mulai mengikuti %(what)s") % {"what": subscription.label_for_strangers},
            _("Seseorang, semoga Anda, ingin menerima kabar ini lewat surel ini. Kalau bukan Anda, abaikan saja."),
            path=reverse("alerts:confirm", args=[LINK.sign(subscription.pk)]),
            urgency=Dispatch.Urgency.URGENT,
        )


def asked_for(token):
    """The subscription that a link was sent for.

    None for a link that is none, or too old, or no longer wanted, or about what was taken off the portal since.
    """
    try:
        pk = LINK.unsign(token, max_age=timedelta(days=CONFIRM_DAYS))
    except BadSignature:
        return None
    asked = Subscription.objects.for_list().select_related("subscriber").filter(pk=pk).first()
    return asked if asked and asked.is_there else None
