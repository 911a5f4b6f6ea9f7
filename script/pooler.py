"""PgBouncer as deploy/cluster/pgbouncer.ini has it, on loopback, before one server of PostgreSQL."""

import configparser
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from script.kim import PROJECT, free_port

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
FIRST_PORT = 23_000
# What is not as in that file: who is on this machine is believed, a busy one is waited for, and a database that is
# let go of can be dropped.
OURS = {"auth_type": "any", "query_wait_timeout": "60", "server_connect_timeout": "15", "server_idle_timeout": "2"}


def documented(url, port, **more):
    """Its settings, with a way to every database of the server of this URL, as the role that the URL names."""
    place = {name: value for name, value in conninfo_to_dict(url).items() if name != "dbname"}
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(PROJECT / "deploy/cluster/pgbouncer.ini")
    settings["databases"] = {"*": " ".join(f"{name}={value}" for name, value in place.items())}
    settings["pgbouncer"].update(OURS | more | {"listen_port": str(port)})
    del settings["pgbouncer"]["auth_file"]
    return settings


@contextlib.contextmanager
def pgbouncer(url, **more):
    """Yield the port of a PgBouncer that leads to the server of this URL."""
    if not PROGRAM:
        raise SystemExit("PgBouncer tidak ada di komputer ini: sudo apt-get install pgbouncer")
    port = free_port(FIRST_PORT)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pgbouncer.ini"
        with file.open("w") as text:
            documented(url, port, **more).write(text)
        lent = {}
        if os.geteuid() == 0:  # PgBouncer refuses to run as root
            nobody = pwd.getpwnam("nobody")
            lent = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            for path in (folder, file):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        with subprocess.Popen([PROGRAM, "-q", file], cwd="/", stderr=subprocess.DEVNULL, **lent) as process:
            try:
                wait_until_open(port, process)
                yield port
            finally:
                process.terminate()


def wait_until_open(port, process):
    while process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("PgBouncer tidak mau jalan.")
