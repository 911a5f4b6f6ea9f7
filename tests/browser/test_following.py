"""Followed, told once, stopped: by the hands of a resident, over a real mail server, with the sender killed twice."""

import os
import re
import signal
import subprocess
import sys
from email import message_from_bytes, policy
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from alerts.digests import stop_path_of
from alerts.models import Subscriber
from bench.server import free_port

# What the tick runs: who sends what waits is another process, as on a server.
TELL = """
import django; django.setup()
from accounts import outbox; from alerts import digests, matching
matching.match_new(); digests.write_due(); outbox.send_waiting()
"""


class Postbox:
    """Takes letters; whoever brings one is killed where the test says so: before its words, or before the answer."""

    def __init__(self):
        self.letters, self.kills, self.sender = [], [], None

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.kill("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.kill("DATA")
        return "250 OK"

    def kill(self, moment):
        if self.kills[:1] == [moment]:
            self.kills.pop(0)
            self.sender.send_signal(signal.SIGKILL)
            self.sender.wait()


@pytest.fixture
def post(base_url):
    """What arrived, and a sender in a process of its own."""
    postbox, port = Postbox(), free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {"DATABASE_URL": database, "SITE_URL": base_url, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
    environment |= {"EMAIL_USE_TLS": "0", "DJANGO_SETTINGS_MODULE": "kimportal.settings"}

    def send(*kills):
        """Whether the sender lived to the end."""
        postbox.kills = list(kills)
        code = [sys.executable, "-c", TELL]
        postbox.sender = subprocess.Popen(code, cwd=settings.BASE_DIR, env=os.environ | environment)
        return postbox.sender.wait() == 0

    yield SimpleNamespace(letters=postbox.letters, send=send)
    controller.stop()


def url_in(text, part):
    return re.search(rf"https?://\S+/ikuti/{part}/[^\s>]+", text)[0]


def follow(page, path, email):
    page.goto(path)
    page.get_by_role("main").get_by_role("link", name="Ikuti", exact=True).click()
    page.get_by_label("surel Anda").fill(email)
    page.get_by_role("button", name="Ikuti").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa surel Anda")


def test_a_resident_follows_is_told_once_and_stops(page, post, places, make_post, mekar):
    for path in ("/wilayah/64.02-kutai-kartanegara/", mekar.get_absolute_url()):
        follow(page, path, "budi@contoh.id")
        assert post.send()
        letter = post.letters.pop()
        page.goto(url_in(letter.get_content(), "ya"))
        page.get_by_role("button", name="Ya, ikuti").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Yang saya ikuti")
    make_post("Panen raya di Jembayan", published_at=timezone.now())

    assert not post.send("RCPT"), "killed before the words were said"
    assert post.letters == []
    assert not post.send("DATA"), "killed before it heard that the letter was taken"
    assert post.send()
    assert post.send()

    assert {letter["Message-ID"] for letter in post.letters} == {post.letters[0]["Message-ID"]}, (
        "one letter to a reader"
    )
    assert len(post.letters) == 2, "what nobody heard of was said once more, and is told by its Message-ID"
    letter = post.letters[0]
    assert (letter["To"], letter["Subject"]) == ("budi@contoh.id", "Portal KIM: Panen raya di Jembayan")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = url_in(letter["List-Unsubscribe"], "berhenti")
    assert letter["List-Unsubscribe"] == f"<{stop}>"
    assert url_in(letter.get_content(), "berhenti") == stop

    mail_program = Client(enforce_csrf_checks=True)
    answer = mail_program.post(urlsplit(stop).path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert not Subscriber.objects.exists()
    make_post("Sesudah berhenti", published_at=timezone.now())
    post.letters.clear()
    assert post.send()
    assert post.letters == []


def test_whoever_opens_the_link_that_stops_presses_one_button(page, places):
    subscriber = Subscriber.objects.create(email="budi@contoh.id")
    subscriber.follow({"region": places["64.02"]}, confirmed=True)
    page.goto(stop_path_of(subscriber.pk))
    page.get_by_role("button", name="Ya, berhenti").click()

    expect(page.get_by_role("status")).to_contain_text("tidak mengikuti apa pun lagi")
    assert not Subscriber.objects.exists()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Berhenti mengikuti")
