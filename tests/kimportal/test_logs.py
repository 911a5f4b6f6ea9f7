"""What the log says: one line for whatever a visitor did wrong, a traceback for what we did."""

import errno
import io
import json
import logging
import runpy

import pytest
from conftest import break_posts
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config

from kimportal.logs import JsonFormatter, LineFormatter, Seldom, hide
from kimportal.request_ids import CODE_LENGTH, HEADER

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """What the stderr of the process would hold."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(LineFormatter("%(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


def strange_host():
    return Client().get("/", headers={"host": "jahat.example"})


def wrong_address():
    return Client().get("/tidak/ada/")


def wrong_method():
    return Client().delete("/")


def without_csrf():
    return Client(enforce_csrf_checks=True).post(reverse("account_login"), {})


def too_many_fields():
    return Client().post(reverse("account_login"), {f"isian{number}": 1 for number in range(2000)})


def too_long():
    return Client().post(reverse("account_login"), {"isian": "x" * 3_000_000})


def broken_form():
    return Client().post(reverse("account_login"), b"x", content_type="multipart/form-data; boundary=" + "x" * 300)


@pytest.mark.parametrize(
    "refused", [strange_host, wrong_address, wrong_method, without_csrf, too_many_fields, too_long, broken_form]
)
def test_a_refusal_is_one_line(log, refused):
    answer = refused()

    assert 400 <= answer.status_code < 500
    assert log.getvalue().count("\n") == 1
    assert "Traceback" not in log.getvalue()


@pytest.mark.parametrize("error", [Http404("tidak ada"), PermissionError, SuspiciousOperation("aneh")])
def test_what_a_view_refuses_is_one_line_and_what_it_breaks_is_a_traceback(log, monkeypatch, error):
    fails_with(monkeypatch, error)

    answer = Client(raise_request_exception=False).get("/")

    assert ("Traceback" in log.getvalue()) == (answer.status_code == 500)
    assert (log.getvalue().count("\n") == 1) == (answer.status_code < 500)


def fails_with(monkeypatch, error):
    def fail(*_args):
        raise error

    break_posts(monkeypatch, fail)


def test_a_database_that_is_away_is_one_line_that_says_why(log, monkeypatch):
    fails_with(monkeypatch, OperationalError("connection refused\n\tIs the server running?"))

    assert Client(raise_request_exception=False).get("/").status_code == 503

    assert log.getvalue().count("\n") == 1
    assert "connection refused Is the server running?" in log.getvalue()


def test_a_disk_that_is_full_is_one_line_that_says_why(log, monkeypatch):
    fails_with(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))

    assert Client(raise_request_exception=False).get("/").status_code == 503

    assert "No space left on device" in log.getvalue()
    assert log.getvalue().count("\n") == 1


def test_what_repeats_itself_is_said_once_in_a_while():
    seldom = Seldom(10)

    def said(message):
        return seldom.filter(logging.makeLogRecord({"msg": message}))

    assert [said("no server: %s"), said("no server: %s"), said("other"), said("other")] == [True, False, True, False]
    seldom._last["other"] -= 10
    assert said("other")


def write_as(log, formatter):
    next(
        handler for handler in logging.getLogger().handlers if getattr(handler, "stream", None) is log
    ).formatter = formatter


# The number of a request ----------------------------------------------------------------------------------------------

NUMBER = "7f3a92c100112233445566778899aabb"
NUMBERED = "%(request_id)s %(message)s"


def test_each_answer_has_a_number_of_its_own(client):
    numbers = {client.get("/healthz").headers[HEADER], client.get("/tidak/ada/").headers[HEADER]}

    assert len(numbers) == 2
    assert all(len(number) == 32 for number in numbers)


@pytest.mark.parametrize("word", [NUMBER, "7F3A92C1-0011-2233-4455-66778899AABB"])
def test_the_number_that_our_proxy_gave_is_kept(client, settings, word):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert client.get("/healthz", headers={HEADER: word}).headers[HEADER] == NUMBER


@pytest.mark.parametrize("word", ["", "siti", "a" * 65, "7f3a92c1\nWARNING palsu"])
def test_what_is_no_number_is_not_taken_over_nor_is_a_visitors(client, settings, word):
    assert client.get("/healthz", headers={HEADER: NUMBER}).headers[HEADER] != NUMBER

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/healthz", headers={HEADER: word}).headers[HEADER] != word


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError, 500), (OperationalError, 503), (SuspiciousOperation("aneh"), 400), (PermissionError, 500)],
)
def test_a_page_of_an_error_shows_by_what_it_is_found_in_the_log(log, monkeypatch, error, status):
    write_as(log, LineFormatter(NUMBERED))
    fails_with(monkeypatch, error)

    answer = Client(raise_request_exception=False).get("/")

    number = answer.headers[HEADER]
    assert answer.status_code == status
    assert f"<b>{number[:CODE_LENGTH]}</b>" in answer.content.decode()
    assert log.getvalue().startswith(number)


def test_json_is_one_object_a_line(log, monkeypatch):
    write_as(log, JsonFormatter())
    fails_with(monkeypatch, RuntimeError)

    number = Client(raise_request_exception=False).get("/?q=kerja+bakti").headers[HEADER]
    wrong_address()
    broken, refused = map(json.loads, log.getvalue().splitlines())

    assert (broken["request"], broken["view"], broken["status"]) == (number, "home", 500)
    assert "RuntimeError" in broken["traceback"]
    assert (refused["level"], refused["status"], refused["message"]) == ("WARNING", 404, "Not Found: (no such page)")


# Of nobody who they are -----------------------------------------------------------------------------------------------

PRIVATE = [
    "siti@contoh.id",
    "0812-3456-7890",
    "081234567890",
    "+62 812 3456 7890",
    "Nyai Suparmi",
    "suparmi",
    "rahasiaku",
]


def quoting(monkeypatch, method="get", path="/", data=None):
    """A view that breaks and quotes all that it was told, as those of other people do."""

    def fail(*_args):
        raise ValueError(f"invalid literal: {PRIVATE}")

    break_posts(monkeypatch, fail)
    return getattr(Client(raise_request_exception=False), method)(path, data or {"q": " ".join(PRIVATE)})


@pytest.mark.parametrize("manner", [LineFormatter(NUMBERED), JsonFormatter()])
def test_nothing_that_somebody_typed_is_in_the_log(log, monkeypatch, manner):
    write_as(log, manner)

    quoting(monkeypatch)
    Client().get("/081234567890/siti@contoh.id/?q=rahasiaku")
    Client().get("/kim/nyai-suparmi-rahasiaku/?q=suparmi")
    Client(enforce_csrf_checks=True).post(
        "/akun/login/?next=/rahasiaku/", {"login": PRIVATE[0], "password": "rahasiaku"}
    )

    said = log.getvalue().lower()
    assert said.count("not found") == 2
    assert "invalid literal" in said
    assert [word for word in [*PRIVATE, "nyai-suparmi", "?q", "next"] if word.lower() in said] == []


def test_what_the_database_says_of_rows_is_not_in_the_log(log, siti):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO accounts_user SELECT * FROM accounts_user")
    except IntegrityError:
        logging.getLogger("kimportal").exception("It failed for %s", siti.email)

    assert "IntegrityError" in log.getvalue()
    assert siti.email not in log.getvalue()
    assert siti.name not in log.getvalue()


def test_what_tells_of_nobody_stays():
    line = "2026-11-29 14:15:00 Task id=0f8b1c52 path=monitoring.tasks.fold_counts took 12.5 s at 127.0.0.1:8000"

    assert hide(line) == line


def test_gunicorn_keeps_no_list_of_visitors_at_any_level(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "INFO")
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "/nowhere")
    monkeypatch.chdir(settings.BASE_DIR)
    conf = runpy.run_path("gunicorn.conf.py")
    config = Config()
    config.set("logger_class", conf["logger_class"])
    config.set("logconfig_dict", conf["logconfig_dict"])

    assert not config.logger_class(config).access_log_enabled
