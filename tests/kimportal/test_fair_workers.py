"""Connections that a proxy keeps open are shared among the workers of gunicorn."""

import sys
from collections import Counter
from contextlib import ExitStack, closing
from http.client import HTTPConnection

from production import running, wait_until

from bench.server import free_port

APP = """
import os

def app(environ, start_response):
    start_response("200 OK", [("Content-Length", str(len(str(os.getpid()))))])
    return [str(os.getpid()).encode()]
"""
KEPT, LEAST, TIMES = 50, 20, 3


def who_answers(connection):
    connection.request("GET", "/")
    return connection.getresponse().read()


def test_each_of_two_workers_holds_its_part_of_what_is_kept_open(tmp_path):
    """Once in three times, as a busy machine wakes who hesitates too late. Where nobody hesitates one holds 0 to 14."""
    (tmp_path / "told.py").write_text(APP)
    (tmp_path / "plain.conf.py").touch()

    assert any(least_held(tmp_path) >= LEAST for _time in range(TIMES))


def least_held(folder):
    """How many of the connections that are kept open the worker has that has fewer."""
    port, seen = free_port(), set()
    options = ["-k", "kimportal.workers.FairWorker", "-w", "2", "--threads", "2", "--keep-alive", "75"]
    options += ["-c", folder / "plain.conf.py"]
    command = [sys.executable, "-m", "gunicorn", *options, "-b", f"127.0.0.1:{port}", "told:app"]
    with running(port, *command, PYTHONPATH=str(folder)), ExitStack() as kept:

        def both_answer():
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                seen.add(who_answers(connection))
            return len(seen) == 2

        wait_until(both_answer)
        connections = [
            kept.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=60))) for _number in range(KEPT)
        ]
        for connection in connections:
            connection.connect()
        held = Counter(map(who_answers, connections))
    return min(held.values()) if len(held) == 2 else 0
