"""The portal as docs/deploy.md sets it up: an owner of the tables, a role for the portal, and its processes."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import psycopg
from django.conf import settings

from bench.server import wait_until_open
from script.kim import free_port

PATIENCE = 60  # seconds for a condition to come true
AT_ONCE = 4

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
made.refresh_from_db()  # a new second factor ends the sessions of before
for person in (siti, made):
    client = Client()
    client.force_login(person)
    print(client.cookies.output(header="", attrs=[]).strip())
"""


@contextmanager
def running(port, *command, **environment):
    """A program that answers at this port."""
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | environment, start_new_session=True)
    try:
        wait_until_open(port, process)
        yield process
    finally:
        process.terminate()
        process.wait()


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

    def pages(self, path="/kegiatan/?jenis=berita", cookie=""):
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


def make_database(server):
    """The addresses of an empty database for the portal on this server, for each of the two roles."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(ROLES)
        connection.execute("CREATE DATABASE portal OWNER kim_owner")
    return {
        role: server.url.replace("kim@", f"{role}@").replace("/kimportal", "/portal")
        for role in ("kim_owner", "kim_app")
    }


def set_up_portal(urls, folder):
    """The portal set up as the documentation says, not yet started; Siti and Made are signed in."""
    portal = Portal(urls, folder)
    portal.as_owner("migrate", "-v0")
    portal.as_owner("grant_rights", "kim_app")
    portal.siti, portal.made = portal.manage("shell", "-v0", "-c", PEOPLE).stdout.strip().splitlines()
    return portal
