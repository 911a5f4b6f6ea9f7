"""Several portals that answer in turn, so that whatever else the machine does falls on all of them."""

from itertools import cycle, islice

import psycopg

from bench.load import run
from bench.server import backends_cpu, portal


class Side:
    """A portal for each of the states (`{name: settings}`), over one database; `running` ends them."""

    def __init__(self, url, states, running, **how):
        self.database = running.enter_context(psycopg.connect(url, autocommit=True))
        self.portals = {
            name: running.enter_context(portal(DATABASE_URL=url, **how, **kept)) for name, kept in states.items()
        }

    def used(self, state):
        """Seconds of CPU that the portal and its backends have used."""
        return self.portals[state].cpu() + backends_cpu(self.database)


def in_turn(pages, state, seconds, turns=2):
    """Milliseconds of CPU for one answer of each side, of `{side: its paths}`; each is asked so often for so long.

    Every other turn goes the other way round.
    """
    used, answered = dict.fromkeys(pages, 0), dict.fromkeys(pages, 0)
    for side, paths in pages.items():
        for path in paths:  # the first answer of each page is nobody's: what a process keeps is there afterwards
            status, _headers, _body = side.portals[state].fetch(path)
            if status != 200:
                raise SystemExit(f"{path} answered {status}.")
    for side in islice(cycle([*pages, *reversed(pages)]), turns * len(pages)):
        before = side.used(state)
        answered[side] += run(side.portals[state], [f"{path}\t" for path in pages[side]], seconds)["requests"]
        used[side] += side.used(state) - before
    return [1000 * used[side] / answered[side] for side in pages]
