"""Pages read from a streaming copy of the database: right while it lags, and there while either of both is gone."""

import secrets
import shutil
import uuid
from contextlib import contextmanager
from contextvars import copy_context
from threading import Event
from types import SimpleNamespace

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.urls import reverse
from production import PATIENCE, Portal, make_database, set_up_portal, wait_until

from activities.models import Post
from bench import crashes
from kimportal import environment
from pages import replicas
from script.devdb import DevDatabase

NEWS = "/kegiatan/"
READ = ["/", "/wilayah/64.02-tempat-2/", "/wilayah/", "/kim/", "/kim/kim-mekar/", "/usulan/", "/informasi/", "/agenda/",
        "/peta/", "/statistik/", "/cari/?q=gotong", "/feed/", "/sitemap.xml", "/api/v1/regions"]  # fmt: skip
HIDE = """
from accounts.models import User
from activities.models import Post
Post.objects.get(client_uuid="{}").hide(by=User.objects.get(name="Made"), reason="other")
"""


class Copy(DevDatabase):
    """A hot standby, which is sent the log of its primary."""

    def __init__(self, folder, primary):
        super().__init__(folder)
        self.primary = primary

    def _initialise(self):
        self._own(self.data)
        source = f"host={self.primary.sockets} user=kim"
        how = ["--write-recovery-conf", "--checkpoint=fast"]
        self._run("pg_basebackup", "--pgdata", self.data, "--dbname", source, *how)

    def _create_database(self):
        """It has those of its primary."""

    def ask(self, sql):
        with psycopg.connect(self.url.replace("/kimportal", "/portal"), autocommit=True) as connection:
            return connection.execute(sql).fetchone()[0]

    @contextmanager
    def held_back(self):
        """While it is sent the log and does nothing with it."""
        self.ask("SELECT pg_wal_replay_pause()::text")
        wait_until(lambda: self.ask("SELECT pg_get_wal_replay_pause_state()") == "paused")
        yield
        self.ask("SELECT pg_wal_replay_resume()::text")


@pytest.fixture(scope="module")
def primary(tmp_path_factory):
    server = DevDatabase(tmp_path_factory.mktemp("primary"))
    with server.session():
        yield server
    shutil.rmtree(server.home)


