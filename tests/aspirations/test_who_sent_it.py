"""Who sent an aspiration, and how to reach them, is known to who holds it, and stands nowhere else.

One goes its whole way; while officers hold it and where it ends every page and feed that people may open is fetched,
in between all that is about aspirations; and in the end every mail, notice, step, line of the log and entry of the
audit trail is read.
"""

import html
import logging

import pytest
from conftest import make_officer
from django.core import mail
from django.test import Client
from django.urls import reverse
from test_policy import ROWS, address, browser_of, cast, things  # noqa: F401 (fixtures)

from accounts.models import AuditEntry, Notice
from accounts.outbox import send_waiting
from accounts.tasks import forget_what_is_over
from aspirations.models import Aspiration

SENDER = {"sender_name": "Zubaidah Rahasia", "sender_email": "zurahasia@contoh.id", "sender_phone": "0877-6543-2109"}
SECRETS = [*SENDER.values(), "Zubaidah", "zurahasia", "08776543210", "877-6543"]
# Pages of which one is enough whoever asks.
GENERAL = {"-", "region", "KIM", "sector"}
# Other pages that tell of aspirations.
LISTING = {"home", "region", "communities:room", "admin:index", "search"}


def secrets_in(text):
    text = html.unescape(text)
    return [secret for secret in SECRETS if secret in text]


def body_of(answer):
    body = answer.getvalue() if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + str(answer.headers)


@pytest.fixture
def rows_of(things):  # noqa: F811
    """The general pages that an actor may open, as paths, and those about one aspiration; or these with their lists."""

    def paths(name, row, everywhere):
        opened = [one for one in ROWS if one.method == "GET" and one.outcomes[name] in ("ok", "onward")]
        if not everywhere:
            opened = [one for one in opened if "aspirations" in one.name or one.name in LISTING]
        general = {address(one.name, things[one.thing]()) for one in opened if one.thing in GENERAL}
        own = [row.get_absolute_url(), row.room_path, row.desk_path]
        return [*sorted(path for path in general if "/akun/" not in path), *own]

    return paths


@pytest.fixture
def seen(cast, rows_of):  # noqa: F811
    """`{(name, path): secrets}` of all that people read now; empty where nobody reads who sent it."""

    def look(row, *names, everywhere=True):
        told = {}
        for name in names:
            browser = browser_of(cast.get(name)) if name != "visitor" else Client()
            for path in rows_of(name, row, everywhere):
                if found := secrets_in(body_of(browser.get(path, follow=True))):
                    told[name, path] = found
        return told

    return look


EVERYONE = ("visitor", "joko", "siti", "made", "ratna", "dewi")


def holders(told):
    return {(name, path) for name, path in told}


def test_a_sender_is_seen_by_who_holds_it_alone(seen, cast, mekar, make_aspiration, public_works, caplog, places):  # noqa: F811
    caplog.set_level(logging.DEBUG)
    ketut = make_officer("Ketut", places["64"])
    row = make_aspiration(community=mekar, **SENDER)
    made, siti = cast["made"], cast["siti"]
    assert holders(seen(row, *EVERYONE, everywhere=False)) == {("siti", row.room_path)}

    row.add_vouch(by=siti, text="Benar.")
    row.forward(by=siti)
    told = holders(seen(row, *EVERYONE))
    queue = reverse("admin:aspirations_aspiration_queue")
    assert told == {("made", row.desk_path), ("made", queue)}

    row.accept(by=made)
    row.assign(public_works, by=made)
    turn = row.open_turn
    assert secrets_in(body_of(Client().get(turn.link))) == []
    assert seen(row, "visitor", "siti", "ratna", "dewi", everywhere=False) == {}

    row.give_answer(turn=turn, text="Sudah.", outcome="done")
    row.reopen(note="Belum.")
    row.escalate(by=made, note="Jalan provinsi.")
    assert seen(row, "visitor", "joko", "siti", "made", "ratna", everywhere=False) == {}
    row.give_answer(by=ketut, text="Sudah sekarang.", outcome="done")
    row.close(by=ketut, outcome="done")
    assert seen(row, *EVERYONE) == {}

    send_waiting()
    assert mail.outbox
    for letter in mail.outbox:
        assert secrets_in(f"{letter.subject} {letter.body}") == [], letter.to
        assert letter.to == [SENDER["sender_email"]] or secrets_in(str(letter.to)) == []
    assert [notice for notice in Notice.objects.all() if secrets_in(f"{notice.title} {notice.text}")] == []
    assert secrets_in("".join(step.note + step.actor + step.holder for step in row.steps.all())) == []
    assert secrets_in(str(list(AuditEntry.objects.values_list("before", "after", "reason")))) == []
    # What a server logs at its level; SQL with its values is for a developer's own machine.
    logged = [record.getMessage() for record in caplog.records if record.levelno > logging.DEBUG]
    assert secrets_in("\n".join(logged)) == []


def test_after_its_term_it_is_known_to_nobody(make_aspiration, cast, settings):  # noqa: F811
    row = make_aspiration(**SENDER)
    row.reject(by=cast["made"], note="Bukan wewenang.")
    former = row.secret_path
    settings.ASPIRATIONS_FORGET_DAYS = 0

    forget_what_is_over.call()

    stored = str(list(Aspiration.objects.values())) + str(list(Notice.objects.values()))
    assert secrets_in(stored) == []
    assert Client().get(former).status_code == 404


def test_an_account_is_no_longer_tied_to_it_either(make_aspiration, cast, settings):  # noqa: F811
    row = make_aspiration(sender=cast["joko"])
    row.reject(by=cast["made"], note="Bukan wewenang.")
    assert cast["joko"].notices.exists()
    settings.ASPIRATIONS_FORGET_DAYS = 0

    forget_what_is_over.call()

    assert not cast["joko"].notices.exists()
    assert not row.steps.filter(by=cast["joko"]).exists()
    assert not Aspiration.objects.written_by(cast["joko"]).exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_export_names_a_sender(kind, cast, make_aspiration):  # noqa: F811
    make_aspiration(**SENDER)
    browser = browser_of(cast["made"])
    tables = ["aspiration", "agency", "answertemplate", "answerterm", "holiday"]

    for table in tables:
        answer = browser.post(reverse(f"admin:aspirations_{table}_export_{kind}"))
        assert answer.status_code == 200
        assert secrets_in(body_of(answer)) == []


def test_a_name_is_public_only_where_the_sender_wanted_that(client, make_aspiration):
    hidden, shown = make_aspiration(**SENDER), make_aspiration("Lampu mati", **SENDER, is_name_public=True)

    assert secrets_in(body_of(client.get(hidden.get_absolute_url()))) == []
    assert secrets_in(body_of(client.get(shown.get_absolute_url()))) == ["Zubaidah Rahasia", "Zubaidah"]


def test_the_audit_trail_holds_neither_the_sender_nor_what_leads_to_the_secret_link(make_aspiration, joko):
    row = make_aspiration(sender=joko)

    (entry,) = AuditEntry.objects.about(row).filter(deed="INSERT")
    assert str(row.client_uuid) not in str(entry.after)
    assert entry.after.get("sender_id") != joko.pk
