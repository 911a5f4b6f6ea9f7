"""The table of docs/browsers.md: start `./kim`, then run `.venv/bin/python -m script.browsers [http://127.0.0.1:8000]`.

Old Chromium is fetched by npm into .local/engines; an engine that is not here has a line that says so.
"""

import sys
from datetime import date
from urllib.parse import urlsplit

from script import engines
from script.gate import Gate
from script.journeys import JOURNEYS, walked
from script.kim import LOCAL, PROJECT

DOCUMENT = PROJECT / "docs" / "browsers.md"
BEGIN, END = "<!-- begin: python -m script.browsers -->", "<!-- end -->"
ACCOUNT, VILLAGE = ("ketua@contoh.id", "kim-contoh-2026"), "64.02.02.2003"
HEADINGS = ["reading", "a post with a photo", "draft without a line, sent later", "proposal with a photo", "following"]
KEPT = LOCAL / "engines"

OPENERS = {
    f"Chromium {version}": lambda version=version: engines.old_chromium(version, KEPT) for version in engines.PACKED
}
OPENERS |= {"Chromium of Debian": engines.chromium, "Firefox ESR": engines.firefox, "WebKitGTK": engines.webkit}


def main(site="http://127.0.0.1:8000"):
    gate = Gate(urlsplit(site).port)
    lines = ["| engine | calls itself | " + " | ".join(HEADINGS) + " |", "|---" * (len(HEADINGS) + 2) + "|"]
    faults = []
    for name, opener in OPENERS.items():
        calls_itself, told = tried(opener, gate)
        new = [f"- {name}, {journey}: {words}" for journey, words in told.items() if isinstance(words, str)]
        faults += new
        cells = [f"{told[one]:.0f} s" if isinstance(told.get(one), float) else "**no**" for one in JOURNEYS]
        lines.append(f"| {name} | {calls_itself} | {' | '.join(cells)} |")
        print(lines[-1], *new, sep="\n", flush=True)
        write(
            [f"On {date.today():%d %B %Y}:", "", *lines, "", *(["What was not walked:", "", *faults] if faults else [])]
        )


def tried(opener, gate):
    """What the engine calls itself, and what came of each journey."""
    try:
        with opener() as engine:
            calls_itself = engine.run("return navigator.userAgent.split(' ').slice(-2).join(' ');")
            return calls_itself, walked(engine, gate, ACCOUNT, VILLAGE)
    except (engines.NotHere, engines.Trouble) as trouble:
        return "", {"all": str(trouble).split("\n")[0]}


def write(lines):
    before, _, rest = DOCUMENT.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text("\n".join([before + BEGIN, "", *lines, "", END + after]))


if __name__ == "__main__":
    main(*sys.argv[1:])
