"""The least CPU each page takes, tier by tier: `python -m bench.floor`. For machines that are busy with other things.

Pages are asked for in this process, without a server, and the quickest of many answers counts: what others do to the
processor's caches then shows little. `SQL ms` is the least time spent waiting for PostgreSQL.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.environment import production
from bench.growth import TIERS, is_loaded
from bench.states import STATES
from script.kim import database

TIMES = 25


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", help="this one only, and as JSON to a file", nargs=2, metavar=("TIER", "FILE"))
    parser.add_argument("--skip", metavar="WORDS", default="", help="pages whose name holds these words are left out")
    options = parser.parse_args()
    if options.tier:
        tier, path = options.tier
        with production(tier):
            Path(path).write_text(json.dumps(floors(options.skip)))
        return
    with database():
        found = {tier: in_a_process(tier, options.skip) for tier in TIERS if is_loaded(tier)}
    for state in [*STATES, "304"]:
        tiers = " | ".join(f"{tier} CPU ms | {tier} SQL ms" for tier in found)
        print(f"\n| {state} | {tiers} | last over first | × bare |\n|---|" + "---:|" * (2 * len(found) + 2))
        for page in next(iter(found.values())):
            print_page(page, [figures[page][state] for figures in found.values()], found, state)


def print_page(page, costs, found, state):
    bare = min(figures["a bare view"]["cold"][0] for figures in found.values())
    told = " | ".join(f"{cpu:.2f} | {sql:.2f}" for cpu, sql in costs)
    growth = sum(costs[-1]) / sum(costs[0])
    print(f"| {page} | {told} | {growth:.2f} | {costs[-1][0] / bare:.1f} |", flush=True)


def in_a_process(tier, skip):
    """Settings know one database, so each tier has a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [sys.executable, "-m", "bench.floor", "--tier", tier, file.name, "--skip", skip]
        subprocess.run(command, check=True, env=os.environ)
        return json.loads(Path(file.name).read_text())


def floors(skip):
    """`{page: {state: (CPU ms, SQL ms)}}`"""
    from bench import page_urls

    pages = {"a bare view": ["/tolok/"], "a bare view, one query": ["/tolok/satu/"], **page_urls.pages()}
    return {page: floor(paths[0]) for page, paths in pages.items() if not skip or skip not in page}


def floor(path):
    from django.test import Client, override_settings

    client = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    found = {}
    for state, kept in STATES.items():
        with override_settings(**{name: value == "1" for name, value in kept.items()}):
            etag = client.get(path).headers.get("ETag", "")
            found[state] = least(client, path)
            if state == "whole":
                found["304"] = least(client, path, HTTP_IF_NONE_MATCH=etag)
    return found


def least(client, path, **headers):
    from django.db import connection

    waited = []

    def wait(execute, *arguments):
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            waited[-1] += 1000 * (time.perf_counter() - began)

    used = []
    with connection.execute_wrapper(wait):
        for _time in range(TIMES):
            waited.append(0)
            began = time.process_time()
            client.get(path, **headers)
            used.append(1000 * (time.process_time() - began))
    return min(used), min(waited)


if __name__ == "__main__":
    main()
