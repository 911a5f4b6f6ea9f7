"""`./kim` on machines of every kind, and what it leaves behind: nothing."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from script import devdb, kim, prepare
from script.devdb import DevDatabase

PROJECT = Path(__file__).resolve().parents[2]
LOCALES = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()


# Finding uv -----------------------------------------------------------------------------------------------------------

BROKEN = "#!/bin/sh\nexit 127\n"

UV = """#!/bin/sh
[ "$1" = sync ] || exit 0
mkdir -p .venv/bin
printf '#!/bin/sh\\necho "started: $*"\\n' >.venv/bin/python
chmod +x .venv/bin/python
"""

# A Python whose `-m venv` works only when it is told so, and whose `pip install` brings the uv above.
PYTHON = """#!/bin/sh
case "$*" in
    "-m venv "*) %s; mkdir -p .local/uv/bin; cp "$0" .local/uv/bin/python ;;
    "-m pip install "*) mkdir -p .local/uv/bin; cp "{uv}" .local/uv/bin/uv ;;
esac
"""


@pytest.fixture
def bare_machine(tmp_path):
    """A checkout, and a PATH that begins with a folder of the test's own; its python3 and uv do not run."""
    machine = SimpleNamespace(checkout=tmp_path / "checkout", bin=tmp_path / "bin", uv=tmp_path / "uv-in-stock")
    machine.checkout.mkdir()
    machine.bin.mkdir()
    shutil.copy(PROJECT / "kim", machine.checkout)
    put(machine.uv, UV)
    for name in ("python3", "uv"):
        put(machine.bin / name, BROKEN)
    return machine


def put(path, script):
    path.write_text(script)
    path.chmod(0o755)


def start(machine, *arguments):
    environment = {"PATH": f"{machine.bin}:/usr/bin:/bin", "HOME": str(machine.checkout)}
    return subprocess.run(
        [machine.checkout / "kim", *arguments], cwd="/", env=environment, capture_output=True, text=True, check=False
    )


def test_a_uv_that_runs_is_used(bare_machine):
    put(bare_machine.bin / "uv", UV)

    done = start(bare_machine, "test", "-k", "two words")

    assert "started: -m script.kim test -k two words" in done.stdout
    assert not (bare_machine.checkout / ".local").exists()


@pytest.mark.parametrize("venv", [":", "exit 1"], ids=["with venv", "with pip alone"])
def test_without_uv_the_first_python_that_runs_brings_it(bare_machine, venv):
    put(bare_machine.bin / "python3.14", (PYTHON % venv).format(uv=bare_machine.uv))

    done = start(bare_machine, "8080")

    assert "Mengambil uv" in done.stdout
    assert "started: -m script.kim 8080" in done.stdout


def test_what_was_brought_once_is_not_fetched_again(bare_machine):
    put(bare_machine.bin / "python3.14", (PYTHON % ":").format(uv=bare_machine.uv))
    start(bare_machine)

    again = start(bare_machine)

    assert again.stdout == "started: -m script.kim\n"


def test_without_a_way_to_install_anything_we_say_so(bare_machine):
    put(bare_machine.bin / "python3.14", '#!/bin/sh\n[ "$1" = -c ]\n')

    done = start(bare_machine)

    assert done.returncode == 1
    assert "uv tidak dapat dipasang" in done.stderr


# The address and the environment --------------------------------------------------------------------------------------


def test_a_taken_port_gives_way_to_the_next_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = taken.getsockname()[1]

        assert kim.free_port(wanted) > wanted


def test_a_free_port_is_taken_as_asked():
    with socket.create_server(("127.0.0.1", 0)) as server:
        wanted = server.getsockname()[1]

    assert kim.free_port(wanted) == wanted


@pytest.mark.parametrize("arguments", [["rnu"], ["0"], ["70000"], ["run", "abc"], ["8000", "9000"]])
def test_what_we_do_not_understand_is_answered_with_the_usage(arguments, capsys):
    assert kim.main(arguments) == 2
    assert "./kim test" in capsys.readouterr().out


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "secret-key"

    key = kim.secret(path)

    assert len(key) >= 50
    assert kim.secret(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


# What production runs -------------------------------------------------------------------------------------------------


def settings_with(**environment):
    """What comes of the settings in this environment: nothing, or the last line of what stopped them."""
    environment = {**os.environ, "DEBUG": "0", "SECRET_KEY": "x" * 50, **environment}
    code = "from kimportal import settings as s; print(s.HTTPS, s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS, s.DEBUG)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_a_demonstration_goes_without_https_and_without_debug():
    assert settings_with(DEMONSTRATION="1") == "False sesi 0 False"
    assert settings_with(DEMONSTRATION="1", BIND="[::1]:8000", SITE_URL="http://localhost:8000") == "False sesi 0 False"
    assert settings_with() == "True __Host-sesi 31536000 False"


@pytest.mark.parametrize(
    "environment",
    [
        {"ALLOWED_HOSTS": "kim.go.id"},
        {"ALLOWED_HOSTS": "*"},
        {"ALLOWED_HOSTS": "127.0.0.1,10.0.0.5"},
        {"SITE_URL": "https://kim.go.id"},
        {"BIND": "0.0.0.0:8000"},
        {"BIND": "unix:/run/kim.sock"},
    ],
    ids=str,
)
def test_and_nowhere_but_on_this_computer(environment):
    assert "DEMONSTRATION is for loopback addresses alone" in settings_with(DEMONSTRATION="1", **environment)


def test_without_a_demonstration_no_secret_is_known(settings):
    code = "from kimportal import settings as s; print(repr(s.DEMO_SECRET))"
    environment = {**os.environ, "DEBUG": "0", "DEMONSTRATION": "0", "DEMO_SECRET": "JBSWY3DPEHPK3PXP"}
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True)

    assert done.stdout.strip() == "''"


