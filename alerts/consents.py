"""News of what one follows comes because one asked for it."""

from django.utils.translation import gettext_lazy as _

from accounts.consents import Purpose, earliest
from alerts.models import Subscriber, Subscription


def since(user):
    return earliest(Subscription.objects.confirmed().filter(subscriber__user=user), "confirmed_at")


def stop(user):
    Subscriber.objects.get(user=user).stop()


Purpose("kabar-diikuti", _("Kabar tentang yang saya ikuti"), since=since, take_back=stop, given_at="alerts:own")
