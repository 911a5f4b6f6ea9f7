"""Many letters over one connection to a real mail server: each marked by itself, whoever ends it in the middle."""

from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from killed import dies

from accounts import outbox
from accounts.models import Dispatch
from bench.server import free_port


class Postbox:
    """Counts connections, and letters by Message-ID; answers otherwise where a test says so."""

    def __init__(self):
        self.sessions, self.taken, self.answers = set(), Counter(), {}
        self.last_before_it_hangs_up = None

    async def handle_DATA(self, server, session, envelope):
        self.sessions.add(session.peer)
        if answer := self.answers.get(envelope.rcpt_tos[0]):
            return answer
        self.taken[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.last_before_it_hangs_up is not None and self.taken.total() == self.last_before_it_hangs_up:
            self.last_before_it_hangs_up = None
            return "421 Come back later"
        envelope.mail_from = address
        return "250 OK"


@pytest.fixture
def postbox(settings):
    postbox, port = Postbox(), free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    options = {"host": "127.0.0.1", "port": port}
    settings.MAILERS = {"default": {"BACKEND": "accounts.letters.EmailBackend", "OPTIONS": options}}
    postbox.port = port
    yield postbox
    controller.stop()


def write(number):
    for row in range(number):
        Dispatch.objects.write_to(f"warga{row}@contoh.id", f"Kabar {row}", "Isi.", urgency=Dispatch.Urgency.BULK)


@pytest.mark.django_db
def test_all_leave_over_one_connection(postbox):
    write(20)

    assert outbox.send_waiting() == 20

    assert len(postbox.sessions) == 1
    assert set(postbox.taken.values()) == {1}
    assert not Dispatch.objects.waiting().exists()


@pytest.mark.django_db
def test_a_server_that_ends_the_connection_is_asked_once_more(postbox):
    write(10)
    postbox.last_before_it_hangs_up = 4

    assert outbox.send_waiting() == 10

    assert len(postbox.sessions) == 2
    assert (len(postbox.taken), postbox.taken.total()) == (10, 10)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["554 We take no such words", "550 Unwanted"])
def test_a_letter_that_is_refused_holds_up_none_of_the_others(postbox, answer):
    write(5)
    postbox.answers["warga2@contoh.id"] = answer

    assert outbox.send_waiting() == 4

    assert Dispatch.objects.get(sent_at=None).address == "warga2@contoh.id"
    assert len(postbox.sessions) == 1


@pytest.mark.django_db
def test_a_server_that_is_away_loses_nothing(postbox, time_machine):
    write(3)
    postbox.answers = dict.fromkeys([f"warga{row}@contoh.id" for row in range(3)], "451 Try later")
    assert outbox.send_waiting() == 0

    postbox.answers = {}
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    assert outbox.send_waiting() == 3


SEND = """
import os, signal, sys
import django
django.setup()
from accounts import outbox
from accounts.models import Dispatch
mark, numbers = Dispatch.mark_sent, iter(range(1, 1000))

def dying(dispatch):
    if next(numbers) == int(sys.argv[1]) and sys.argv[2] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    mark(dispatch)

leave = outbox.leave
def then(channel, dispatch):
    if next(starts) > int(sys.argv[1]) and sys.argv[2] == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return leave(channel, dispatch)

starts = iter(range(1, 1000))
Dispatch.mark_sent, outbox.leave = dying, then
outbox.send_waiting()
"""


def send_and_die(postbox, number, when):
    """Send until so many were taken, then be killed before or after the last of them was marked."""
    assert dies(SEND, number, when, EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(postbox.port), EMAIL_USE_TLS="0")


@pytest.mark.django_db(transaction=True)
def test_a_kill_between_two_letters_sends_none_twice(postbox):
    write(9)
    send_and_die(postbox, 3, "after")
    send_and_die(postbox, 3, "after")

    assert outbox.send_waiting() == 3

    assert (len(postbox.taken), postbox.taken.total()) == (9, 9)


@pytest.mark.django_db(transaction=True)
def test_a_kill_before_the_mark_repeats_that_letter_alone_under_the_same_message_id(postbox):
    write(6)
    send_and_die(postbox, 3, "before")

    assert outbox.send_waiting() == 4

    assert (len(postbox.taken), postbox.taken.total()) == (6, 7)
