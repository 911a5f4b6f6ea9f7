"""What is counted, for whom, and that no number says who somebody is."""

import runpy
from types import SimpleNamespace

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from accounts.models import Dispatch
from kimportal import health, metrics


@pytest.fixture
def counting(settings, monkeypatch):
    monkeypatch.setattr(metrics, "go_on_counting", lambda: None)  # its thread would outlive the test
    settings.METRICS = True
    settings.MIDDLEWARE = ["kimportal.metrics.measured", *settings.MIDDLEWARE]
    yield
    connection_created.disconnect(metrics.clock.attend)
    if metrics.clock in connection.execute_wrappers:
        connection.execute_wrappers.remove(metrics.clock)


def told():
    """{(name, labels): value} of what /metrics says to this machine."""
    text = Client().get("/metrics").content.decode()
    families = text_string_to_metric_families(text)
    return {(s.name, *sorted(s.labels.items())): s.value for family in families for s in family.samples}


def test_without_the_setting_nothing_is_counted_and_nothing_is_told(db):
    with pytest.raises(MiddlewareNotUsed):
        metrics.measured(None)
    assert Client().get("/metrics").status_code == 404


def test_an_answer_counts_by_view_and_status(db, counting, places):
    metrics.clock.attend(connection)  # in a test the connection is there before
    of_home = ("kim_requests_total", ("status", "200"), ("view", "home"))
    before = told()

    Client().get("/?dari=siti@contoh.id")
    Client().get("/en/")
    Client().get("/081234567890/")

    after = told()
    assert after[of_home] == before.get(of_home, 0) + 2
    assert after["kim_requests_total", ("status", "404"), ("view", "none")] >= 1
    for name in ("kim_request_seconds_count", "kim_database_queries_total", "kim_database_seconds_total"):
        assert after[name, ("view", "home")] > before.get((name, ("view", "home")), 0)
    assert not [key for key in after if "siti" in str(key) or "0812" in str(key)]


def test_a_kept_page_counts_for_its_view(db, counting, settings, places):
    settings.PAGE_STORE = True
    before = told()

    for _time in range(2):
        Client().get("/")

    of_home = ("kim_requests_total", ("status", "200"), ("view", "home"))
    assert told()[of_home] == before.get(of_home, 0) + 2
    assert told()[("kim_kept_pages_total",)] == before.get(("kim_kept_pages_total",), 0) + 1


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": ""},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"X-Forwarded-Proto": "https"}},
    ],
)
def test_whoever_is_not_on_this_machine_finds_no_page(db, counting, asked):
    assert Client().get("/metrics", **asked).status_code == 404
    assert Client().get("/metrics", REMOTE_ADDR="::1").status_code == 200


def test_what_waits_is_told_with_how_long(db, counting):
    Dispatch.objects.write_to("siti@contoh.id", "Undangan", "Selamat datang")

    state = told()

    assert state["kim_outbox_length", ("channel", "email")] == 1
    assert state["kim_outbox_oldest_seconds", ("channel", "email")] < 60
    assert state["kim_queue_length", ("queue", "posts")] == 0
    assert state["kim_ready", ("part", "database")] == 1
    assert state["kim_database_connections", ("state", "open")] >= 1


def test_with_the_database_away_that_is_what_is_told(db, counting, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(metrics, "queues", away)
    monkeypatch.setitem(health.NEEDED, "database", away)

    state = told()

    assert state["kim_ready", ("part", "database")] == 0
    assert not [name for name, *_labels in state if name.startswith("kim_queue")]


def test_what_the_shared_cache_had_is_counted(db, counting, monkeypatch):
    monkeypatch.setattr(metrics, "answers", metrics.Counts({("cache_pages", "hit"): 3}))
    monkeypatch.setattr(metrics.Process, "answers", metrics.Counts())

    assert told()["kim_cache_answers_total", ("answer", "hit"), ("cache", "cache_pages")] >= 3


def test_a_worker_takes_the_place_of_one_that_ended(monkeypatch, tmp_path):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    conf = runpy.run_path("gunicorn.conf.py")
    server = SimpleNamespace(WORKERS={})
    workers = [SimpleNamespace(pid=pid) for pid in range(4)]
    for pid, worker in enumerate(workers[:3]):
        conf["pre_fork"](server, worker)
        server.WORKERS[pid] = worker
    (tmp_path / "gauge_livesum_1.db").touch()
    (tmp_path / "counter_1.db").touch()

    conf["child_exit"](server, server.WORKERS.pop(1))
    conf["pre_fork"](server, workers[3])

    assert [worker.slot for worker in workers] == [0, 1, 2, 1]
    assert [path.name for path in tmp_path.iterdir()] == ["counter_1.db"]


def test_a_wrapper_counts_what_fails_too():
    metrics.clock.begin()

    def fail(*args):
        raise OperationalError

    with pytest.raises(OperationalError):
        metrics.clock(fail, "SELECT 1", (), False, {})

    assert metrics.clock.queries == 1
