"""The hosts of a cluster: namespaces, files of deploy/cluster/ filled in, processes, in the order of docs/deploy.md."""

import contextlib
import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from string import Template

import psycopg

from script.kim import PROJECT, STAMP, STATIC, kept_stamp, static_stamp

FILES = PROJECT / "deploy" / "cluster"
FRONT = "10.77.0.1"
ADDRESSES = {
    "etcd": "10.77.0.10", "db1": "10.77.0.11", "db2": "10.77.0.12", "web1": "10.77.0.21", "web2": "10.77.0.22",
    "redis": "10.77.0.30",
}  # fmt: skip
SITE = "kim.test"
# What nginx would say of a visitor.
VISITOR = {"Host": SITE, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
POSTGRES = "postgres"
FILLING = ["grant_rights kim", "fold_counts --verbosity 0", "make_words --verbosity 0"]


class Host:
    """A namespace with an address on the bridge, and what runs in it."""

    def __init__(self, name, folder):
        self.name, self.address, self.folder = name, ADDRESSES.get(name, FRONT), folder / name
        self.folder.mkdir()
        shutil.chown(self.folder, POSTGRES, POSTGRES)
        if name != "front":
            inside, outside = ["ip", "-n", name], f"to-{name}"
            run("ip", "netns", "add", name)
            run("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name)
            run("ip", "link", "set", outside, "master", "bridge", "up")
            run(*inside, "address", "add", f"{self.address}/24", "dev", "eth0")
            run(*inside, "link", "set", "eth0", "up")
            run(*inside, "link", "set", "lo", "up")

    def start(self, *command, user="root", **environment):
        entered = [] if self.name == "front" else ["ip", "netns", "exec", self.name]
        lent = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user != "root" else []
        with open(self.folder / f"{Path(command[0]).name}.log", "a") as log:
            return subprocess.Popen(
                [*entered, *lent, *map(str, command)], cwd=PROJECT if user == "root" else "/", stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, env=os.environ | {"HOME": str(self.folder)} | environment,
            )  # fmt: skip

    def write(self, name, values):
        """A file of deploy/cluster/, filled in for this host."""
        path = self.folder / name
        path.write_text(filled(name, values | {"HOST_NAME": self.name, "HOST_ADDRESS": self.address}))
        shutil.chown(path, POSTGRES, POSTGRES)
        path.chmod(0o600)
        return path

    def kill(self):
        """As when the power fails: everything on it at once, without a word."""
        for pid in map(int, run("ip", "netns", "pids", self.name).split()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.passwords = {name: secrets.token_hex(24) for name in ("POSTGRES", "REPLICATION", "KIM")}
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "bridge", "type", "bridge")
        run("ip", "address", "add", f"{FRONT}/24", "dev", "bridge")
        run("ip", "link", "set", "bridge", "up")
        self.hosts = {name: Host(name, folder) for name in ["front", *ADDRESSES]}
        self.gunicorns = {}
        [postgres] = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))[-1:]
        self.values = {f"{name}_PASSWORD": word for name, word in self.passwords.items()} | {
            "NETWORK": "10.77.0.0/24", "ETCD_HOSTS": f"{ADDRESSES['etcd']}:2379", "POSTGRES_PROGRAMS": postgres.parent,
            **{name.upper(): ADDRESSES[name] for name in ("db1", "db2", "web1", "web2")},
        }  # fmt: skip

    def values_of(self, host):
        return self.values | {
            "POSTGRES_FOLDER": host.folder / "data",
            "POSTGRES_SOCKETS": host.folder,
            "PGBOUNCER_USERS": host.folder / "pgbouncer-users.txt",
        }

    def begin(self):
        tell("etcd, PostgreSQL under Patroni")
        etcd = self.hosts["etcd"]
        url = f"http://{etcd.address}"
        etcd.start(
            *("etcd", "--data-dir", etcd.folder / "data", "--initial-cluster", f"default={url}:2380"),
            *("--listen-client-urls", f"{url}:2379", "--advertise-client-urls", f"{url}:2379"),
            *("--listen-peer-urls", f"{url}:2380", "--initial-advertise-peer-urls", f"{url}:2380"),
        )
        self.start_database("db1")
        until(60, "Patroni makes no primary", lambda: self.primary() == "db1")
        tell("roles, tables, regions, invented rows")
        self.fill()
        self.start_database("db2")
        until(90, "no copy follows", lambda: self.copies() == {"sync"})
        tell("Redis, HAProxy, PgBouncer, the portal on two hosts")
        self.start_redis()
        for name in ("web1", "web2"):
            self.start_web(name)
        front = self.hosts["front"]
        front.start("haproxy", "-db", "-f", front.write("haproxy-front.cfg", self.values))
        until(60, "the portal does not answer", lambda: send("GET", "/readyz")[0] == 200)

    def start_database(self, name):
        host = self.hosts[name]
        host.start("patroni", host.write("patroni.yml", self.values_of(host)), user=POSTGRES)

    def start_redis(self):
        host = self.hosts["redis"]
        self.redis = host.start("redis-server", "--bind", host.address, "--protected-mode", "no", "--save", "")

    def start_web(self, name):
        host = self.hosts[name]
        values = self.values_of(host)
        host.write("pgbouncer-users.txt", values)
        host.start("haproxy", "-db", "-f", host.write("haproxy-postgres.cfg", values))
        host.start("pgbouncer", host.write("pgbouncer.ini", values), user=POSTGRES)
        environment = self.environment() | {"BIND": f"{host.address}:8000"}
        self.gunicorns[name] = host.start(sys.executable, "-m", "gunicorn", "kimportal.wsgi", **environment)
        host.start(sys.executable, "manage.py", "db_worker", **environment)
        host.start(sys.executable, "manage.py", "tick", "--every", "20", **environment)

    def environment(self):
        pooler = f"postgres://kim:{self.passwords['KIM']}@127.0.0.1:6432"
        return {
            "SECRET_KEY": self.passwords["KIM"] * 2, "ALLOWED_HOSTS": SITE, "SITE_URL": f"https://{SITE}",
            "DATABASE_URL": f"{pooler}/kim", "REPLICA_URL": f"{pooler}/kim_copy", "DATABASE_POOLER": "1",
            "REDIS_URL": f"redis://{ADDRESSES['redis']}:6379/0", "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(STATIC), "BEHIND_PROXY": "1", "FORWARDED_ALLOW_IPS": FRONT, "WEB_CONCURRENCY": "2",
            "DJANGO_SETTINGS_MODULE": "kimportal.settings",
        }  # fmt: skip

    def fill(self):
        """The rows of a province (bench/tiers.py), in the database and by the role that a portal has."""
        with self.connection("postgres", "postgres") as server:
            for role in ("kim_owner CREATEDB", "kim"):
                server.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{self.passwords['KIM']}'")
            # Invented rows enter with triggers off.
            server.execute("GRANT SET ON PARAMETER session_replication_role TO kim_owner")
        # They need a portal that is not the world's.
        environment = self.environment() | {"DATABASE_URL": self.direct_url("kim_owner", "postgres"), "DEBUG": "1"}
        environment |= {"DATABASE_POOLER": "0", "REPLICA_URL": "", "REDIS_URL": ""}
        manage("load_tier S", environment, self.folder)
        with self.connection("postgres", "postgres") as server:
            server.execute("ALTER DATABASE postgres_tier_s RENAME TO kim")
        environment["DATABASE_URL"] = self.direct_url("kim_owner")
        for command in FILLING:
            manage(command, environment, self.folder)
        if static_stamp() != kept_stamp():
            manage("collectstatic --noinput --verbosity 0", environment | {"DEBUG": "0"}, self.folder)
            STAMP.write_text(static_stamp())

    def direct_url(self, role, database="kim"):
        """To whichever host is the primary, without PgBouncer; the role of the portal or the owner of the tables."""
        hosts = f"host={ADDRESSES['db1']},{ADDRESSES['db2']}&target_session_attrs=primary"
        return f"postgres://{role}:{self.passwords['KIM']}@/{database}?{hosts}"

    def connection(self, user="kim", database="kim"):
        word = self.passwords["POSTGRES" if user == POSTGRES else "KIM"]
        hosts = f"{ADDRESSES['db1']},{ADDRESSES['db2']}"
        return psycopg.connect(
            host=hosts, dbname=database, user=user, password=word, target_session_attrs="primary", connect_timeout=3,
            autocommit=True,
        )  # fmt: skip

    def primary(self):
        """The name of its host, as Patroni says; None while there is none."""
        for name in ("db1", "db2"):
            if send("OPTIONS", "/primary", ADDRESSES[name], 8008)[0] == 200:
                return name
        return None

    def copies(self):
        """What the primary says of those who follow it: sync, async."""
        try:
            with self.connection(POSTGRES, "postgres") as server:
                return {state for (state,) in server.execute("SELECT sync_state FROM pg_stat_replication")}
        except psycopg.OperationalError:
            return set()


def manage(command, environment, folder):
    with open(folder / "manage.log", "a+") as log:
        step = [sys.executable, "manage.py", *command.split()]
        if subprocess.run(step, cwd=PROJECT, env=os.environ | environment, stdout=log, stderr=log).returncode:
            log.seek(0)
            raise SystemExit(f"manage.py {command} failed:\n{log.read()[-2000:]}")


def filled(name, values):
    return Template((FILES / name).read_text()).substitute(values)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def send(method, path, address="127.0.0.1", port=8080, body=None, headers=VISITOR, timeout=10):
    """The status and the body; where nobody answers the name of what went wrong, and nothing."""
    connection = http.client.HTTPConnection(address, port, timeout=timeout)
    with contextlib.closing(connection):
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__, b""


def until(seconds, trouble, holds):
    """How many seconds it took until it held."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise SystemExit(f"After {seconds} seconds {trouble}.")
        time.sleep(0.2)
    return time.monotonic() - began


def tell(text):
    print(f"  {text} ...", flush=True)
