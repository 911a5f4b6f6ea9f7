"""A thousand who watch the numbers while posts are published: `python -m bench.viewers --tier L`.

Each asks every four seconds for the part of the page that renews itself. First only the posts are published, then
with the viewers, so that the table tells what watching costs. Client, two workers and PostgreSQL share all cores.
Works on a copy of the tier, which is dropped afterwards.
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bench.environment import machine, production
from bench.mixed import copy_of, publishing
from bench.polling import poll
from script.kim import database

MOST_VIEWERS, MOST_SECONDS = 2000, 300


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", default="S")
    parser.add_argument("--seconds", type=int, default=40)
    parser.add_argument("--viewers", type=int, default=1000)
    parser.add_argument("--pause", type=float, default=4, help="seconds between two questions of a viewer")
    parser.add_argument("--posts", type=float, default=5, help="posts published a second")
    parser.add_argument("--path", default="/statistik/0/angka/")
    options = parser.parse_args()
    if options.viewers > MOST_VIEWERS or options.seconds > MOST_SECONDS:
        parser.error(f"at most {MOST_VIEWERS} viewers and {MOST_SECONDS} seconds")
    print(f"{machine()}; tier {options.tier}, {options.seconds} s, {options.path}, 2 workers of 4 threads.\n")
    with database(), copy_of(options.tier) as tier, production(tier):
        measure_viewers(options)


def measure_viewers(options):
    from bench.server import portal

    print("| viewers | asked/s | unchanged | p50 ms | p95 ms | worst ms | errors | posts/s "
          "| portal, cores | PostgreSQL, cores | transactions/s |")  # fmt: skip
    print("|---:|" + "---:|" * 10)
    with portal(core=None, WEB_CONCURRENCY="2") as server, ProcessPoolExecutor(1, get_context("spawn")) as client:
        for viewers in (0, options.viewers):
            print(line(server, client, viewers, options))


def line(server, client, viewers, options):
    from bench.server import database_cpu

    before = server.cpu(), database_cpu(), transactions()
    with publishing(options.posts) as published:
        if viewers:
            url = server.url + options.path
            seen = client.submit(poll, url, viewers, options.seconds, options.pause).result()
        else:
            time.sleep(options.seconds)
            seen = dict.fromkeys(("asked", "unchanged", "errors", "p50", "p95", "worst"), 0)
        number = len(published)
    spent = server.cpu() - before[0], database_cpu() - before[1], transactions() - before[2]
    portal_cores, database_cores, done = (used / options.seconds for used in spent)
    share = 100 * seen["unchanged"] / max(seen["asked"], 1)
    told = f"{viewers} | {seen['asked'] / options.seconds:.0f} | {share:.0f} %"
    times = f"{seen['p50']:.1f} | {seen['p95']:.1f} | {seen['worst']:.0f} | {seen['errors']}"
    cost = f"{number / options.seconds:.1f} | {portal_cores:.2f} | {database_cores:.2f} | {done:.0f}"
    return f"| {told} | {times} | {cost} |"


def transactions():
    """How many transactions this database has ended so far."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


if __name__ == "__main__":
    main()
