"""What each page costs beside an earlier revision of the portal: `python -m bench.compare d89f6a0`.

The other revision gets a checkout below `.local/revisions`, with the packages and the PostgreSQL that its `./kim`
brings, and the same tier of invented rows. Both then answer the same pages in turn: the other, ours, ours, the other,
so that whatever else the machine does falls on both. Counted is the CPU of the worker and of its backends in
PostgreSQL, for one answer.
"""

import argparse
import os
import subprocess
from contextlib import ExitStack

import psycopg

from bench.environment import machine, production, tier_url
from bench.states import STATES
from script.devdb import DevDatabase
from script.kim import LOCAL, PROJECT

BARE = "a bare view of 20 KB"
REFERENCE_DATA = str(PROJECT.parent / "shared" / "data")
TOLD = {"cold": "cold", "cards": "parts kept", "whole": "whole kept"}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", help="the other revision, as git names it")
    parser.add_argument("--tier", default="S", help="S, M, L or XL; loaded where it is not there yet")
    parser.add_argument("--seconds", type=int, default=1, help="how long each page is asked for in each turn")
    parser.add_argument("--states", nargs="+", choices=STATES, default=list(STATES))
    parser.add_argument("--only", default="", metavar="WORDS", help="pages whose name holds these words")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier}, {options.seconds} s for each turn, 1 worker of 4 threads.\n")
    os.environ.pop("DATABASE_URL", None)
    folder = checked_out(options.revision)
    load(folder, options.tier)
    load(PROJECT, options.tier)
    with DevDatabase(folder).session() as url, production(options.tier), ExitStack() as running:
        other = side(folder, tier_url(url, options.tier), running)
        ours = side(PROJECT, os.environ["DATABASE_URL"], running)
        compare(other, ours, options)


def checked_out(revision):
    """The folder of a checkout of this revision."""
    asked = ["git", "rev-parse", "--short=7", "--verify", f"{revision}^{{commit}}"]
    name = subprocess.check_output(asked, text=True, cwd=PROJECT).strip()
    folder = LOCAL / "revisions" / name
    if not folder.exists():
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", folder, name], check=True, cwd=PROJECT)
    subprocess.run(["./kim", "--help"], check=True, cwd=folder, stdout=subprocess.DEVNULL)  # brings its packages
    return folder


def load(project, tier):
    """Fill the tier by the project's own command, where it is not there yet."""
    own = DevDatabase(project)
    if (own.data / "PG_VERSION").exists():
        with own.session() as url:
            try:
                psycopg.connect(tier_url(url, tier)).close()
            except psycopg.OperationalError:
                pass
            else:
                return
    pack = {"KIM_REFERENCE_DATA": REFERENCE_DATA}
    subprocess.run(["./kim", "manage", "load_tier", tier], check=True, cwd=project, env=pack | os.environ)


def side(project, url, running):
    """A revision as it runs: a portal for each state."""
    from bench.turns import Side

    if project == PROJECT:
        return Side(url, STATES, running)
    python, environment = project / ".venv/bin/python", {"KIM_REFERENCE_DATA": REFERENCE_DATA}
    command = [python, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, check=True, cwd=project, env=os.environ | environment | {"DATABASE_URL": url})
    return Side(url, STATES, running, project=project, python=python, **environment)


def compare(other, ours, options):
    from bench import page_urls
    from bench.turns import in_turn

    columns = [f"{TOLD[state]}: then, ms | now, ms | now / then | × bare" for state in options.states]
    print(f"| page | {' | '.join(columns)} |\n|---|{'---:|' * 4 * len(options.states)}")
    pages = {BARE: ["/tolok/"]}
    pages |= {name: paths for name, paths in page_urls.pages().items() if options.only in name}
    bare = {}
    for name, paths in pages.items():
        cells = []
        for state in options.states:
            then, now = in_turn({other: paths, ours: paths}, state, options.seconds)
            bare.setdefault(state, now)
            ratio = now / then if then else float("nan")
            cells.append(f"{then:.2f} | {now:.2f} | {ratio:.2f} | {now / bare[state]:.1f}")
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    for state in options.states:
        held = " MB, now ".join(f"{side.portals[state].memory():.0f}" for side in (other, ours))
        print(f"\nThe worker holds after all pages, {TOLD[state]}: then {held} MB.")


if __name__ == "__main__":
    main()
