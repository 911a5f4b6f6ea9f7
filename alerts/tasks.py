"""What the tick runs for those who follow: each job is safe at any time, twice, and by several at once."""

from django.tasks import task

from alerts.digests import write_due
from alerts.matching import forget_announced, match_new
from alerts.models import Subscriber
from alerts.warnings import tell_of_warnings
from pages.ticking import HOUR, at_each_tick, every


@at_each_tick
@task
def tell_followers():
    """Tell of warnings, put what is new before those who follow it, and write the messages that are due."""
    return tell_of_warnings(), match_new(), write_due()


@every(HOUR)
@task
def forget():
    """Let go of those who never confirmed, and of what is no news any more."""
    Subscriber.objects.forget_unconfirmed()
    forget_announced()
