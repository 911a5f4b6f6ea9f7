"""What `./kim` does once Python and the packages are there."""

import contextlib
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import dj_database_url
import psycopg

from script.devdb import DevDatabase

PROJECT = Path(__file__).resolve().parent.parent
LOCAL = PROJECT / ".local"
FIRST_PORT = 8000
OLDEST_SERVER = 15
EXTENSIONS = ["pg_trgm", "unaccent"]

USAGE = """\
./kim [PORT]        menjalankan portal di komputer ini, lengkap dengan data contoh
./kim test ...      menjalankan semua uji, atau yang disebut (argumen pytest)
./kim manage ...    menjalankan manage.py, misalnya ./kim manage shell

Tanpa DATABASE_URL, PostgreSQL dibawa sendiri dan berhenti bersama perintah ini."""


def main(arguments):
    match arguments:
        case [] | ["run"]:
            return run(FIRST_PORT)
        case ["run", port] | [port] if port.isdecimal() and 0 < int(port) < 2**16:
            return run(int(port))
        case ["test", *rest]:
            os.environ.setdefault("DEBUG", "1")
            return with_database(sys.executable, "-m", "pytest", *rest)
        case ["manage", *rest]:
            return with_database(sys.executable, "manage.py", *rest)
        case ["-h" | "--help" | "help"]:
            say(USAGE)
            return 0
        case _:
            say(USAGE)
            return 2


def run(first_port):
    os.environ["DEBUG"] = "1"  # the server below listens on a loopback address only
    os.environ["DEMO_CODE"] = "170845"
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    with database(), contextlib.ExitStack() as children:
        with one_start_at_a_time():
            say("Menyiapkan tabel ...")
            with child(sys.executable, "-m", "script.prepare") as preparation:
                if preparation.wait():
                    return preparation.returncode
            port = free_port(first_port)
            address = f"http://127.0.0.1:{port}"
            os.environ.setdefault("SITE_URL", address)
            server = children.enter_context(child(sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}"))
            wait_for_answer(port, server)
        if port != first_port:
            say(f"\n  Port {first_port} sedang dipakai, jadi portal memakai port {port}.")
        say(f"\n  Portal KIM     {address}/\n  Meja petugas   {address}/petugas/\n\n  Ctrl-C menghentikan semuanya.\n")
        children.enter_context(workers())
        return server.wait()


@contextlib.contextmanager
def one_start_at_a_time():
    """Two would migrate one database twice, and find the same port free."""
    with open(LOCAL / "start.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wait_for_answer(port, server):
    while server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)


@contextlib.contextmanager
def workers():
    """What a request should not wait for, and what is due."""
    with child(sys.executable, "manage.py", "db_worker"), child(sys.executable, "manage.py", "tick", "--every", "20"):
        yield


def with_database(*command):
    with database(), child(*command) as process:
        signal.signal(signal.SIGINT, lambda *_: pass_on_interrupt(process))
        return process.wait()


@contextlib.contextmanager
def child(*command):
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# The environment ------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def database():
    """Set what the settings read; start our own PostgreSQL unless DATABASE_URL names another."""
    LOCAL.mkdir(exist_ok=True)
    os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secret_key(LOCAL / "secret-key")
    os.environ.setdefault("MEDIA_ROOT", str(LOCAL / "media"))
    if os.environ.get("DATABASE_URL"):
        refuse_unfit_server(os.environ["DATABASE_URL"])
        yield
        return
    own = DevDatabase(PROJECT)
    os.environ.setdefault("DEBUG", "1")
    with own.session() as url:
        os.environ["DATABASE_URL"] = url
        os.environ["PATH"] += f":{own.binaries}"  # psql, for `./kim manage dbshell`
        yield


def secret_key(path):
    """The key of this checkout, made once."""
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another start was quicker
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def free_port(first):
    for port in range(first, min(first + 50, 2**16)):
        with socket.socket() as server:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                server.bind(("127.0.0.1", port))
                return port
    raise SystemExit(f"Port {first} dan lima puluh port sesudahnya tidak dapat dipakai. Pilih yang lain: ./kim 9000")


def refuse_unfit_server(url):
    try:
        server = dj_database_url.parse(url)
    except ValueError:
        server = {"ENGINE": ""}
    if not server["ENGINE"].endswith("postgresql"):
        raise SystemExit("DATABASE_URL harus menunjuk ke PostgreSQL, misalnya postgres://nama:sandi@localhost/kim.")
    try:
        with psycopg.connect(
            host=server["HOST"],
            port=server["PORT"] or None,
            user=server["USER"],
            password=server["PASSWORD"],
            dbname=server["NAME"],
            connect_timeout=5,
            **server.get("OPTIONS", {}),
        ) as connection:
            reason = unfit(connection)
    except psycopg.OperationalError as error:
        reason = f"PostgreSQL di DATABASE_URL tidak dapat dihubungi: {error}"
    if reason:
        raise SystemExit(reason)


def unfit(connection):
    """Why the portal cannot live on this server, in one sentence; None when it can."""
    version = connection.info.server_version // 10000
    if version < OLDEST_SERVER:
        return f"PostgreSQL di DATABASE_URL versi {version}; portal memerlukan versi {OLDEST_SERVER} atau lebih baru."
    installed = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    available = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
    missing = [name for name in EXTENSIONS if name not in installed]
    if absent := [name for name in missing if name not in available]:
        return (
            f"PostgreSQL di DATABASE_URL tidak memiliki ekstensi {' dan '.join(absent)}; "
            "pasang paket postgresql-contrib di peladennya."
        )
    (may_create,) = connection.execute("SELECT has_database_privilege(current_database(), 'CREATE')").fetchone()
    if missing and not may_create:
        return (
            f"Peran {connection.info.user} belum boleh memasang ekstensi; mintalah pengelola PostgreSQL menjalankan "
            + " ".join(f"CREATE EXTENSION {name};" for name in missing)
        )
    return None


# Signals --------------------------------------------------------------------------------------------------------------


def answer_signals():
    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGTERM, leave)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, leave)


def leave(number, _frame):
    """End the children and the database on the way out, however impatiently Ctrl-C is pressed."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)


def pass_on_interrupt(process):
    """Ctrl-C at a terminal reaches the child by itself, and a shell lives on after it; a signal sent to us does not."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        at_terminal = False
    else:
        at_terminal = os.tcgetpgrp(terminal) == os.getpgrp()
        os.close(terminal)
    if not at_terminal:
        process.send_signal(signal.SIGINT)


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    answer_signals()
    sys.exit(main(sys.argv[1:]))
