"""The shared cache away, mute, started again, or full of what nobody can read: a miss, and never a fault."""

import os
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse_lazy
from redis import Redis, RedisError

from activities.models import Post
from kimportal import environment
from pages import caches as shared
from pages import change_log, freshness, page_store
from pages.cache_check import check_memory
from pages.models import Change
from script.kim import free_port

pytestmark = pytest.mark.django_db
SIGN_IN = reverse_lazy("account_login")
READING = ["/", "/kegiatan/", "/kim/", "/cari/?q=posyandu", "/wilayah/0-indonesia/", SIGN_IN, "/feed/"]


@pytest.fixture(autouse=True)
def as_in_production(settings, monkeypatch):
    """Pages are kept, and a change is told at once: a test's transaction is never through."""
    settings.PAGE_STORE = settings.CARD_STORE = True
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())
    monkeypatch.setattr(shared, "PAUSE", 600)  # as long as a test takes, however busy the machine is
    shared._away_until.clear()
    yield
    shared._away_until.clear()


def redis_on(port):
    return environment.caches(f"redis://127.0.0.1:{port}/0")


@pytest.fixture
def gone(settings):
    """Nobody listens there."""
    settings.CACHES = redis_on(9)


@pytest.fixture
def mute(settings):
    """Somebody listens there and never answers; yields the server."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        settings.CACHES = redis_on(server.getsockname()[1])
        yield server


@pytest.fixture
def cut(settings):
    """The connection breaks whenever the table of a cache is asked."""
    settings.CACHES = environment.caches("")

    def breaking(execute, sql, params, many, context):
        if "cache_entries" in sql or "cache_pages" in sql:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(breaking):
        yield


FAULTS = pytest.mark.parametrize("fault", ["gone", "mute", "cut"])


@FAULTS
def test_without_the_cache_everything_can_be_read(request, client, make_post, fault):
    post = make_post()
    request.getfixturevalue(fault)

    for address in [*READING, post.get_absolute_url()]:
        assert client.get(address).status_code == 200, address


@FAULTS
def test_without_the_cache_a_person_signs_in_and_what_is_published_shows(request, client, siti, made, make_post, fault):
    post = make_post(status="submitted")
    siti.confirm_email()
    request.getfixturevalue(fault)

    answer = client.post(SIGN_IN, {"login": siti.email, "password": "rahasia-sekali-2026"})
    post.publish(by=made)

    assert answer.url == "/ruang/"
    assert client.get("/ruang/").status_code == 200
    assert post.title in Client().get("/kegiatan/").text


@FAULTS
def test_without_the_cache_no_page_is_kept(request, client, make_post, fault):
    post = make_post()
    request.getfixturevalue(fault)
    freshness._remembered.clear()
    client.get("/kegiatan/")

    Post.objects.filter(pk=post.pk).update(status="hidden")  # by another process, which cannot tell us

    assert post.title not in client.get("/kegiatan/").text


@FAULTS
def test_without_the_cache_guessing_a_password_still_ends(request, client, siti, fault):
    request.getfixturevalue(fault)

    answers = [client.post(SIGN_IN, {"login": siti.email, "password": f"tebakan-{turn}"}) for turn in range(6)]

    assert "Terlalu banyak percobaan" in answers[-1].text


@FAULTS
def test_without_the_cache_this_process_says_so_and_lives(request, client, fault):
    request.getfixturevalue(fault)

    assert client.get("/healthz").text == "ok"
    assert client.get("/readyz").text == "unavailable: cache"


def test_a_mute_cache_is_waited_for_once(mute, client, make_post):
    make_post()

    for address in READING:
        client.get(address)

    assert len(list(iter(lambda: waiting_at(mute), None))) == 1


def waiting_at(server):
    try:
        return server.accept()
    except BlockingIOError:
        return None


def test_what_changed_while_the_cache_was_away_is_told_when_it_is_back(client, make_post, settings):
    post = make_post()
    client.get("/kegiatan/")
    settings.CACHES = redis_on(9)
    Post.objects.filter(pk=post.pk).update(status="hidden")
    freshness.changed(post.place.code)

    settings.CACHES = environment.caches("")
    shared._away_until.clear()  # the pause is over
    client.get("/kim/")  # any page of this process
    page_store._local.clear()
    freshness._remembered.clear()  # as in another process

    assert post.title not in client.get("/kegiatan/").text


def test_what_nobody_can_read_any_more_is_a_miss(client, make_post):
    make_post()
    first = client.get("/kegiatan/")
    page_store._local.clear()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache_pages SET value = 'gASVDgAAAAAAAACMBG5vbmWUjARub25llJMu'")  # a class that is gone
        assert cursor.rowcount

    again = client.get("/kegiatan/")

    assert (again.status_code, again.content) == (200, first.content)


def test_a_committed_change_is_never_a_fault(gone, make_post, made):
    post = make_post(status="submitted")

    post.publish(by=made)

    assert Post.objects.published().get() == post


def test_a_table_that_was_away_is_asked_again_after_the_pause(settings):
    settings.CACHES = environment.caches("")
    cache.set("a", 1)
    shared._away_until["PostgreSQL"] = time.monotonic() - 1

    assert cache.get("a") == 1
    assert not shared._away_until


# What the database knows of changes while Redis is away ---------------------------------------------------------------


@pytest.fixture
def committed(transactional_db, settings, monkeypatch):
    """Deeds are through at once, so that other processes see them."""
    settings.CACHES = redis_on(9)
    monkeypatch.setattr(change_log, "READ", 0)


def in_another_process(deed):
    """What this process did not do itself, and is told of by nobody."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: (deed(), connection.close())).result()
    change_log.log._read_again = 0


