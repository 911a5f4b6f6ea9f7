"""What the portal does, in numbers for Prometheus: `/metrics`, for programs on this machine and nobody else.

Each worker of gunicorn counts in a file of its own (gunicorn.conf.py), and whichever is asked adds them up. Labels are
names of our code, never what anybody typed or who it was. With METRICS off nothing is counted.
"""

import atexit
import ipaddress
import os
import threading
import time
from collections import Counter as Counts
from collections import deque
from contextlib import suppress
from functools import cache

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import Count, Min
from django.http import HttpResponse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess, values
from prometheus_client.metrics_core import GaugeMetricFamily

from accounts.models import Dispatch
from activities.models import FlaggedItem, Post
from aspirations.models import Aspiration
from communities.models import Community
from kimportal import health
from monitoring.models import CountChange
from pages.caches import answers
from pages.models import Purge

PATH = "/metrics"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Whoever comes by way of another has one of these, whatever it says.
PASSED_ON = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Forwarded", "Via"]
SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
# In seconds: how often a worker counts what it did, and how long the database may count what waits.
PAUSE, PATIENCE = 1, 2

if "KIM_WORKER" in os.environ:  # a worker of gunicorn.conf.py goes on in the files of the one whose place it took
    slot = os.environ["KIM_WORKER"]
    values.ValueClass = values.MultiProcessValue(lambda: slot)

REQUESTS = Counter("kim_requests", "Answers, by view and status.", ["view", "status"])
REQUEST_SECONDS = Histogram("kim_request_seconds", "Until an answer began, by view.", ["view"], buckets=SECONDS)
DATABASE_SECONDS = Counter("kim_database_seconds", "Waited for the database, by view.", ["view"])
DATABASE_QUERIES = Counter("kim_database_queries", "Asked of the database, by view.", ["view"])
KEPT_PAGES = Counter("kim_kept_pages", "Answers that were kept pages.")
CACHE_ANSWERS = Counter("kim_cache_answers", "What the shared cache was asked for, and had.", ["cache", "answer"])
POOL = Gauge("kim_pool_connections", "Of the pools of all workers.", ["state"], multiprocess_mode="livesum")
POOL_ERRORS = Counter("kim_pool_errors", "Requests that got no connection in time.")


class DatabaseClock(threading.local):
    """How long this thread waited for the database, and how often."""

    seconds, queries = 0.0, 0

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += 1

    def begin(self):
        self.seconds, self.queries = 0.0, 0

    def attend(self, connection, **kwargs):
        """To every connection that is opened, once."""
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)


clock = DatabaseClock()
# What requests noted, until it is counted: a request does no more than that, for counting costs more than it may.
_noted = deque()


def measured(get_response):
    """The outermost middleware: notes every answer, and gives the numbers to whoever may read them."""
    if not settings.METRICS:
        raise MiddlewareNotUsed
    connection_created.connect(clock.attend)
    go_on_counting()

    def middleware(request):
        if request.path_info == PATH and is_from_here(request):
            return tell()
        clock.begin()
        began = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - began
        _noted.append((view_of(request), response.status_code, seconds, clock.seconds, clock.queries))
        return response

    return middleware


@cache
def go_on_counting():
    """One thread of each process counts what was noted, and the rest when the process ends."""
    threading.Thread(target=keep_counting, daemon=True, name="metrics").start()
    atexit.register(count)


def keep_counting():
    while True:
        time.sleep(PAUSE)
        with suppress(Exception):  # a full disk, say: requests go on, and so does the next second
            count()


def is_from_here(request):
    """Asked by a program on this machine, for itself."""
    with suppress(ValueError):
        peer = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
        return peer.is_loopback and not any(name in request.headers for name in PASSED_ON)
    return False


def view_of(request):
    """The name of the view; a kept page tells that of its own, for its URL was not even looked up."""
    if match := request.resolver_match:
        return match.view_name
    if (view := getattr(request, "kept_view", None)) is not None:
        return (view,)
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def count():
    with suppress(IndexError):
        while True:
            count_request(*_noted.popleft())
    count_process()


def count_request(view, status, seconds, waited, queries):
    if isinstance(view, tuple):
        KEPT_PAGES.inc()
        (view,) = view
    REQUESTS.labels(view, status).inc()
    REQUEST_SECONDS.labels(view).observe(seconds)
    if queries:
        DATABASE_SECONDS.labels(view).inc(waited)
        DATABASE_QUERIES.labels(view).inc(queries)


