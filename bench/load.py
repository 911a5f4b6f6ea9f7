"""One kind of page under load: many requests on a few connections, and what each cost the server."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.environment import CLIENT_CORE, pinned
from bench.server import database_cpu

SCRIPT = Path(__file__).with_name("load.lua")
CONNECTIONS = 4  # as many as a worker has threads


@dataclass
class Measure:
    """What one kind of page cost: a second's requests, then milliseconds, each per request; its mean size in bytes."""

    rate: float
    cpu: float
    database_cpu: float
    p50: float
    p95: float
    size: float
    zipped: float
    errors: int


def measure(server, paths, seconds, confirm=False):
    """Ask for the paths in turn. With `confirm` each is asked with the ETag of the copy one has."""
    lines = []
    for path in paths:
        status, headers, _body = server.fetch(path)
        if status != 200:
            raise SystemExit(f"{path} answered {status}.")
        lines.append(f"{path}\t{headers['ETag'] if confirm else ''}")
    plain, zipped = (
        statistics.mean(len(server.fetch(path, **{"Accept-Encoding": coding})[2]) for path in paths)
        for coding in ("identity", "gzip")
    )
    run(server, lines, 1)
    before, database_before = server.cpu(), database_cpu()
    result = run(server, lines, seconds)
    used, database_used = server.cpu() - before, database_cpu() - database_before
    each = 1000 / max(result["requests"], 1)
    return Measure(
        rate=result["requests"] / (result["microseconds"] / 1e6),
        cpu=used * each,
        database_cpu=database_used * each,
        p50=result["p50"] / 1000,
        p95=result["p95"] / 1000,
        size=0 if confirm else plain,
        zipped=0 if confirm else zipped,
        errors=result["errors"],
    )


def run(server, lines, seconds, connections=CONNECTIONS, pause=0, core=CLIENT_CORE, headers=()):
    """Ask for these lines (see load.lua) in turn; each connection rests `pause` milliseconds between two of them."""
    if not shutil.which("wrk"):
        return run_python(server, lines, seconds, connections, pause)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines))
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout=10s", "-s", SCRIPT]
        for header in ("X-Forwarded-Proto: https", *headers):
            command += ["-H", header]
        command = pinned(core, *map(str, command), server.url, file.name, str(pause))
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout.strip().splitlines()[-1])


def run_python(server, lines, seconds, connections, pause):
    """A stand-in for wrk that costs more itself: its rates are lower, the server's own cost is the same."""
    print("wrk is not installed: a client in Python asks instead.", file=sys.stderr)
    until, times, errors = time.monotonic() + seconds, [], []

    def ask(number):
        while (began := time.monotonic()) < until:
            path, _tab, etag = lines[(number + len(times)) % len(lines)].partition("\t")
            status, _headers, _body = server.fetch(path, **({"If-None-Match": etag} if etag else {}))
            times.append(time.monotonic() - began)
            errors.extend([status] if status >= 400 else [])
            time.sleep(pause / 1000)

    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(ask, range(connections)))
    cuts = [round(value * 1e6) for value in statistics.quantiles(times, n=20)]
    return {
        "requests": len(times), "microseconds": seconds * 1e6, "errors": len(errors), "p50": cuts[9], "p95": cuts[18],
    }  # fmt: skip