def hide_elsewhere(post):
    def deed():
        Post.objects.filter(pk=post.pk).update(status="hidden")
        change_log.note([freshness.key_of(topic) for topic in freshness.widened(post.place.code)])

    in_another_process(deed)


def asked_for(client, address):
    """How many questions of rows a page cost, and its text."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return len([query for query in asked if "pages_change" not in query["sql"]]), answer.text


def test_while_redis_is_away_a_page_is_kept_until_another_process_changes_it(committed, client, make_post):
    post = make_post()
    assert post.title in asked_for(client, "/kegiatan/")[1]
    number, again = asked_for(client, "/kegiatan/")
    assert (number, post.title in again) == (0, True)

    hide_elsewhere(post)

    assert post.title not in asked_for(client, "/kegiatan/")[1]
    assert asked_for(client, "/kegiatan/")[0] == 0


def test_while_redis_is_away_a_change_elsewhere_leaves_a_page_as_it_is(committed, client, make_post):
    make_post()
    asked_for(client, "/wilayah/64.02-kutai-kartanegara/")

    in_another_process(lambda: change_log.note([freshness.key_of("64.71")]))

    assert asked_for(client, "/wilayah/64.02-kutai-kartanegara/")[0] == 0


def test_a_change_that_comes_through_after_a_later_one_is_seen(committed):
    key = freshness.key_of("64.02")
    first, later = Change.objects.create(keys=key), Change.objects.create(keys=key)
    Change.objects.filter(pk=first.pk).update(made_at="2026-01-01T00:00Z")  # nobody sees it yet
    before = freshness.stamp("64.02")

    Change.objects.filter(pk=first.pk).update(made_at=Now())

    assert freshness.stamp("64.02") != before
    assert change_log.log.numbers(key) == (later.pk, first.pk)


def test_with_neither_redis_nor_the_database_no_stamp_holds(committed, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(Change.objects, "recent", away)

    assert freshness.stamp("64.02") != freshness.stamp("64.02")


def test_within_a_transaction_nothing_is_read_that_others_do_not_see(committed):
    key = freshness.key_of("64.02")
    freshness.stamp("64.02")
    with transaction.atomic():
        change_log.note([key])
        freshness.stamp("64.02")
        assert change_log.log.numbers(key) == ()


def test_with_stamps_in_the_database_no_change_is_noted(settings, make_post):
    settings.CACHES = environment.caches("")
    make_post()

    assert not Change.objects.exists()


def test_a_cache_that_was_away_is_asked_by_one_and_nobody_else_waits(mute):
    cache.get("a")
    (server,) = shared._away_until
    shared._away_until[server] = time.monotonic() - 1  # the pause is over

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(cache.get, "abcd"))

    assert len(list(iter(lambda: waiting_at(mute), None))) == 2


# A real Redis ---------------------------------------------------------------------------------------------------------


class Server:
    def __init__(self, folder):
        self.port, self.folder = free_port(21_000), folder

    def start(self):
        flags = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(["redis-server", *flags], stdout=subprocess.DEVNULL)
        while not self.answers():
            time.sleep(0.01)

    def answers(self):
        try:
            return Redis(port=self.port).ping()
        except RedisError:
            return False

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(settings, tmp_path):
    if not shutil.which("redis-server"):
        (pytest.fail if os.environ.get("KIM_REQUIRE_SERVERS") == "1" else pytest.skip)("No Redis here.")
    server = Server(tmp_path)
    server.start()
    settings.CACHES = redis_on(server.port)
    for place in settings.CACHES.values():  # however busy the machine is
        place["OPTIONS"] |= {"socket_timeout": 30, "socket_connect_timeout": 30}
    yield server
    server.stop()


def test_redis_keeps_pages_and_limits(redis, client, make_post, django_assert_num_queries):
    make_post()
    first = client.get("/kegiatan/")
    page_store._local.clear()
    freshness._remembered.clear()

    with django_assert_num_queries(0):
        assert client.get("/kegiatan/").content == first.content
    cache.set("seen", 1)
    assert cache.incr("seen", 2) == Redis(port=redis.port).incrby("cache_entries:1:seen", 0) == 3


def test_a_redis_that_was_started_again_is_used_again_at_once(redis, client, make_post):
    make_post()
    client.get("/kegiatan/")
    redis.stop()
    redis.start()

    assert client.get("/readyz").text == "ok"
    cache.set("seen", 1)
    assert cache.get("seen") == 1
    assert Redis(port=redis.port).exists("cache_entries:1:seen")


@pytest.mark.django_db(transaction=True)
def test_pages_stay_cheap_and_true_while_redis_dies_and_comes_back(redis, client, make_post, monkeypatch):
    monkeypatch.setattr(change_log, "READ", 0)
    first, second = make_post(title="Kerja bakti"), make_post(title="Posyandu")
    client.get("/kegiatan/")

    redis.stop()
    assert asked_for(client, "/kegiatan/")[0] == 0  # as it was kept before
    hide_elsewhere(first)
    assert first.title not in client.get("/kegiatan/").text
    assert client.get("/readyz").text == "unavailable: cache"

    redis.start()  # and knows nothing any more
    shared._away_until.clear()  # the pause is over
    freshness._remembered.clear()  # as in a process that kept a page and slept meanwhile
    assert client.get("/readyz").text == "ok"
    page = client.get("/kegiatan/").text
    assert (first.title in page, second.title in page) == (False, True)
    hide_elsewhere(second)
    assert second.title not in client.get("/kegiatan/").text


def test_a_redis_that_is_back_after_a_while_is_used_again(redis, client):
    redis.stop()
    assert client.get("/readyz").text == "unavailable: cache"
    redis.start()
    shared._away_until.clear()  # the pause is over

    assert client.get("/readyz").text == "ok"


def test_a_redis_that_may_forget_limits_is_told_of(redis):
    client = Redis(port=redis.port)
    client.config_set("maxmemory-policy", "allkeys-lru")
    assert check_memory() == []  # as long as it may take what it likes

    client.config_set("maxmemory", "100mb")
    assert [warning.id for warning in check_memory()] == ["pages.W001"]

    client.config_set("maxmemory-policy", "noeviction")
    assert check_memory() == []


def test_kept_pages_may_have_a_redis_of_their_own():
    made = environment.caches("redis://127.0.0.1:1/0", "redis://127.0.0.1:2/0")

    assert [made[name]["LOCATION"][0][-3] for name in ("default", "stamps", "pages")] == ["1", "1", "2"]
