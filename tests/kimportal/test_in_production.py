"""The whole portal as docs/deploy.md sets it up: an owner of the tables and a role for the portal, PgBouncer or none in
between, and a PostgreSQL that is ended and started again."""

import os
import secrets
import shutil
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg.errors import InsufficientPrivilege

from bench import crashes
from script.devdb import DevDatabase
from script.kim import free_port

PATIENCE = 60  # seconds for a condition to come true
AT_ONCE = 4
PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")

ROLES = """
CREATE ROLE kim_owner LOGIN;
CREATE ROLE kim_app LOGIN;
"""
LETTER = """
INSERT INTO accounts_dispatch (channel, address, title, text, path, stop_path, urgency, created_at, due_at, attempts)
VALUES ('email', 'siti@contoh.id', 'Undangan', '', '', '', 1, now(), now(), 0) RETURNING id
"""
JOB = "from monitoring.tasks import fold_counts; print(fold_counts.enqueue().id)"
# Siti, who chairs a trusted KIM, and Made, the officer of her regency; their cookies.
PEOPLE = """
from django.test import Client
from accounts.duties import Duty
from accounts.models import OfficerAssignment, User
from regions.models import Region
from bench.crashes import prepare
siti, _cookie = prepare()
made = User.objects.create_user("made@contoh.id", None, name="Made")
duties = list(Duty.known)
OfficerAssignment.objects.create(user=made, region=Region.objects.get(code="64.02"), letter_number="1", duties=duties)
made.authenticator_set.create(type="totp", data={"secret": ""})
for person in (siti, made):
    client = Client()
    client.force_login(person)
    print(client.cookies.output(header="", attrs=[]).strip())
"""


class Portal:
    """gunicorn, the worker and the tick, signed in as the role of the portal."""

    def __init__(self, urls, folder, **more):
        self.urls, self.port, self.processes = urls, free_port(22_000), {}
        # tests/browser/conftest.py sets it for its own process; `check --deploy` refuses it.
        mine = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
        self.environment = mine | {
            "DATABASE_URL": urls["kim_app"], "SECRET_KEY": "k" * 60, "DEBUG": "1", "LOG_LEVEL": "ERROR",
            "BIND": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": "1", "MEDIA_ROOT": str(folder),
            "DJANGO_SETTINGS_MODULE": "kimportal.settings",
        } | more  # fmt: skip

    @contextmanager
    def running(self):
        commands = {
            "web": ["-m", "gunicorn", "kimportal.wsgi"],
            "worker": ["manage.py", "db_worker", "--no-reload"],
            "tick": ["manage.py", "tick", "--every", "1"],
        }
        for name, command in commands.items():
            self.processes[name] = subprocess.Popen(
                [sys.executable, *command], cwd=settings.BASE_DIR, env=self.environment, stdout=subprocess.DEVNULL
            )
        try:
            wait_until(lambda: self.get("/healthz")[0] == 200)
            yield self
        finally:
            for process in self.processes.values():
                process.terminate()
                process.wait()

    def all_live(self):
        return all(process.poll() is None for process in self.processes.values())

    def manage(self, *arguments, check=True, **more):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=self.environment | more,
            check=check, capture_output=True, text=True,
        )  # fmt: skip

    def as_owner(self, *arguments):
        return self.manage(*arguments, DATABASE_URL=self.urls["kim_owner"])

    def send(self, method, path, body=None, headers=None):
        """The status and the bytes of an answer."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()

    def get(self, path, host="127.0.0.1", cookie=""):
        try:
            status, page = self.send("GET", path, headers={"Host": host, "Cookie": cookie})
            return status, page.decode()
        except OSError:
            return 0, ""

    def pages(self, path="/kegiatan/?q=a", cookie=""):
        """The statuses of pages that several readers ask for at once, so that the pool has a connection for each."""
        with ThreadPoolExecutor(AT_ONCE) as readers:
            return {
                status for status, _page in readers.map(lambda _: self.get(path, cookie=cookie), range(5 * AT_ONCE))
            }

    def ask(self, sql, *values, role="kim_app"):
        with psycopg.connect(self.urls[role], autocommit=True) as connection:
            found = connection.execute(sql, values)
            return found.fetchone()[0] if found.description else None

    def mails(self):
        """Whether the tick sends what waits."""
        letter = self.ask(LETTER)
        wait_until(lambda: self.ask("SELECT sent_at IS NOT NULL FROM accounts_dispatch WHERE id = %s", letter))
        return True

    def works(self):
        """Whether the worker does what was put before it."""
        job = self.manage("shell", "-v0", "-c", JOB).stdout.split()[-1]
        state = "SELECT status FROM django_tasks_database_dbtaskresult WHERE id = %s"
        wait_until(lambda: self.ask(state, job) == "SUCCESSFUL")
        return True


def wait_until(is_true):
    end = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = DevDatabase(tmp_path_factory.mktemp("checkout"))
    with server.session():
        yield server
    shutil.rmtree(server.home)


@pytest.fixture(scope="module")
def urls(server):
    """The address of the portal's database, for each role."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(ROLES)
        connection.execute("CREATE DATABASE portal OWNER kim_owner")
    return {
        role: server.url.replace("kim@", f"{role}@").replace("/kimportal", "/portal")
        for role in ("kim_owner", "kim_app")
    }


