"""The same pages over every tier that is loaded: `python -m bench.growth`.

A page that costs more in a larger country, and is not longer there, has a query that reads more than it shows. Figures
are of cold pages: CPU of the portal and of PostgreSQL together, per request; the tiers answer each page in turn. All
are asked for the same regions, the busiest of the smallest; what is longer in a larger country, as where more KIM
stand, shows by its bytes.
"""

import argparse
import json
import os
import subprocess
import sys
from contextlib import ExitStack

import psycopg

from bench.environment import machine, production, tier_url
from bench.states import STATES
from script.kim import database

TIERS = ["S", "M", "L", "XL"]
COLD = {"cold": STATES["cold"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=1, help="how long each page is asked for in each turn")
    parser.add_argument("--turns", type=int, default=8, help="of each tier for each page: more tell noise better")
    parser.add_argument("--skip", metavar="WORDS", help="pages whose name holds these words are left out")
    options = parser.parse_args()
    print(f"{machine()}; {options.turns} turns of {options.seconds} s, 1 worker of 4 threads.\n")
    with database():
        url = os.environ["DATABASE_URL"]
        tiers = [tier for tier in TIERS if is_loaded(tier_url(url, tier))]
        if not tiers:
            raise SystemExit("No tier is loaded yet: ./kim manage load_tier S")
        pages = pages_of(tiers)
        with production(tiers[0]), ExitStack() as running:
            measure({tier: (tier_url(url, tier), pages[tier]) for tier in tiers}, running, options)


def is_loaded(url):
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def pages_of(tiers):
    """`{tier: {kind of page: [URL]}}`, each asked for by a process of its own, because settings know one database."""
    found, regions = {}, []
    for tier in tiers:
        command = [sys.executable, "-m", "bench.pages_of_tier", tier, *regions]
        told = json.loads(subprocess.check_output(command, text=True))
        regions, found[tier] = told["regions"], told["pages"]
    return found


def measure(tiers, running, options):
    """Print what each page takes, of `{tier: (its database, its pages)}`."""
    from bench.turns import Side, in_turn

    first, *_others, last = tiers
    sides = {tier: Side(url, COLD, running) for tier, (url, _pages) in tiers.items()}
    print(f"| page, cold | {' | '.join(f'{tier} ms' for tier in tiers)} | {last} over {first} | bytes |")
    print("|---|" + "---:|" * (len(tiers) + 2))
    for name in tiers[first][1]:
        if options.skip and options.skip in name:
            continue
        asked = {sides[tier]: pages[name] for tier, (_url, pages) in tiers.items()}
        costs = in_turn(asked, "cold", options.seconds, options.turns)
        sizes = [sum(len(side.portals["cold"].fetch(path)[2]) for path in paths) for side, paths in asked.items()]
        told = " | ".join(f"{cost:.2f}" for cost in costs)
        print(f"| {name} | {told} | {costs[-1] / costs[0]:.2f} | {sizes[-1] / sizes[0]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