@pytest.mark.django_db
def test_known_passwords_are_never_made_in_production(settings):
    settings.HTTPS = True

    with pytest.raises(CommandError, match="hanya untuk"):
        call_command("demo")


def test_the_code_shown_is_the_code_asked_for(monkeypatch, capsys):
    monkeypatch.setattr(kim, "demo_secret", lambda: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")

    assert [kim.code_at(moment) for moment in (59, 1111111109, 20000000000)] == [
        "287082",
        "081804",
        "353130",
    ]  # RFC 6238
    second_factor = Authenticator(
        type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(kim.demo_secret())}
    )
    assert second_factor.wrap().validate_code(kim.code_at(time.time()))
    assert not second_factor.wrap().validate_code(kim.code_at(time.time() - 3600))
    assert kim.main(["kode"]) == 0
    assert "Kode petugas contoh: " in capsys.readouterr().out


def test_static_files_are_gathered_again_when_one_changed(tmp_path, monkeypatch):
    before = kim.static_stamp()
    monkeypatch.setattr(kim, "PROJECT", tmp_path)
    for name in ("static/site.css", "kimportal/static_files.py", "kimportal/older_browsers.py", "uv.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a")

    here = kim.static_stamp()
    assert here != before
    assert kim.static_stamp() == here
    os.utime(tmp_path / "static" / "site.css", (1, 1))
    assert kim.static_stamp() != here


@pytest.mark.parametrize(
    ("arguments", "started"),
    [
        ([], (8000, False)),
        (["9000"], (9000, False)),
        (["run", "9000"], (9000, False)),
        (["--debug"], (8000, True)),
        (["--debug", "9000"], (9000, True)),
        (["9000", "--debug"], (9000, True)),
    ],
    ids=str,
)
def test_production_is_what_runs_unless_asked_otherwise(monkeypatch, arguments, started):
    monkeypatch.setattr(kim, "run", lambda port, debug: (port, debug))

    assert kim.main(arguments) == started


# Another server -------------------------------------------------------------------------------------------------------


class Server:
    """As much of a psycopg connection as `unfit` looks at."""

    def __init__(
        self, *, version=180000, installed=(), available=("btree_gist", "pg_trgm", "unaccent"), may_create=True
    ):
        self.info = SimpleNamespace(server_version=version, user="kim")
        self.answers = {"pg_extension": installed, "pg_available": available, "has_database": [may_create]}

    def execute(self, query):
        (answer,) = [rows for word, rows in self.answers.items() if word in query]
        return Rows((value,) for value in answer)


class Rows(list):
    def fetchone(self):
        return self[0]


@pytest.mark.django_db
def test_the_server_of_these_tests_is_fit():
    connection.ensure_connection()

    assert kim.unfit(connection.connection) is None


def test_an_old_server_is_refused():
    assert "versi 14; portal memerlukan versi 15" in kim.unfit(Server(version=140012))


def test_a_server_without_an_extension_is_refused():
    reason = kim.unfit(Server(available=["btree_gist", "pg_trgm"]))

    assert "tidak memiliki ekstensi unaccent;" in reason
    assert "postgresql-contrib" in reason


def test_a_role_that_may_not_create_extensions_is_told_whom_to_ask():
    assert kim.unfit(Server(may_create=False)).endswith(
        "CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent;"
    )
    assert kim.unfit(Server(may_create=False, installed=["btree_gist", "pg_trgm", "unaccent"])) is None


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///kim.db", "tidak dapat dipakai.*PostgreSQL"),
        ("nonsense", "tidak dapat dipakai.*PostgreSQL"),
        ("postgres://kim@127.0.0.1:1/kim", "tidak dapat dihubungi"),
        ("postgres://kim@127.0.0.1:1/kim?sslmod=verify-full", "tidak dapat dipakai.*sslmod"),
    ],
)
def test_a_server_that_is_none_is_refused(monkeypatch, url, sentence):
    monkeypatch.setenv("ALAMAT", url)

    with pytest.raises(SystemExit, match=sentence):
        kim.refuse_unfit_server("ALAMAT")


