"""Another process of the portal on the database of a test, which kills itself in the middle of its work."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

GIVEN_UP = 30  # seconds
AT_WORK = """
SELECT FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    AND xact_start IS NOT NULL
"""


def dies(code, *arguments, **environment):
    """Whether it was killed before it came to its end; what it held is free again then."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url} | environment,
    )  # fmt: skip
    wait_until_nobody_is_at_work()
    return done.returncode == -signal.SIGKILL


def wait_until_nobody_is_at_work():
    """PostgreSQL sees only a moment later that a process is gone, and until then keeps locked what that had locked."""
    until = time.monotonic() + GIVEN_UP
    while is_at_work():
        assert time.monotonic() < until, "Another session is still in a transaction."
        time.sleep(0.02)


def is_at_work():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({AT_WORK})")
        return cursor.fetchone()[0]
