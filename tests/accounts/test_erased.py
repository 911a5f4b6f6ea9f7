"""Whoever closes their account is gone from every table, file and line of the log, but for what a law keeps."""

import logging
from pathlib import Path

import pytest
from conftest import make_user
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from accounts.closing import close_account
from accounts.models import ChatCode, Dispatch, Endpoint, Notice, SavedFilter
from accounts.outbox import send_waiting
from activities.models import Chat, ChatUpdate, Comment
from alerts.models import Subscriber
from communities.models import Community, Membership, Paper, RosterImport, RosterRow
from tests.accounts.test_sessions import PHONE, signed_in
from tests.communities.test_desk_correcting import correct_member

pytestmark = pytest.mark.django_db

NAME, EMAIL, TELEPHONE, CHAT = "Wulandari Kusumaningrat", "wulandari@contoh.id", "0877-5550-1234", "6287755501234"
TRACES = ["wulandari", "kusumaningrat", "5550-1234", "87755501234", "5550 1234"]
ABOUT_ALL_COLUMNS = "SELECT {table}::text FROM {table} WHERE {table}::text ILIKE ANY (%s)"


def rows_that_tell():
    """`{table: rows}` that hold a trace in any column."""
    wanted, found = [f"%{trace}%" for trace in TRACES], {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(ABOUT_ALL_COLUMNS.format(table=connection.ops.quote_name(table)), [wanted])
            if rows := [row for (row,) in cursor.fetchall()]:
                found[table] = rows
    return found


def files_that_tell():
    files = [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]
    return [
        file.name
        for file in files
        if any(trace in (file.name.lower() + file.read_bytes().decode("latin-1").lower()) for trace in TRACES)
    ]


@pytest.fixture
def wulandari(mekar, siti, joko, make_post, make_aspiration, made, make_community, desk):
    """Somebody who left a trace wherever people leave one."""
    person = make_user("Wulandari")
    person.name = NAME
    person.save()
    signed_in(person, PHONE)
    Membership.objects.invite(mekar, name=NAME, email=EMAIL, by=siti).accept(by=person)
    member = Membership.objects.get(user=person)
    member.appoint("sekretaris", by=siti)
    correct_member(desk, member, occupation="guru", reason="Menurut suratnya.")
    for name in ("KIM Satu", "KIM Dua"):
        Membership.objects.create(community=make_community(name), name=NAME, email=EMAIL, status="invited")
    roster = RosterImport.objects.create(name="daftar.csv", region=mekar.seat, uploaded_by=made)
    facts = {"cells": ["KIM Mekar", NAME.upper(), EMAIL], "corrections": {"chair": NAME}, "status": "imported"}
    RosterRow.objects.create(roster=roster, number=2, community=mekar, region=mekar.seat, **facts)
    Community.objects.filter(pk=mekar.pk).update(contact_email=EMAIL, contact_phone=TELEPHONE)
    post = make_post("Panen raya", author=person)
    make_post("Masih draf", status="draft", author=person, body=f"Saya {NAME}, {TELEPHONE}.")
    Comment.objects.say(post=post, author=person, text="Terima kasih semua.")
    other = make_post("Tulisan Siti")
    Comment.objects.say(post=other, author=person, text="Bagus.")
    facts = {"sender": person, "sender_name": NAME, "sender_email": EMAIL, "sender_phone": TELEPHONE}
    _open, over = (make_aspiration(title=title, **facts) for title in ("Jembatan", "Lampu jalan"))
    over.reject(by=made, note="Bukan wewenang.")
    make_aspiration(title="Tanpa akun", sender_name=NAME, sender_email=EMAIL.upper(), sender_phone=TELEPHONE)
    Subscriber.objects.of_user(person)
    Notice.objects.tell([person], "membership", f"Halo {NAME}")
    Endpoint.objects.link("whatsapp", CHAT, user=person)
    chat = Chat.objects.create(channel="whatsapp", address=CHAT)
    ChatUpdate.objects.create(chat=chat, update_id="1", message_id="1", order=1, text=f"Saya {NAME}")
    ChatCode.objects.give(person, "telegram")
    SavedFilter.objects.create(user=person, name=NAME, table="communities.community", query="")
    Dispatch.objects.write_to(EMAIL, "Kode masuk", f"Halo {NAME}")
    return person


def test_a_draft_that_only_they_would_have_handed_in_keeps_no_contact_and_no_paper(
    make_community, siti, joko, django_capture_on_commit_callbacks
):
    alone, shared = (make_community(name, status="draft", contact_phone=TELEPHONE) for name in ("KIM Satu", "KIM Dua"))
    for draft in (alone, shared):
        draft.memberships.create(user=joko, name=joko.name)
    papers = [store_paper(draft, joko) for draft in (alone, shared)]
    shared.memberships.create(user=siti, name=siti.name)

    with django_capture_on_commit_callbacks(execute=True):
        close_account(joko)

    alone.refresh_from_db()
    shared.refresh_from_db()
    assert (alone.contact_phone, shared.contact_phone) == ("", TELEPHONE)
    assert list(Paper.objects.all()) == [papers[1]]
    assert [default_storage.exists(paper.file.name) for paper in papers] == [False, True]


def store_paper(draft, by):
    paper = Paper(community=draft, kind="minutes", name=f"{NAME}.pdf", size=8, uploaded_by=by)
    paper.file.save("minutes.pdf", ContentFile(b"%PDF-1.7"))
    return paper


@pytest.fixture
def adi(mekar, siti):
    """Somebody whose name is a part of other words, and a word of the KIM's own name."""
    person = make_user("Adi")
    Membership.objects.invite(mekar, name="Adi", email=person.email, by=siti).accept(by=person)
    return person


def test_who_is_called_as_a_part_of_other_words_takes_nothing_else_away(adi, mekar, siti, made):
    Community.objects.filter(pk=mekar.pk).update(name="KIM Tradisi Adi")
    Notice.objects.tell(
        [siti], "membership", "Adi meminta bergabung dengan KIM Tradisi", "Kini Adiwarna menjadi tradisi."
    )
    columns = {"name": 0, "chair": 1, "phone": 2, "address": 3}
    roster = RosterImport.objects.create(name="daftar.csv", region=mekar.seat, uploaded_by=made, columns=columns)
    cells = ["KIM Tradisi Adi", "ADI, S.Pd", TELEPHONE, "Rumah Adi, Jalan Tradisi"]
    row = RosterRow.objects.create(
        roster=roster, number=2, community=mekar, region=mekar.seat, cells=cells, status="imported"
    )

    close_account(adi)

    notice = Notice.objects.get(user=siti, text__contains="Kini")
    assert notice.title == "Mantan anggota meminta bergabung dengan KIM Tradisi"
    assert notice.text == "Kini Adiwarna menjadi tradisi."
    row.refresh_from_db()
    assert row.cells == ["KIM Tradisi Adi", "••••, S.Pd", "••••", "Rumah ••••, Jalan Tradisi"]


def test_no_row_no_file_and_no_page_tells_of_who_closed_their_account(wulandari, mekar, caplog, client):
    caplog.set_level(logging.INFO)
    assert len(rows_that_tell()) > 8, "there is something to erase"

    close_account(wulandari)
    send_waiting()

    assert rows_that_tell() == {}
    assert files_that_tell() == []
    assert not [record for record in caplog.records if any(trace in record.getMessage().lower() for trace in TRACES)]
