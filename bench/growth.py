"""The same pages over every tier that is loaded: `python -m bench.growth`.

A page that costs more in a larger country, and is not longer there, has a query that reads more than it shows. Figures
are of cold pages: CPU of the portal and of PostgreSQL together, per request. All tiers are asked for the same regions,
the busiest of the smallest; what is longer in a larger country, as where more KIM stand, shows by its bytes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from bench.environment import tier_url
from script.kim import database

TIERS = ["S", "M", "L", "XL"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="how long each page is asked for")
    parser.add_argument("--skip", metavar="WORDS", default="", help="pages whose name holds these words are left out")
    options = parser.parse_args()
    with database():
        tiers = [tier for tier in TIERS if is_loaded(tier)]
        if not tiers:
            raise SystemExit("No tier is loaded yet: ./kim manage load_tier S")
        regions, found = [], {}
        for tier in tiers:
            regions, found[tier] = figures(tier, regions, options)
    first, last = tiers[0], tiers[-1]
    print(f"\n| page, cold | {' | '.join(f'{tier} ms' for tier in tiers)} | {last} over {first} | bytes |")
    print("|---|" + "---:|" * (len(tiers) + 2))
    for page in found[first]:
        costs, sizes = zip(*(found[tier][page] for tier in tiers), strict=True)
        told = " | ".join(f"{cost:.2f}" for cost in costs)
        print(f"| {page} | {told} | {costs[-1] / costs[0]:.2f} | {sizes[-1] / sizes[0]:.2f} |")


def is_loaded(tier):
    try:
        psycopg.connect(tier_url(os.environ["DATABASE_URL"], tier)).close()
    except psycopg.OperationalError:
        return False
    return True


def figures(tier, regions, options):
    """The codes of the regions asked for, and `{page: (CPU milliseconds, bytes)}`.

    Measured by a process of its own, because settings know one database.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "figures.json")
        command = [sys.executable, "-m", "bench.pages", "--tier", tier, "--seconds", str(options.seconds)]
        command += ["--states", "cold", "--skip", options.skip, "--json", str(path)]
        subprocess.run([*command, *(["--regions", *regions] if regions else [])], check=True)
        found = json.loads(path.read_text())
    cold = [row for row in found["pages"] if row["state"] == "cold"]
    return found["regions"], {row["page"]: (row["cpu"] + row["database_cpu"], row["size"]) for row in cold}


if __name__ == "__main__":
    main()