def test_a_server_without_tls_is_not_used_where_tls_was_asked_for(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        monkeypatch.setenv("ALAMAT", f"postgres://kim@127.0.0.1:{server.getsockname()[1]}/kim?sslmode=require")
        pool.submit(refuse_tls, server)

        with pytest.raises(SystemExit, match="does not support SSL"):
            kim.refuse_unfit_server("ALAMAT")


def refuse_tls(server):
    """Answer as PostgreSQL does that was set up without a certificate."""
    with server.accept()[0] as client:
        client.recv(8)
        client.sendall(b"N")
        client.recv(1)  # until the client leaves


# Our own server -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The server of another checkout, so that the one under these tests is left alone."""
    database = DevDatabase(tmp_path_factory.mktemp("checkout"))
    yield database
    shutil.rmtree(database.home)


def test_the_last_to_leave_stops_the_server(database):
    with database.session():
        with database.session():
            assert database.is_running()
        assert database.is_running()

    assert not database.is_running()
    assert not database.sockets.exists()


@pytest.mark.skipif("C.utf8" not in LOCALES, reason="this system has no C.UTF-8")
def test_quotes_and_dashes_are_no_letters_of_the_words_beside_them(database):
    with database.session(), connected(database) as own:
        (words,) = own.execute("SELECT to_tsvector('simple', 'Bank Sampah “Mawar”—Melati')").fetchone()

    assert words == "'bank':1 'mawar':3 'melati':4 'sampah':2"


def test_a_killed_server_is_started_again(database):
    with database.session():
        os.kill(postmaster(database), signal.SIGKILL)
        while database.is_running():
            time.sleep(0.01)
        database.start()
        assert database.is_running()


def test_a_server_whose_socket_was_swept_away_is_found_again(database):
    with database.session():
        lost = postmaster(database)
        shutil.rmtree(database.sockets)
        database.start()
        assert database.is_running()
        assert postmaster(database) != lost


def test_a_folder_that_somebody_planted_is_not_used(database, tmp_path):
    database.sockets.symlink_to(tmp_path)

    with pytest.raises(SystemExit, match="milik pengguna lain"):
        database._own(database.sockets)

    database.sockets.unlink()


def test_another_checkout_in_the_same_place_begins_anew(database):
    with database.session(), connected(database) as own:
        own.execute("CREATE TABLE told (word text)")
    with database.session(), connected(database) as own:
        own.execute("INSERT INTO told VALUES ('tetap')")

    shutil.rmtree(database.place.parent)

    with database.session(), connected(database) as own:
        assert own.execute("SELECT to_regclass('told')").fetchone() == (None,)


def connected(database):
    return psycopg.connect(host=str(database.sockets), user=devdb.ROLE, dbname=devdb.NAME, autocommit=True)


def postmaster(database):
    return int((database.data / "postmaster.pid").read_text().splitlines()[0])


@pytest.mark.django_db
@pytest.mark.owner
def test_a_database_from_before_the_first_release_is_recognised():
    assert prepare.refusal_of_an_old_database() is None
    MigrationRecorder(connection).record_applied("activities", "0015_events_by_when_they_are_on")

    assert "mulai dari awal" in prepare.refusal_of_an_old_database()


# Leaving --------------------------------------------------------------------------------------------------------------

LAUNCHER = """
from script import kim
kim.answer_signals()
with kim.child("sleep", "60") as child:
    print(child.pid, flush=True)
    child.wait()
"""


SERVING = """
from script import kim
kim.answer_signals()
port = kim.free_port(8000)
with kim.serve(port, debug=False) as server:
    kim.wait_for_answer(port, server)
    print(server.pid, flush=True)
    server.wait()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_no_worker_of_the_server_outlives_it(number, tmp_path):
    environment = {**os.environ, "DEBUG": "0", "DEMONSTRATION": "1", "STATIC_ROOT": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVING], cwd=PROJECT, env=environment, stdout=subprocess.PIPE
    ) as launcher:
        server = int(launcher.stdout.readline())
        workers = [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]
        assert len(workers) >= 2
        launcher.send_signal(number)

        assert launcher.wait(timeout=30) == 128 + number

    for pid in (server, *workers):
        wait_until(lambda pid=pid: has_ended(pid))


def has_ended(pid):
    """Whether a process is gone, or is nothing any more but a number that whoever adopted it has not yet read."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_no_child_outlives_the_launcher(number):
    with subprocess.Popen([sys.executable, "-c", LAUNCHER], cwd=PROJECT, stdout=subprocess.PIPE) as launcher:
        child = int(launcher.stdout.readline())
        launcher.send_signal(number)

        assert launcher.wait(timeout=10) == 128 + number

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