@pytest.fixture(scope="module")
def set_up(urls, tmp_path_factory):
    """The portal set up as the documentation says, not yet started."""
    portal = Portal(urls, tmp_path_factory.mktemp("media"))
    portal.as_owner("migrate", "-v0")
    portal.as_owner("grant_rights", "kim_app")
    portal.siti, portal.made = portal.manage("shell", "-v0", "-c", PEOPLE).stdout.strip().splitlines()
    return portal


@pytest.fixture(scope="module")
def portal(set_up):
    with set_up.running():
        yield set_up


# Roles ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE accounts_auditentry",
        "TRUNCATE accounts_user CASCADE",
        "DELETE FROM accounts_auditentry",
        "UPDATE accounts_auditentry SET reason = 'lain'",
        "ALTER TABLE accounts_auditentry DISABLE TRIGGER ALL",
        "ALTER TABLE accounts_user DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_is_append_only ON accounts_auditentry",
        "DROP TABLE accounts_auditentry",
        "CREATE OR REPLACE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "SET session_replication_role = replica",
        "CREATE TABLE own (id int)",
        "CREATE SCHEMA own",
        "SET ROLE kim_owner",
        "DELETE FROM django_migrations",
    ],
)
def test_the_role_of_the_portal_cannot_undo_the_trail(set_up, statement):
    with pytest.raises(InsufficientPrivilege):
        set_up.ask(statement)


def test_not_even_the_owner_empties_the_trail_by_mistake(set_up):
    with pytest.raises(psycopg.errors.RestrictViolation):
        set_up.ask("TRUNCATE accounts_auditentry", role="kim_owner")


def test_a_table_of_a_later_release_is_the_portals_to_use_and_no_more(set_up):
    set_up.ask("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY, word text)", role="kim_owner")

    set_up.ask("INSERT INTO later (word) VALUES ('a')")
    assert set_up.ask("UPDATE later SET word = 'b' RETURNING id") == 1
    with pytest.raises(InsufficientPrivilege):
        set_up.ask("TRUNCATE later")
    set_up.ask("DROP TABLE later", role="kim_owner")


def documented():
    """The environment of docs/production.env.example, but for what differs here."""
    lines = (Path(settings.BASE_DIR) / "docs/production.env.example").read_text().splitlines()
    facts = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    own = {"SECRET_KEY", "DATABASE_URL", "MEDIA_ROOT", "PROXY_GENERATIONS"}
    return {name: value.strip('"') for name, value in facts.items() if name not in own} | {"DEBUG": "0"}


def checked(portal, role):
    key = secrets.token_urlsafe(60)
    facts = documented() | {"DATABASE_URL": portal.urls[role], "SECRET_KEY": key}
    return portal.manage("check", "--deploy", "--database=default", "--fail-level=WARNING", check=False, **facts)


def test_the_documented_environment_passes_the_deployment_checks(set_up):
    done = checked(set_up, "kim_app")

    assert done.stderr == ""
    assert done.returncode == 0


