"""What the worker does for bulletins, and what the calendar does to them."""

from datetime import date, timedelta

from django.tasks import task
from django.utils import timezone

from accounts.lifecycle import StepRefused
from bulletins import sending
from bulletins.models import Bulletin, FollowUp
from pages.ticking import MINUTE, every
from regions.models import Region

# A worker that brings a bulletin along says so more often than this.
PATIENCE = timedelta(minutes=2)


@task
def deliver(pk):
    sending.deliver(pk)


@task
def follow_up(pk):
    sending.follow_up(pk)


@task
def remind(pk, day, region):
    """`day` as an ISO date, `region` a key or None for all."""
    sending.remind(pk, date.fromisoformat(day), region and Region.objects.get(pk=region))


@every(MINUTE)
@task
def send_scheduled():
    """Send what is due; what ended before it could be sent is not sent any more."""
    for bulletin in Bulletin.objects.due():
        try:
            if bulletin.is_over:
                bulletin.miss()
            else:
                bulletin.send_on_time()
                deliver.enqueue(bulletin.pk)
        except StepRefused:  # an officer was quicker
            continue


@every(MINUTE)
@task
def close_ended():
    """Close what is over."""
    for bulletin in Bulletin.objects.over():
        try:
            bulletin.expire()
        except StepRefused:  # as above
            continue


@every(MINUTE)
@task
def resume_sending():
    """What a lost worker left, or never began, is taken up again."""
    silent = timezone.now() - PATIENCE
    for pk in Bulletin.objects.undelivered().filter(updated_at__lt=silent).values_list("pk", flat=True):
        deliver.enqueue(pk)
    for pk in FollowUp.objects.filter(told_at=None, touched_at__lt=silent).values_list("pk", flat=True):
        follow_up.enqueue(pk)
