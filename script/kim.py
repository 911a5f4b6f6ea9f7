"""What `./kim` does once Python and the packages are there."""

import base64
import contextlib
import fcntl
import hashlib
import hmac
import http.client
import os
import secrets
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from kimportal import environment
from script.devdb import DevDatabase

PROJECT = Path(__file__).resolve().parent.parent
LOCAL = PROJECT / ".local"
STATIC = LOCAL / "static"
STAMP = STATIC / ".stamp"
CODE_SECONDS = 30
FIRST_PORT = 8000
OLDEST_SERVER = 15
# The owner goes straight to PostgreSQL, and what a browser shows does not depend on the way there.
FOR_POOLER = ["--ignore=tests/browser", "-m", "not owner and not session"]
EXTENSIONS = ["btree_gist", "pg_trgm", "unaccent"]

USAGE = """\
./kim [PORT]        menjalankan portal di komputer ini seperti di peladen sungguhan, lengkap dengan data contoh
./kim --debug [PORT]  menjalankannya untuk mengembangkan: perubahan kode langsung dipakai, kesalahan ditunjukkan
./kim kode          kode autentikator untuk masuk sebagai petugas contoh
./kim test ...      menjalankan semua uji, atau yang disebut (argumen pytest)
./kim test --pgbouncer ...  menjalankannya lewat PgBouncer, selain yang memakai peramban atau pemilik tabel
./kim manage ...    menjalankan manage.py, misalnya ./kim manage shell

Tanpa DATABASE_URL, PostgreSQL dibawa sendiri dan berhenti bersama perintah ini."""


def main(arguments):
    debug = "--debug" in arguments[:2] and arguments[:1] not in (["test"], ["manage"])
    match [word for word in arguments if word != "--debug"] if debug else arguments:
        case [] | ["run"]:
            return run(FIRST_PORT, debug=debug)
        case ["run", port] | [port] if port.isdecimal() and 0 < int(port) < 2**16:
            return run(int(port), debug=debug)
        case ["kode"] if not debug:
            return tell_code()
        case ["test", "--pgbouncer", *rest]:
            os.environ.setdefault("DEBUG", "1")
            return through_pooler(sys.executable, "-m", "pytest", *FOR_POOLER, *rest)
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


def run(first_port, *, debug):
    """What production runs, on a loopback address and over plain HTTP; for developing, Django's own server."""
    os.environ["DEMONSTRATION"] = "1"  # settings.py refuses it anywhere but on loopback addresses
    os.environ["DEBUG"] = "1" if debug else "0"
    with database(), contextlib.ExitStack() as children:
        os.environ["DEMO_SECRET"] = demo_secret()
        with one_start_at_a_time():
            if code := prepare(debug=debug):
                return code
            port = free_port(first_port)
            address = f"http://127.0.0.1:{port}"
            os.environ.setdefault("SITE_URL", address)
            server = children.enter_context(serve(port, debug=debug))
            wait_for_answer(port, server)
        if port != first_port:
            say(f"\n  Port {first_port} sedang dipakai, jadi portal memakai port {port}.")
        say(f"\n  Portal KIM     {address}/\n  Meja petugas   {address}/petugas/\n\n  Ctrl-C menghentikan semuanya.\n")
        children.enter_context(workers())
        keep_showing_code()
        return server.wait()


