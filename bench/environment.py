"""Where benchmarks run: a tier's database, the settings of production, a core for the server, one for the client."""

import os
import shutil
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.core.management import call_command

from script.kim import database

PRODUCTION = {
    "DEBUG": "0",
    "BEHIND_PROXY": "1",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SITE_URL": "https://127.0.0.1",
    "DJANGO_SETTINGS_MODULE": "bench.settings",
    "SEARCHES_PER_MINUTE": "0",
}
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]


@contextmanager
def production(tier=None):
    """Django set up as in production on the tier's database; without a tier on that of DATABASE_URL itself."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and end the server on the way out
    with database():
        if tier:
            os.environ["DATABASE_URL"] = tier_url(os.environ["DATABASE_URL"], tier)
        os.environ.update(PRODUCTION)
        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


def tier_url(url, tier):
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path}_tier_{tier.lower()}").geturl()


def pinned(core, *command):
    """The command on one core, where there are two and taskset is at hand; on any with None."""
    if core is None or len(CORES) < 2 or not shutil.which("taskset"):
        return list(command)
    return ["taskset", "-c", str(core), *command]


def machine():
    """One sentence about what this was measured on."""
    cpuinfo = Path("/proc/cpuinfo").read_text()
    model = next((line.partition(":")[2].strip() for line in cpuinfo.splitlines() if "model name" in line), "unknown")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1024**2
    load = os.getloadavg()[0]
    return f"{len(CORES)} cores of {model}, {memory:.0f} GB of memory, load {load:.1f} before the start"