def test_a_portal_that_signs_in_as_the_owner_is_told_so_in_one_sentence(set_up):
    done = checked(set_up, "kim_owner")

    assert done.returncode == 1
    assert "The database role kim_owner is too strong for the portal: it " in done.stderr
    assert done.stderr.count("W001") == 1


# A restart ------------------------------------------------------------------------------------------------------------


def test_a_restart_costs_no_page_and_ends_no_process(server, portal):
    assert portal.pages() == {200}

    server.stop()
    server.start()

    assert portal.pages() == {200}
    assert portal.mails()
    assert portal.works()
    assert portal.all_live()


def test_while_the_database_is_away_the_portal_lives_and_says_so(server, portal):
    server.stop()

    assert portal.get("/healthz", host="10.0.0.7:8000") == (200, "ok")
    assert portal.get("/readyz", host="10.0.0.7:8000") == (503, "unavailable: database, cache")

    server.start()
    assert portal.pages() == {200}
    assert portal.mails()
    assert portal.works()
    wait_until(lambda: portal.get("/readyz") == (200, "ok"))
    assert portal.all_live()


# PgBouncer ------------------------------------------------------------------------------------------------------------


POOLER = """
[databases]
portal = host={sockets} port=5432 user=kim_app
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
"""


@pytest.fixture(scope="module")
def pooler(server):
    """The port of a PgBouncer that lends its two connections for one transaction each."""
    if not PGBOUNCER:
        (pytest.fail if os.environ.get("KIM_REQUIRE_SERVERS") == "1" else pytest.skip)("No PgBouncer here.")
    port, folder = free_port(23_000), server.home
    (folder / "pgbouncer.ini").write_text(POOLER.format(sockets=server.sockets, port=port))
    command = [PGBOUNCER, "-q", folder / "pgbouncer.ini"]
    lent = {"user": server.uid, "group": server.gid, "extra_groups": []} if server.as_root else {}
    with subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL, **lent) as process:
        yield port
        process.terminate()


@pytest.fixture(scope="module")
def pooled(set_up, pooler, tmp_path_factory):
    url = f"postgres://kim_app@127.0.0.1:{pooler}/portal"
    pooled = Portal(set_up.urls, tmp_path_factory.mktemp("media"), DATABASE_URL=url, DATABASE_POOLER="1")
    pooled.siti, pooled.made = set_up.siti, set_up.made
    with pooled.running():
        yield pooled


def test_through_a_pooler_pages_are_read_and_lists_taken_along(pooled):
    assert pooled.pages() == {200}
    assert pooled.pages("/ruang/", cookie=pooled.siti) == {200}

    token = secrets.token_hex(16)
    headers = {"Cookie": f"{pooled.made}; csrf={token}", "X-CSRFToken": token}
    exported = [pooled.send("POST", "/petugas/communities/community/ekspor/csv/", b"", headers) for _turn in range(5)]
    assert all(status == 200 and b"KIM Mekar" in lines for status, lines in exported)


def test_through_a_pooler_what_people_send_at_once_bears_their_names(pooled, monkeypatch):
    monkeypatch.setattr(crashes, "SECTOR_PK", pooled.ask("SELECT min(id) FROM communities_sector"))
    siti = crashes.Sender(pooled, f"{pooled.siti}; csrf={{token}}")
    siti.posts = [uuid.uuid4() for _number in range(12)]

    with ThreadPoolExecutor(AT_ONCE) as phones:
        reading = [phones.submit(pooled.get, "/kegiatan/") for _number in siti.posts]
        [job.result() for job in siti.everything(phones) + reading]

    assert siti.answers == {200: len(siti.posts)}
    named = (
        "SELECT count(*) FROM accounts_auditentry WHERE model = 'activities.post' AND deed = 'INSERT' AND by_id = %s"
    )
    assert pooled.ask(named, pooled.ask("SELECT id FROM accounts_user WHERE name = 'Siti'")) == len(siti.posts)


def test_through_a_pooler_the_tick_and_the_worker_do_their_work(pooled):
    assert pooled.mails()
    assert pooled.works()
    assert pooled.all_live()
