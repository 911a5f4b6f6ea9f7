"""What the log says: one line for whatever a visitor did wrong, a traceback for what we did."""

import io
import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import reverse

from activities.models import Post
from kimportal.logs import LineFormatter, Seldom

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

    monkeypatch.setattr(type(Post.objects), "published", fail)


def test_a_database_that_is_away_is_one_line_that_says_why(log, monkeypatch):
    fails_with(monkeypatch, OperationalError("connection refused\n\tIs the server running?"))

    assert Client(raise_request_exception=False).get("/").status_code == 503

    assert log.getvalue().count("\n") == 1
    assert "connection refused Is the server running?" in log.getvalue()


def test_what_repeats_itself_is_said_once_in_a_while():
    seldom = Seldom(10)

    def said(message):
        return seldom.filter(logging.makeLogRecord({"msg": message}))

    assert [said("no server: %s"), said("no server: %s"), said("other"), said("other")] == [True, False, True, False]
    seldom._last["other"] -= 10
    assert said("other")
