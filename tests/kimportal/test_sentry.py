"""What Sentry is told of a mistake, and what never leaves."""

import json
import sys

import pytest
import sentry_sdk
from conftest import break_posts
from django.test import Client
from sentry_sdk.transport import Transport

from kimportal import sentry
from kimportal.environment import Refused
from kimportal.environment import sentry as of_environment

DSN = "https://key@sentry.invalid/1"
QUOTED = "suparmi siti@contoh.id 081234567890"


class Kept(Transport):
    """Holds what would leave."""

    def __init__(self):
        super().__init__()
        self.events = []

    def capture_envelope(self, envelope):
        self.events += [item.payload.json for item in envelope.items]


@pytest.fixture
def told():
    transport = Kept()
    sentry.begin(DSN, transport=transport)
    yield transport.events
    sentry_sdk.init()  # told nobody any more


def test_a_mistake_is_told_without_who_met_it(db, told, monkeypatch, siti):
    break_posts(monkeypatch, fail)
    client = Client(raise_request_exception=False, headers={"user-agent": "Telepon Suparmi"})
    client.force_login(siti)

    number = client.get("/?q=suparmi", REMOTE_ADDR="10.9.8.7").headers["X-Request-ID"]

    [event] = told
    said = json.dumps(event).lower()
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["transaction"] == "home"
    assert event["tags"]["request"] == number
    private = ["suparmi", "siti", "contoh.id", "0812", "10.9.8.7", "q=", client.cookies["sesi"].value.lower()]
    assert [word for word in private if word in said] == []


@pytest.mark.parametrize("dsn", ["rahasia", "https://sentry.invalid/1", "https://key@sentry.invalid"])
def test_what_is_no_address_of_sentry_is_refused(monkeypatch, dsn):
    monkeypatch.setenv("SENTRY_DSN", dsn)

    with pytest.raises(Refused, match="SENTRY_DSN"):
        of_environment()


def test_without_its_packages_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("SENTRY_DSN", DSN)
    monkeypatch.setitem(sys.modules, "kimportal.sentry", None)

    with pytest.raises(Refused, match="--extra sentry"):
        of_environment()


# Here below, because Sentry is told the lines of code around.


def fail(*_args):
    raise ValueError(QUOTED)
