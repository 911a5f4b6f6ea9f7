"""What the tick runs: each job is safe at any time, twice, and by several at once."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from accounts.models import OfficerAssignment
from accounts.outbox import send_waiting


@task
def send_notices():
    """Mail what waits."""
    return send_waiting()


@task
def watch_vacancies():
    """Duties that ended by their date, without anyone clicking, raise the same alarm."""
    today = timezone.localdate()
    ended = OfficerAssignment.objects.filter(ends_on__range=(today - timedelta(days=30), today))
    for assignment in ended.select_related("user", "region__province", "region__regency"):
        assignment.alarm_if_vacant()
