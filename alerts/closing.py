"""Whoever closes their account follows nothing any more."""

from accounts.closing import with_the_account
from alerts.models import Subscriber


@with_the_account
def subscriptions(user, *, with_comments):
    Subscriber.objects.filter(user=user).delete()
