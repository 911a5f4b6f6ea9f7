"""What open data costs beside a view that only hands out the same bytes: `python -m bench.open_data --tier S`.

Each list and one row of each in three states: cold (nothing kept), whole (answers kept) and `304` for who has it
already. The yardstick of an answer is a view that holds that answer ready and does nothing, under the same server and
middleware, asked right before. On a machine that is busy with other things only the ratios count.
"""

import argparse
from urllib.parse import urlencode

from bench.environment import machine, production
from bench.states import STATES

LISTS = ["regions", "kim", "posts", "aspirations", "bulletins"]
COLUMNS = ["KB", "queries", "hello ms", "cold ms", "whole ms", "304 ms", "cold × hello", "whole × hello", "304 × hello"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", help="S, M, L or XL; without it, the database of DATABASE_URL itself")
    parser.add_argument("--seconds", type=int, default=3, help="how long each address is asked for")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier or '-'}, {options.seconds} s each, 1 worker of 4 threads.\n")
    with production(options.tier):
        measure_all(options.seconds)


def measure_all(seconds):
    from bench.load import measure
    from bench.page_urls import count_queries
    from bench.server import portal

    found = addresses()
    with portal(**STATES["cold"]) as server:
        hello = {path: measure(server, [f"/tolok/sama/?{urlencode({'as': path})}"], seconds) for path in found}
        cold = {path: measure(server, [path], seconds) for path in found}
    with portal(**STATES["whole"]) as server:
        whole = {path: measure(server, [path], seconds) for path in found}
        again = {path: measure(server, [path], seconds, confirm=True) for path in found}
    print(f"| address | {' | '.join(COLUMNS)} |\n|---|{'---:|' * len(COLUMNS)}")
    for path in found:
        costs = [cold[path].cpu, whole[path].cpu, again[path].cpu]
        figures = [f"{cold[path].size / 1024:.1f}", count_queries(path, "cold"), f"{hello[path].cpu:.2f}"]
        figures += [f"{cost:.2f}" for cost in costs] + [f"{cost / hello[path].cpu:.1f}" for cost in costs]
        print(f"| {path} | {' | '.join(map(str, figures))} |", flush=True)


def addresses():
    """Each list, and the first row of it that there is; a list of posts as CSV and as GeoJSON too."""
    from django.test import Client

    client, found = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https"), []
    for name in LISTS:
        path = f"/api/v1/{name}"
        items = client.get(f"{path}?limit=1").json()["items"]
        found += [path, *(f"{path}/{next(iter(row.values()))}" for row in items)]
    return [*found, "/api/v1/posts?format=csv", "/api/v1/posts?format=geojson", "/api/v1/statistics"]


if __name__ == "__main__":
    main()
