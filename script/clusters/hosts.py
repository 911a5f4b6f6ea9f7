"""The hosts of a cluster: namespaces, files of deploy/ filled in, processes, in the order of docs/deploy.md."""

import contextlib
import http.client
import os
import re
import secrets
import shutil
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path
from string import Template

import boto3
import psycopg

from script.kim import PROJECT, STAMP, STATIC, kept_stamp, static_stamp

DEPLOY = PROJECT / "deploy"
FILES = DEPLOY / "cluster"
FRONT = "10.77.0.1"
ADDRESSES = {
    "etcd": "10.77.0.10", "db1": "10.77.0.11", "db2": "10.77.0.12", "web1": "10.77.0.21", "web2": "10.77.0.22",
    "redis": "10.77.0.30", "store": "10.77.0.40",
}  # fmt: skip
SITE = "kim.test"
HAPROXY, EDGE, STORE = 8080, 6081, f"{ADDRESSES['store']}:9000"
# What nginx says of a visitor, to Varnish.
VISITOR = {"Host": SITE, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
POSTGRES = "postgres"
# Of an S3 store that believes everybody.
KEYS = {"S3_REGION": "us-east-1", "S3_ACCESS_KEY": "cluster", "S3_SECRET_KEY": "cluster"}
HERE = {"/srv/kim/portal": str(PROJECT)}
NGINX = """
daemon off; user root; worker_processes 1; pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types; access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
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
        lent = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user != "root" else []
        with open(self.folder / f"{Path(command[0]).name}.log", "a") as log:
            return subprocess.Popen(
                self.entered(*lent, *command), cwd=PROJECT if user == "root" else "/", stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, env=os.environ | {"HOME": str(self.folder)} | environment,
                start_new_session=True,  # by which the kernel shares the cores out, as if it were alone on its host
            )  # fmt: skip

    def entered(self, *command):
        return [*([] if self.name == "front" else ["ip", "netns", "exec", self.name]), *map(str, command)]

    def write(self, name, values):
        """A file of deploy/cluster/, filled in for this host."""
        path = self.folder / name
        path.write_text(filled(name, values | {"HOST_NAME": self.name, "HOST_ADDRESS": self.address}))
        shutil.chown(path, POSTGRES, POSTGRES)
        path.chmod(0o600)
        return path

    def cut_off(self):
        """As when its cable is pulled: what is sent to it is not even refused."""
        run("ip", "link", "set", f"to-{self.name}", "down")

    def plug_in(self):
        run("ip", "link", "set", f"to-{self.name}", "up")

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
        tell("Redis, an S3 store, HAProxy, PgBouncer, the portal on two hosts")
        self.start_redis()
        self.start_store()
        for name in ("web1", "web2"):
            self.start_web(name)
        self.start_front()
        until(120, "the portal does not answer", lambda: send("GET", "/readyz")[0] == 200)

    def start_front(self):
        """nginx, Varnish and HAProxy, one behind the other."""
        front = self.hosts["front"]
        front.start("haproxy", "-db", "-f", front.write("haproxy-front.cfg", self.values))
        (front.folder / "kim.vcl").write_text(edge_rules())
        front.start(
            *("varnishd", "-F", "-j", "none", "-T", "none", "-s", "default,256m", "-f", front.folder / "kim.vcl"),
            *("-n", front.folder / "varnish", "-a", f"127.0.0.1:{EDGE}", "-a", f"{FRONT}:{EDGE}"),
        )
        run(
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={SITE}"),
            *("-addext", f"subjectAltName=DNS:{SITE}", "-keyout", front.folder / "key.pem"),
            *("-out", front.folder / "certificate.pem"),
        )
        (front.folder / "site.conf").write_text(site_rules(front.folder))
        (front.folder / "nginx.conf").write_text(NGINX.format(folder=front.folder))
        front.start("nginx", "-e", front.folder / "nginx-error.log", "-c", front.folder / "nginx.conf")

    def trust(self):
        return ssl.create_default_context(cafile=self.hosts["front"].folder / "certificate.pem")

    def start_store(self):
        """moto, which keeps in memory what an S3 store keeps on disks."""
        self.hosts["store"].start(sys.executable, "-m", "moto.server", "-H", ADDRESSES["store"], "-p", "9000")
        until(60, "the store does not answer", lambda: send("GET", "/", ADDRESSES["store"], 9000, headers={})[0] == 200)
        self.bucket().create()

    def bucket(self):
        """The one of `environment()`, past the portal."""
        keys = {"aws_access_key_id": KEYS["S3_ACCESS_KEY"], "aws_secret_access_key": KEYS["S3_SECRET_KEY"]}
        return boto3.resource("s3", endpoint_url=f"http://{STORE}", region_name=KEYS["S3_REGION"], **keys).Bucket("kim")

    def start_database(self, name):
        host = self.hosts[name]
        host.start("patroni", host.write("patroni.yml", self.values_of(host)), user=POSTGRES)

    def start_redis(self):
        host = self.hosts["redis"]
        self.redis = host.start("redis-server", "--bind", host.address, "--protected-mode", "no", "--save", "")

    def start_web(self, name, **more):
        host = self.hosts[name]
        values = self.values_of(host)
        host.write("pgbouncer-users.txt", values)
        host.start("haproxy", "-db", "-f", host.write("haproxy-postgres.cfg", values))
        host.start("pgbouncer", host.write("pgbouncer.ini", values), user=POSTGRES)
        environment = self.environment() | {"BIND": f"{host.address}:8000"} | more
        self.gunicorns[name] = host.start(sys.executable, "-m", "gunicorn", "kimportal.wsgi", **environment)
        host.start(sys.executable, "manage.py", "db_worker", **environment)
        host.start(sys.executable, "manage.py", "tick", "--every", "20", **environment)

    def wrong_clock(self, seconds):
        """The environment of a process whose clock is so much ahead, also of those that run already."""
        return wrong_clock(self.folder, seconds)

    def logged(self, hosts, words):
        """How often hosts whose names begin so wrote these words."""
        logs = [log for host in self.folder.glob(f"{hosts}*") for log in host.glob("*.log")]
        return sum(log.read_text(errors="replace").count(words) for log in logs)

    def villages(self):
        """Paths of pages that nobody reads twice."""
        with self.connection() as server:
            rows = server.execute("SELECT code, slug FROM regions_region WHERE level = 4 ORDER BY random()")
            return [f"/wilayah/{code}-{slug}/" for code, slug in rows]

    def environment(self):
        pooler = f"postgres://kim:{self.passwords['KIM']}@127.0.0.1:6432"
        return {
            "SECRET_KEY": self.passwords["KIM"] * 2, "ALLOWED_HOSTS": SITE, "SITE_URL": f"https://{SITE}",
            "DATABASE_URL": f"{pooler}/kim", "REPLICA_URL": f"{pooler}/kim_copy", "DATABASE_POOLER": "1",
            "REDIS_URL": f"redis://{ADDRESSES['redis']}:6379/0", "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(STATIC), "BEHIND_PROXY": "1", "FORWARDED_ALLOW_IPS": FRONT, "WEB_CONCURRENCY": "2",
            "TRUSTED_PROXY_COUNT": "2", "EDGES": f"http://{FRONT}:{EDGE}", "S3_BUCKET": "kim", "FILES_BY_NGINX": "1",
            "S3_ENDPOINT": f"http://{STORE}", "DJANGO_SETTINGS_MODULE": "kimportal.settings", **KEYS,
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


def edge_rules():
    """deploy/varnish.vcl before HAProxy, told of changes by both web hosts."""
    portals = "".join(f'    "{ADDRESSES[name]}";\n' for name in ("web1", "web2"))
    return changed(
        DEPLOY / "varnish.vcl",
        {'.port = "8000"': f'.port = "{HAPROXY}"', "acl portals {\n": f"acl portals {{\n{portals}"} | HERE,
    )


def site_rules(folder):
    """deploy/nginx.conf before Varnish, with a certificate of its own; the store speaks no TLS here."""
    documented = DEPLOY / "nginx.conf"
    keeping = re.search(r" *proxy_cache kim;.*?proxy_cache_use_stale[^\n]*\n", documented.read_text(), re.DOTALL)
    return changed(
        documented,
        {
            keeping[0]: "", "kim.example.go.id": SITE, "http://127.0.0.1:8000": f"http://127.0.0.1:{EDGE}",
            f"/etc/letsencrypt/live/{SITE}/fullchain.pem": f"{folder}/certificate.pem",
            f"/etc/letsencrypt/live/{SITE}/privkey.pem": f"{folder}/key.pem",
            "/var/cache/nginx/kim": f"{folder}/kept", "https://$store": "http://$store", "s3.example.go.id": STORE,
            "    listen [::]:80;\n": "", "    listen [::]:80 default_server;\n": "",
            "    listen [::]:443 ssl http2;\n": "", "    listen [::]:443 ssl http2 default_server;\n": "",
        } | HERE,
    )  # fmt: skip


def wrong_clock(folder, seconds):
    """script/clusters/clock.c, built in this folder, and what processes need in their environment to load it."""
    library, shown = folder / "clock.so", folder / "clock"
    if not library.exists():
        run("gcc", "-O2", "-shared", "-fPIC", "-o", library, Path(__file__).with_name("clock.c"))
    told = folder / "clock.new"
    told.write_text(f"{seconds}")
    told.rename(shown)
    return {"LD_PRELOAD": str(library), "WRONG_CLOCK": str(shown)}


def changed(file, changes):
    text = file.read_text()
    for documented, ours in changes.items():
        if documented not in text:
            raise SystemExit(f"{file} no longer says {documented}.")
        text = text.replace(documented, ours)
    return text


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def send(method, path, address="127.0.0.1", port=EDGE, body=None, headers=VISITOR, timeout=10):
    """The status and the body; where nobody answers the name of what went wrong, and nothing."""
    connection = http.client.HTTPConnection(address, port, timeout=timeout)
    with contextlib.closing(connection):
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__, b""


def until(seconds, trouble, holds, pause=0.2):
    """How many seconds it took until it held."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise SystemExit(f"After {seconds} seconds {trouble}.")
        time.sleep(pause)
    return time.monotonic() - began


def tell(text):
    print(f"  {text} ...", flush=True)