def prepare(*, debug):
    """Tables, regions, demonstration data, static files; the exit code of what failed, or 0."""
    say("Menyiapkan tabel ...")
    steps = [[sys.executable, "-m", "script.prepare"]]
    if not debug and static_stamp() != kept_stamp():
        steps.append([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"])
    with contextlib.ExitStack() as children:
        started = [children.enter_context(child(*step)) for step in steps]
        failed = next(filter(None, [process.wait() for process in started]), 0)
    if not failed and len(steps) > 1:
        STAMP.write_text(static_stamp())
    return failed


def serve(port, *, debug):
    if debug:
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        return child(sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}")
    os.environ["BIND"] = f"127.0.0.1:{port}"
    # Interrupted, gunicorn ends at once; terminated, it would wait for browsers that keep their connection.
    return child(sys.executable, "-m", "gunicorn", "kimportal.wsgi", ending=signal.SIGINT)


@contextlib.contextmanager
def one_start_at_a_time():
    """Two would migrate one database twice, and find the same port free."""
    with open(LOCAL / "start.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wait_for_answer(port, server):
    """Until a page comes: who listens may not be ready to answer yet."""
    while server.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
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


def through_pooler(*command):
    from script.pooler import pgbouncer

    with database(), pgbouncer(os.environ["DATABASE_URL"]) as port:
        server = conninfo_to_dict(os.environ["DATABASE_URL"])
        through = f"postgres://{server['user']}@127.0.0.1:{port}/{server['dbname']}"
        os.environ |= {"DATABASE_URL": through, "DATABASE_POOLER": "1"}
        return with_database(*command)


@contextlib.contextmanager
def child(*command, ending=signal.SIGTERM):
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        process.send_signal(ending)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            left = workers_of(process)
            process.kill()
            process.wait()
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def workers_of(process):
    """Its own children, who would not hear that it was killed; nobody's where the system does not tell."""
    try:
        return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    except OSError:
        return []


# The environment ------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def database():
    """Set what the settings read; start our own PostgreSQL unless DATABASE_URL names another."""
    LOCAL.mkdir(exist_ok=True)
    os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secret(LOCAL / "secret-key")
    os.environ.setdefault("MEDIA_ROOT", str(LOCAL / "media"))
    os.environ.setdefault("STATIC_ROOT", str(STATIC))
    if os.environ.get("DATABASE_URL"):
        refuse_unfit_server("DATABASE_URL")
        yield
        return
    own = DevDatabase(PROJECT)
    os.environ.setdefault("DEBUG", "1")
    with own.session() as url:
        os.environ["DATABASE_URL"] = url
        os.environ["PATH"] += f":{own.binaries}"  # psql, for `./kim manage dbshell`
        yield


def secret(path, make=lambda: secrets.token_urlsafe(48)):
    """A secret of this checkout, made once, for its owner alone."""
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        with contextlib.suppress(FileExistsError):  # another start was quicker
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def static_stamp():
    """What the static files are like: ours by when they were written, those of packages by their versions."""
    ours = sorted((PROJECT / "static").rglob("*"))
    ways = [PROJECT / "kimportal" / name for name in ("static_files.py", "older_browsers.py")]
    written = [(str(path), path.stat().st_mtime_ns) for path in [*ours, *ways]]
    return hashlib.sha256(repr(written).encode() + (PROJECT / "uv.lock").read_bytes()).hexdigest()


def kept_stamp():
    """Of the files that were gathered last."""
    return STAMP.read_text() if STAMP.exists() else ""


# The demonstration's officers need a second factor, as all officers do; everyone at this computer may know it.


def demo_secret():
    return secret(LOCAL / "demo-secret", lambda: base64.b32encode(secrets.token_bytes(20)).decode())


def code_at(moment):
    """The code that an authenticator shows with this secret (RFC 6238: SHA-1, 30 seconds, six digits)."""
    key = base64.b32decode(demo_secret())
    digest = hmac.digest(key, struct.pack(">Q", int(moment) // CODE_SECONDS), "sha1")
    offset = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def tell_code():
    LOCAL.mkdir(exist_ok=True)
    now = time.time()
    say(f"Kode petugas contoh: {code_at(now)} (berlaku {CODE_SECONDS - int(now) % CODE_SECONDS} detik lagi)")
    return 0


def keep_showing_code():
    """On a terminal the line with the code stays right; elsewhere it is said once, with how to see the next one."""
    if not sys.stdout.isatty():
        say(f"  Petugas masuk dengan kode {code_at(time.time())}; kode berikutnya: ./kim kode\n")
        return
    threading.Thread(target=show_codes, daemon=True).start()


def show_codes():
    while True:
        now = time.time()
        print(f"\r\033[K  Petugas masuk dengan kode {code_at(now)} ", end="", flush=True)
        time.sleep(CODE_SECONDS - now % CODE_SECONDS)


def free_port(first):
    for port in range(first, min(first + 50, 2**16)):
        with socket.socket() as server:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                server.bind(("127.0.0.1", port))
                return port
    raise SystemExit(f"Port {first} dan lima puluh port sesudahnya tidak dapat dipakai. Pilih yang lain: ./kim 9000")


def refuse_unfit_server(name):
    """End with a sentence when the portal cannot live on the server that this variable names."""
    try:
        server = environment.database(name)
    except environment.Refused as refusal:
        raise SystemExit(f"{name} tidak dapat dipakai. {refusal}") from refusal
    options = {key: value for key, value in server["OPTIONS"].items() if key != "assume_role"}
    places = {key: server[place] or None for key, place in environment.PLACES.items() if key not in options}
    try:
        with psycopg.connect(**places, **options) as connection:
            reason = unfit(connection)
    except psycopg.OperationalError as error:
        reason = f"PostgreSQL di {name} tidak dapat dihubungi: {error}"
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
