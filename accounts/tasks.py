"""What the tick runs: each job is safe at any time, twice, and by several at once."""

from datetime import timedelta

from django.contrib.sessions.models import Session as FormerSession
from django.db import connection
from django.tasks import task
from django.utils import timezone

from accounts import retention
from accounts.edition_loading import load_upload, tell_difference
from accounts.models import ChatCode, EditionUpload, OfficerAssignment, PendingDecision, Reading, WebhookMessage
from accounts.outbox import send_waiting
from accounts.sessions import SessionStore
from accounts.webhook_sending import send_due
from pages.ticking import HOUR, MINUTE, at_each_tick, every

# Made by migrations; with Redis they stay empty.
CACHE_TABLES = ["cache_entries", "cache_pages"]
SENDING_SECONDS = 45
TELLING_SECONDS = 30


@at_each_tick
@task
def carry_out_decisions():
    """Do what officers decided and did not take back; first of all, so that what it tells leaves at once."""
    PendingDecision.objects.carry_out_due()


@at_each_tick
@task
def send_notices():
    """Send what waits, for most of a minute: the other jobs of the tick have their turn as well."""
    return send_waiting(SENDING_SECONDS)


@at_each_tick
@task
def tell_other_systems():
    """Send what other systems are to know, for half a minute."""
    return send_due(TELLING_SECONDS)


@every(HOUR)
@task
def watch_vacancies():
    """Duties that ended by their date, without anyone clicking, raise the same alarm."""
    today = timezone.localdate()
    ended = OfficerAssignment.objects.filter(ends_on__range=(today - timedelta(days=30), today))
    for assignment in ended.select_related("user", "region__province", "region__regency"):
        assignment.alarm_if_vacant()


@every(HOUR)
@task
def prune():
    """Delete what nobody can use any more: expired sessions, cache entries and codes."""
    SessionStore.clear_expired()
    # Those of a release that kept them elsewhere.
    FormerSession.objects.filter(expire_date__lt=timezone.now()).delete()
    with connection.cursor() as cursor:
        for table in CACHE_TABLES:
            cursor.execute(f"DELETE FROM {table} WHERE expires < now()")  # noqa: S608
    ChatCode.objects.forget_old()
    WebhookMessage.objects.forget_old()
    PendingDecision.objects.forget_old()
    Reading.objects.exclude(pk__in=Reading.objects.current().values("pk")).delete()


@every(HOUR)
@task
def forget_what_is_over():
    """Let go of what was kept for its term."""
    retention.carry_out()


@task
def compare_edition(pk):
    tell_difference(EditionUpload.objects.get(pk=pk))


@task
def load_edition(pk):
    load_upload(EditionUpload.objects.select_related("approved_by").get(pk=pk))


@every(5 * MINUTE)
@task
def resume_editions():
    """An edition whose worker was lost, or never came, is taken up again."""
    for upload in EditionUpload.objects.stuck():
        upload.start_again()
        (load_edition if upload.status == EditionUpload.Status.APPROVED else compare_edition).enqueue(upload.pk)