@pytest.fixture(scope="module")
def set_up(primary, tmp_path_factory):
    return set_up_portal(make_database(primary), tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def copy(primary, set_up, tmp_path_factory):
    server = Copy(tmp_path_factory.mktemp("copy"), primary)
    with server.session():
        yield server
    shutil.rmtree(server.home)


@pytest.fixture(scope="module")
def portal(set_up, copy, tmp_path_factory):
    url = copy.url.replace("kim@", "kim_app@").replace("/kimportal", "/portal")
    portal = Portal(set_up.urls, tmp_path_factory.mktemp("media"), REPLICA_URL=url)
    portal.siti = set_up.siti
    with portal.running():
        yield portal


@pytest.fixture
def send(portal, monkeypatch):
    """Have Siti publish a post; its key on her telephone."""
    monkeypatch.setattr(crashes, "SECTOR_PK", portal.ask("SELECT min(id) FROM communities_sector"))

    def send():
        siti, key = crashes.Sender(portal, f"{portal.siti}; csrf={{token}}"), uuid.uuid4()
        siti.send_post(key)
        assert siti.answers == {200: 1}
        return key

    return send


def shown(portal, path=NEWS):
    """How many posts of Siti's a page shows that nothing has kept, or its status where there is no page."""
    status, page = portal.get(f"{path}?baru={secrets.token_hex(4)}")
    return page.count("Gotong royong di Jembayan</a>") if status == 200 else status


def is_read_from(copy, portal):
    """Whether a page asked it for posts; that somebody is connected to it says only that it is asked what it shows."""
    scans = "SELECT coalesce(sum(seq_scan + idx_scan), 0) FROM pg_stat_user_tables WHERE relname = 'activities_post'"
    return shown(portal) == 1 and copy.ask(scans) > 0


def test_readers_read_from_the_copy_whatever_happens_to_the_primary(primary, copy, portal, send):
    send()
    wait_until(lambda: shown(portal) == 1)
    wait_until(lambda: is_read_from(copy, portal))

    primary.stop()

    assert [shown(portal) for _page in range(8)] == [1] * 8
    # Each kind of page, none of which anybody asked for before.
    assert {path: portal.get(path)[0] for path in READ} == dict.fromkeys(READ, 200)
    primary.start()
    wait_until(lambda: portal.get("/readyz") == (200, "ok"))
    # Each process finds out by itself, and refuses until then whoever is signed in.
    wait_until(lambda: portal.pages("/ruang/", cookie=portal.siti) == {200})


def test_a_copy_that_lags_shows_nothing_that_was_hidden_and_hides_nothing_new(copy, portal, send):
    wait_until(lambda: shown(portal) == 1)
    with copy.held_back():
        first = send()
        wait_until(lambda: shown(portal) == 2)
        portal.manage("shell", "-v0", "-c", HIDE.format(first))
        wait_until(lambda: shown(portal) == 1)

        assert [shown(portal) for _page in range(20)] == [1] * 20
        assert portal.get(NEWS)[1].count("Gotong royong di Jembayan</a>") == 1

    # What it lacked comes to it, and nothing that it lacked was kept.
    wait_until(lambda: copy.ask("SELECT max(id) FROM pages_change") == portal.ask("SELECT max(id) FROM pages_change"))
    assert [shown(portal) for _page in range(20)] == [1] * 20


def test_a_copy_that_is_gone_costs_no_page(copy, portal):
    before = shown(portal)
    copy.stop()

    assert [shown(portal) for _page in range(8)] == [before] * 8
    assert portal.pages() == {200}

    copy.start()


# Who reads from where -------------------------------------------------------------------------------------------------


class Current:
    """A copy that knows everything."""

    alias = "copy1"

    def is_current(self):
        return True


@pytest.fixture
def where(monkeypatch, rf):
    """The answer to a request, which says where it was read from."""
    monkeypatch.setattr(replicas, "_copies", {"copy1": Current()})
    middleware = replicas.ReadFromCopies(lambda request: HttpResponse(replicas.ReadersRouter().db_for_read(Post)))

    def ask(method, path, **cookies):
        request = rf.generic(method, path)
        request.COOKIES |= cookies
        return middleware(request)

    return ask


def test_whom_nobody_knows_reads_from_a_copy(where):
    assert where("GET", NEWS).content == where("HEAD", NEWS).content == b"copy1"


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, replicas.WROTE])
def test_who_is_signed_in_or_just_sent_something_reads_from_the_primary(where, cookie):
    assert where("GET", NEWS, **{cookie: "1"}).content == b"default"


def test_the_desk_and_whatever_is_sent_are_the_primarys(where):
    assert where("GET", reverse("admin:index")).content == where("POST", "/lacak/").content == b"default"


def test_who_sends_something_is_known_for_ten_seconds(where):
    cookie = where("POST", "/lacak/").cookies[replicas.WROTE]

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (10, True, "Lax")
    assert not where("GET", NEWS).cookies


@pytest.fixture
def copy_of_rows(monkeypatch):
    """A copy that shows all, while the primary answers as it is told: `answer_by(function)`."""
    copy = replicas.Copy("copy1")
    monkeypatch.setattr(copy, "_look_up", lambda numbers: (True, set()))

    def answer_by(recent):
        monkeypatch.setattr(replicas.Change.objects, "recent", recent)
        copy._ask_again = 0  # now
        return copy

    return answer_by


def away():
    raise OperationalError("Nobody answers.")


