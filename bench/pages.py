"""What each page of the portal costs, and what next to nothing costs: `python -m bench.pages --tier XL`.

Three states: cold (nothing kept), cards (the cards of posts kept), whole (whole pages kept), and `304` for a reader who
has the page already. All are asked of the same server as the yardsticks, in the same run.
"""

import argparse
import shutil
import time
from dataclasses import asdict

from bench.environment import machine, production
from bench.states import STATES

BARE, NAKED = "a bare view of 20 KB", "a bare view, no middleware"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", help="S, M, L or XL; without it, the database of DATABASE_URL itself")
    parser.add_argument("--seconds", type=int, default=5, help="how long each page is asked for")
    parser.add_argument("--states", nargs="+", choices=STATES, default=list(STATES))
    parser.add_argument("--only", default="", metavar="WORDS", help="pages whose name holds these words")
    parser.add_argument("--skip", metavar="WORDS", help="pages whose name holds these words are left out")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier or '-'}, {options.seconds} s each, 1 worker of 4 threads.\n")
    with production(options.tier):
        measure_all(options)


def measure_all(options):
    from bench import page_urls

    pages = {name: paths for name, paths in page_urls.pages().items() if options.only in name}
    pages = {name: paths for name, paths in pages.items() if not options.skip or options.skip not in name}
    table = Table()
    yardsticks(table, options.seconds)
    for state in options.states:
        measure_state(table, state, pages, options.seconds)


class Table:
    """Prints each measure as it comes, and how many bare views it costs, with our middleware and without."""

    def __init__(self):
        self.rows = []
        columns = "req/s | CPU ms | database ms | p50 ms | p95 ms | KB | KB zipped | queries | × bare | × naked"
        print(f"| page | state | {columns} |")
        print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")

    def add(self, page, state, result, queries=None):
        row = {"page": page, "state": state, "queries": queries, **asdict(result)}
        self.rows.append(row)
        told = f"{row['rate']:.0f} | {row['cpu']:.2f} | {row['database_cpu']:.2f} | {row['p50']:.1f} | {row['p95']:.1f}"
        size = f"{row['size'] / 1024:.0f} | {row['zipped'] / 1024:.1f}"
        count = "" if queries is None else queries
        errors = f" ({row['errors']} errors)" if row["errors"] else ""
        times = f"{self.times(BARE, result)} | {self.times(NAKED, result)}"
        print(f"| {page} | {state} | {told} | {size} | {count} | {times}{errors} |", flush=True)

    def times(self, yardstick, result):
        cpu = next((row["cpu"] for row in self.rows if row["page"] == yardstick), None)
        return f"{result.cpu / cpu:.1f}" if cpu else ""


def yardsticks(table, seconds):
    from bench.load import measure
    from bench.server import portal, static_server
    from bench.yardstick_urls import PAGE

    with portal(BARE="1") as server:
        table.add(NAKED, "", measure(server, ["/tolok/"], seconds), queries=0)
    with portal(**STATES["cold"]) as server:
        table.add(BARE, "", measure(server, ["/tolok/"], seconds), queries=0)
        table.add("a bare view, one query", "", measure(server, ["/tolok/satu/"], seconds), queries=1)
    if shutil.which("nginx"):
        with static_server(PAGE) as server:
            table.add("a file of 20 KB from nginx", "", measure(server, ["/page.html"], seconds))
    milliseconds, rows = sql_alone(seconds)
    told = f"{1000 / milliseconds:.0f} |  |  | {milliseconds:.2f}"
    print(f"| the SQL alone of a province's list, {rows} rows |  | {told} |  |  |  | 1 |  |  |")


def sql_alone(seconds):
    """Milliseconds, seen from here, of the query behind the list of the busiest province."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from activities.models import Post
    from bench.lists import List, busiest_regions
    from regions.models import Region

    (province,) = busiest_regions(Region.Level.PROVINCE)
    with CaptureQueriesContext(connection) as queries:
        List("", Post.objects.published().within(province)).page()
    sql, until, times = queries[0]["sql"], time.monotonic() + seconds, []
    with connection.cursor() as cursor:
        while (began := time.monotonic()) < until:
            cursor.execute(sql)
            rows = cursor.fetchall()
            times.append(time.monotonic() - began)
    return 1000 * sum(times) / len(times), len(rows)


def measure_state(table, state, pages, seconds):
    from bench.load import measure
    from bench.page_urls import count_queries
    from bench.server import portal

    with portal(**STATES[state]) as server:
        for name, paths in pages.items():
            table.add(name, state, measure(server, paths, seconds), queries=count_queries(paths[0], state))
            if state == "whole":
                table.add(name, "304", measure(server, paths, seconds, confirm=True))
        print(
            f"| *the worker holds {server.memory():.0f} MB after {state}* |  |  |  |  |  |  |  |  |  |  |", flush=True
        )


if __name__ == "__main__":
    main()