class Process:
    """What this process told last of what it did."""

    answers, pool_errors = Counts(), 0


def count_process():
    told, Process.answers = Process.answers, Counts(answers)
    for (cache_name, answer), number in (Process.answers - told).items():
        CACHE_ANSWERS.labels(cache_name, answer).inc(number)
    if pool := connection.pool:
        stats = pool.get_stats()
        POOL.labels("open").set(stats["pool_size"])
        POOL.labels("idle").set(stats["pool_available"])
        POOL.labels("waiting").set(stats.get("requests_waiting", 0))
        errors, told = stats.get("requests_errors", 0), Process.pool_errors
        POOL_ERRORS.inc(max(0, errors - told))
        Process.pool_errors = errors


def tell():
    count()
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(registry)
        counted = generate_latest(registry)
    else:
        counted = generate_latest()
    state = CollectorRegistry()
    state.register(State())
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(counted + generate_latest(state), content_type=CONTENT_TYPE, headers=headers)


# What waits, as the database has it -----------------------------------------------------------------------------------

QUEUES = {
    "communities": (lambda: Community.objects.filter(status=Community.Status.SUBMITTED), "submitted_at"),
    "posts": (lambda: Post.objects.waiting(), "created_at"),
    "reports": (lambda: FlaggedItem.objects.waiting(), "opened_at"),
    "aspirations": (lambda: Aspiration.objects.going_on(), "created_at"),
    "overdue aspirations": (lambda: Aspiration.objects.overdue(), "created_at"),
    "jobs": (lambda: DBTaskResult.objects.ready(), "enqueued_at"),
    "jobs at work": (lambda: DBTaskResult.objects.running(), "started_at"),
    "failed jobs": (lambda: DBTaskResult.objects.failed(), "finished_at"),
    "purges": (lambda: Purge.objects.filter(is_sent=False), "made_at"),
}
CONNECTIONS = "SELECT sum(numbackends), current_setting('max_connections')::int FROM pg_stat_database"
# Known to a role of pg_monitor alone.
LAG = "SELECT application_name, extract(epoch FROM replay_lag) FROM pg_stat_replication WHERE replay_lag IS NOT NULL"


class State:
    """Read when it is asked for; where the database is away, all but that it is."""

    def collect(self):
        ready = GaugeMetricFamily("kim_ready", "Whether what the portal needs answers.", labels=["part"])
        for part, ask in health.NEEDED.items():
            ready.add_metric([part], health.answers(ask))
        yield ready
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
                yield from [*queues(), *mail(), *of_server(cursor)]
        except DatabaseError:
            return


def queues():
    length = GaugeMetricFamily("kim_queue_length", "What waits for somebody, or for the worker.", labels=["queue"])
    oldest = GaugeMetricFamily("kim_queue_oldest_seconds", "How long the oldest waits.", labels=["queue"])
    for queue, (rows, since) in QUEUES.items():
        facts = rows().order_by().aggregate(number=Count("pk"), since=Min(since))
        length.add_metric([queue], facts["number"])
        oldest.add_metric([queue], age(facts["since"]))
    length.add_metric(["changes to count"], CountChange.objects.count())
    return length, oldest


def mail():
    length = GaugeMetricFamily("kim_outbox_length", "Messages that may leave now, by channel.", labels=["channel"])
    oldest = GaugeMetricFamily("kim_outbox_oldest_seconds", "For how long the oldest may.", labels=["channel"])
    waiting = Dispatch.objects.waiting().order_by().values("channel").annotate(number=Count("pk"), since=Min("due_at"))
    found = {row["channel"]: row for row in waiting}
    for channel in {"email", *found}:
        row = found.get(channel, {"number": 0, "since": None})
        length.add_metric([channel], row["number"])
        oldest.add_metric([channel], age(row["since"]))
    return length, oldest


def of_server(cursor):
    connections = GaugeMetricFamily(
        "kim_database_connections", "Of the whole server, and how many it takes.", labels=["state"]
    )
    cursor.execute(CONNECTIONS)
    for state, number in zip(["open", "most"], cursor.fetchone(), strict=True):
        connections.add_metric([state], number)
    lag = GaugeMetricFamily("kim_replication_lag_seconds", "Of each replica of PostgreSQL.", labels=["replica"])
    cursor.execute(LAG)
    for replica, seconds in cursor.fetchall():
        lag.add_metric([replica], float(seconds))
    return connections, lag


def age(since):
    return max(0, (timezone.now() - since).total_seconds()) if since else 0