def test_while_the_primary_is_away_nobody_waits_for_it_but_readers_are_answered(where, copy_of_rows):
    assert copy_of_rows(away).is_current()
    assert where("GET", NEWS).content == b"copy1"
    with pytest.raises(OperationalError):
        where("POST", "/lacak/")

    copy = copy_of_rows(replicas.Change.objects.none)
    wait_until(lambda: copy.is_current() and not replicas.primary.is_away())
    assert where("POST", "/lacak/").content == b"default"


def test_no_reader_waits_until_a_silent_primary_is_given_up(copy_of_rows):
    given_up = Event()

    def silent():
        given_up.wait(PATIENCE)
        away()

    assert copy_of_rows(replicas.Change.objects.none).is_current()
    copy = copy_of_rows(silent)
    try:
        assert all(copy.is_current() for _reader in range(100))
        assert not given_up.is_set()
    finally:
        given_up.set()
    wait_until(replicas.primary.is_away)


def test_a_copy_of_which_nothing_can_be_told_is_not_read_from(copy_of_rows):
    assert copy_of_rows(replicas.Change.objects.none).is_current()

    def broken():
        raise ValueError("Neither there nor away.")

    copy = copy_of_rows(broken)
    wait_until(lambda: not copy.is_current())


@pytest.mark.parametrize(
    ("sqlstate", "is_away"), [(None, True), ("57P01", True), ("08P01", True), ("57014", False), ("55P03", False)]
)
def test_who_writes_in_vain_spares_the_others_that(sqlstate, is_away, monkeypatch, rf):
    error = OperationalError("It went away, or took too long.")
    error.__cause__ = psycopg.errors.lookup(sqlstate)() if sqlstate else psycopg.OperationalError()
    monkeypatch.setattr(connections["default"], "errors_occurred", True)

    assert replicas.ReadFromCopies(HttpResponse).process_exception(rf.post("/lacak/"), error) is None

    assert replicas.primary.is_away() is is_away


def test_a_copy_that_became_the_primary_is_asked_at_once(where, monkeypatch):
    copy = replicas.Copy("copy1")
    monkeypatch.setattr(replicas, "_copies", {"copy1": copy})
    replicas.primary.failed()
    copy.failed()  # whoever leads to it no longer does

    assert where("GET", NEWS).content == where("POST", "/lacak/").content == b"default"


@pytest.mark.parametrize(("is_away", "alias"), [(True, "copy1"), (False, "default")])
def test_a_page_whose_copy_broke_is_made_once_more(is_away, alias, monkeypatch, rf):
    broken = SimpleNamespace(errors_occurred=True, close=lambda: None)
    monkeypatch.setattr(replicas, "connections", {"default": connections["default"], "copy1": broken})
    monkeypatch.setattr(replicas, "_copies", {"copy1": replicas.Copy("copy1")})
    if is_away:
        replicas.primary.failed()
    request = rf.get(NEWS)
    request.resolver_match = (lambda request: HttpResponse(replicas.reading_from()), (), {})

    def broken_page():
        replicas._reading_from.set("copy1")
        return replicas.ReadFromCopies(HttpResponse).process_exception(request, OperationalError("It broke."))

    answer = copy_context().run(broken_page)

    assert answer.content == alias.encode()


def test_within_a_transaction_all_is_read_from_the_primary(where, db):
    assert where("GET", NEWS).content == b"default"


@pytest.mark.parametrize("urls", ["nonsense", "postgres://kim@127.0.0.1/kim sqlite:///kim.db"])
def test_a_wrong_address_is_refused_by_its_name(monkeypatch, urls):
    monkeypatch.setenv("REPLICA_URL", urls)

    with pytest.raises(environment.Refused, match="REPLICA_URL"):
        environment.replicas()


def test_without_an_address_nothing_is_noted_and_nobody_asks():
    assert settings.REPLICAS == {}
    assert "pages.replicas.ReadFromCopies" not in settings.MIDDLEWARE
