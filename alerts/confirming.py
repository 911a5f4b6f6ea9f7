"""Double opt-in: whoever names an e-mail address is believed when a link sent to it comes back."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Dispatch
from alerts.models import CONFIRM_DAYS, Subscriber, Subscription
from alerts.schedule import Frequency
from pages import limits

LINK = TimestampSigner(salt="confirm-following")
SAME_SECONDS = 600


def ask(request, email, choice, frequency):
    """Write to this e-mail address, whether it follows something already or not; to nobody who sees it here."""
    with transaction.atomic():
        subscription = Subscriber.objects.of_email(email).follow(choice, confirmed=False)
        if subscription.confirmed_at is None and is_time_to_write(request, subscription, email):
            write(subscription, email, frequency)
        else:  # nothing is kept of what nobody is asked about
            transaction.set_rollback(True)


def is_time_to_write(request, subscription, email):
    """Whether no letter about this left just now, and not too many to this address today."""
    return limits.take(f"follow:{subscription.pk}", 1, SAME_SECONDS) and limits.may_write_to(request, email)


def write(subscription, email, frequency):
    """The link carries what was asked for: until its owner taps it, nothing of an address is anyone's to set."""
    with translation.override(settings.LANGUAGE_CODE):
        Dispatch.objects.write_to(
            email,
            _("Ketuk untuk mulai mengikuti %(what)s") % {"what": subscription.label_for_strangers},
            _("Seseorang, semoga Anda, ingin menerima kabar ini lewat surel ini. Kalau bukan Anda, abaikan saja."),
            path=reverse("alerts:confirm", args=[LINK.sign(f"{subscription.pk}-{frequency}")]),
            urgency=Dispatch.Urgency.URGENT,
        )


class Asked(NamedTuple):
    """What a link was sent for: the subscription, and how often its news are to come."""

    subscription: Subscription
    frequency: str

    def confirm(self):
        """Follow it; who follows nothing else is told as often as was asked. TooMany beyond what one may."""
        subscriber = self.subscription.subscriber
        is_first = not subscriber.subscriptions.confirmed().exists()
        self.subscription.confirm()
        if is_first and self.frequency in Frequency:
            subscriber.change(self.frequency)


def asked_for(token):
    """What a link was sent for.

    None for a link that is none, or too old, or no longer wanted, or about what was taken off the portal since.
    """
    try:
        pk, _dash, frequency = LINK.unsign(token, max_age=timedelta(days=CONFIRM_DAYS)).partition("-")
    except BadSignature:
        return None
    found = Subscription.objects.for_list().select_related("subscriber").filter(pk=pk).first()
    return Asked(found, frequency) if found and found.is_there else None
