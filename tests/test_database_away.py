"""The whole portal, as in production, while its PostgreSQL is ended and started again."""

import os
import secrets
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import psycopg
import pytest
from django.conf import settings

from script.devdb import DevDatabase
from script.kim import free_port

PATIENCE = 60  # seconds for a condition to come true
AT_ONCE = 4
NOTICE = """
INSERT INTO accounts_notice (email, kind, title, text, path, created_at, by_email, attempts)
VALUES ('siti@contoh.id', 'membership', 'Undangan', '', '', now(), true, 0) RETURNING id
"""
JOB = "from monitoring.tasks import fold_counts; print(fold_counts.enqueue().id)"


class Portal:
    """gunicorn, the worker and the tick, on a database of their own."""

    def __init__(self, database, url, folder):
        self.database, self.url, self.port, self.processes = database, url, free_port(22_000), {}
        self.environment = os.environ | {
            "DATABASE_URL": url, "SECRET_KEY": secrets.token_hex(40), "DEBUG": "1", "LOG_LEVEL": "ERROR",
            "BIND": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": "1", "MEDIA_ROOT": str(folder),
            "DJANGO_SETTINGS_MODULE": "kimportal.settings",
        }  # fmt: skip

    def start(self):
        self.manage("migrate", "-v0")
        commands = {
            "web": ["-m", "gunicorn", "kimportal.wsgi"],
            "worker": ["manage.py", "db_worker", "--no-reload"],
            "tick": ["manage.py", "tick", "--every", "1"],
        }
        for name, command in commands.items():
            self.processes[name] = subprocess.Popen(
                [sys.executable, *command], cwd=settings.BASE_DIR, env=self.environment, stdout=subprocess.DEVNULL
            )
        wait_until(lambda: self.get("/healthz")[0] == 200)

    def stop(self):
        for process in self.processes.values():
            process.terminate()
            process.wait()

    def manage(self, *arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR, env=self.environment, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    def get(self, path, host="127.0.0.1"):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def pages(self):
        """The statuses of pages that several readers ask for at once, so that the pool has a connection for each."""
        with ThreadPoolExecutor(AT_ONCE) as readers:
            return {status for status, _page in readers.map(self.get, ["/kegiatan/?q=a"] * 5 * AT_ONCE)}

    def ask(self, sql, *values):
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(sql, values).fetchone()[0]

    def restart_database(self):
        self.database.stop()
        self.database.start()

    def mails(self):
        notice = self.ask(NOTICE)
        wait_until(lambda: self.ask("SELECT emailed_at IS NOT NULL FROM accounts_notice WHERE id = %s", notice))

    def works(self):
        job = self.manage("shell", "-v0", "-c", JOB).split()[-1]
        state = "SELECT status FROM django_tasks_database_dbtaskresult WHERE id = %s"
        wait_until(lambda: self.ask(state, job) == "SUCCESSFUL")


def wait_until(is_true):
    end = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    database = DevDatabase(tmp_path_factory.mktemp("checkout"))
    with database.session() as url:
        portal = Portal(database, url, tmp_path_factory.mktemp("media"))
        try:
            portal.start()
            yield portal
        finally:
            portal.stop()
    shutil.rmtree(database.home)


def test_a_restart_costs_no_page_and_ends_no_process(portal):
    assert portal.pages() == {200}

    portal.restart_database()

    assert portal.pages() == {200}
    portal.mails()
    portal.works()
    assert {name: process.poll() for name, process in portal.processes.items()} == dict.fromkeys(portal.processes)


def test_while_the_database_is_away_the_portal_lives_and_says_so(portal):
    portal.database.stop()

    assert portal.get("/healthz", host="10.0.0.7:8000") == (200, "ok")
    assert portal.get("/readyz", host="10.0.0.7:8000") == (503, "unavailable: database, cache")

    portal.database.start()
    assert portal.pages() == {200}
    portal.mails()
    portal.works()
    wait_until(lambda: portal.get("/readyz") == (200, "ok"))
    assert {name: process.poll() for name, process in portal.processes.items()} == dict.fromkeys(portal.processes)
