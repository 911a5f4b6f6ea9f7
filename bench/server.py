"""The portal under gunicorn as `gunicorn.conf.py` says, on one core, and what its processes use."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from bench.environment import SERVER_CORE, pinned
from script.kim import PROJECT

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server that answers at `URL`; `pid` is its first process."""

    def __init__(self, url, pid):
        self.url, self.pid = url, pid

    def fetch(self, path, **headers):
        """The status, headers and body of one answer, as our proxy would ask for it."""
        request = urllib.request.Request(self.url + path, headers={"X-Forwarded-Proto": "https"} | headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read()

    def workers(self):
        return [self.pid, *map(int, Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split())]

    def cpu(self):
        """Seconds of processor time that its processes have used."""
        return sum(map(cpu_of, self.workers()))

    def memory(self):
        """MB that its largest process holds."""
        return max(rss_of(pid) for pid in self.workers())


def cpu_of(pid):
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss_of(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def database_cpu():
    """Seconds that the backends of this database have used, ours not counted."""
    return backends_cpu(connection)


def backends_cpu(database):
    """The same of the database of any connection, psycopg's too."""
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return sum(cpu_of(pid) for (pid,) in cursor.fetchall())


@contextmanager
def running(command, port, core=SERVER_CORE, project=PROJECT, **environment):
    process = subprocess.Popen(pinned(core, *command), cwd=project, env=os.environ | environment)
    try:
        wait_until_open(port, process)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def portal(core=SERVER_CORE, *, project=PROJECT, python=sys.executable, **environment):
    """One worker of the production configuration; it is not replaced while we count."""
    port = free_port()
    command = [python, "-m", "gunicorn", "kimportal.wsgi", "--max-requests", "0"]
    environment = {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1"} | environment
    with running(command, port, core, project, **environment) as server:
        server.fetch("/healthz")  # it listens before it can answer
        yield server


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port, process, seconds=30):
    for _attempt in range(seconds * 20):
        if process.poll() is not None:
            raise SystemExit("The server did not start.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("The server does not answer.")


NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


@contextmanager
def static_server(page):
    """nginx handing out one file, `/page.html`: the least that a page can cost."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # noqa: S103 (nginx reads as another user)
        Path(folder, "page.html").write_text(page)
        Path(folder, "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
        with running(["nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"], port) as server:
            yield server
