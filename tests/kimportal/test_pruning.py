"""What the tick clears away, and what it leaves."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Session
from monitoring.tasks import fold_counts

pytestmark = pytest.mark.django_db


def age(**then):
    """The key of a job that is as old as this says."""
    job = fold_counts.enqueue().id
    DBTaskResult.objects.filter(pk=job).update(**then)
    return job


def rows(table, condition="true"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {condition}")  # noqa: S608
        return cursor.fetchone()[0]


def test_expired_sessions_end_and_others_stay(siti, joko):
    Client().force_login(siti)
    old = Session.objects.get()
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    Client().force_login(joko)

    call_command("tick")

    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(("alias", "table"), [("default", "cache_entries"), ("pages", "cache_pages")])
def test_expired_entries_of_the_cache_are_deleted_and_others_stay(alias, table):
    caches[alias].clear()  # tests with a server leave entries behind
    caches[alias].set("old", 1, -60)
    caches[alias].set("new", 1, 60)
    assert rows(table, "expires < now()") == 1

    call_command("tick")

    assert caches[alias].get("new") == 1
    assert rows(table, "expires < now()") == 0


def test_jobs_of_weeks_ago_are_forgotten_and_those_that_wait_are_not():
    long_ago = timezone.now() - timedelta(days=15)
    jobs = [
        age(status="SUCCESSFUL", started_at=long_ago, finished_at=long_ago),
        age(status="RUNNING", started_at=long_ago),  # its worker was lost
        age(status="SUCCESSFUL", started_at=timezone.now(), finished_at=timezone.now()),
        age(enqueued_at=long_ago),
    ]

    call_command("tick")  # which asks for jobs of its own as well

    left = DBTaskResult.objects.filter(pk__in=jobs)
    assert sorted(left.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]
