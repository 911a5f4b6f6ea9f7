"""The trail at the desk: who did what to whom, in names, found by names, days and places, and paged by key."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import make_officer
from django.contrib import admin
from django.db import connection
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone

from accounts import audit_names
from accounts.admin import AuditEntryAdmin
from accounts.audit import with_reason
from accounts.models import AuditEntry
from communities.models import Community
from pages import patience

pytestmark = pytest.mark.django_db
LIST = "/petugas/accounts/auditentry/"


def listed(desk, **query):
    answer = desk.get(LIST, query)
    assert answer.status_code == 200
    return answer.context["cl"].result_list


def rename(community, name, reason=""):
    with with_reason(reason):
        Community.objects.filter(pk=community.pk).update(name=name)


def test_a_row_is_called_by_its_name(desk, mekar):
    rename(mekar, "KIM Mekar Sari")

    names = {(entry.model, entry.name) for entry in listed(desk)}

    assert ("communities.community", "KIM Mekar Sari") in names
    assert ("communities.membership", "Anggota: Siti") in names
    assert ("communities.position", "Jabatan: KIM Mekar Sari") in names


def test_a_list_with_nothing_says_so(desk, mekar):
    rename(mekar, "KIM Mekar Sari")

    assert "Tidak ada yang cocok di sini." in desk.get(LIST, {"q": "xqzvw"}).text
    assert "Tidak ada yang cocok di sini." not in desk.get(LIST).text


def test_what_lies_elsewhere_or_is_gone_keeps_its_number(desk, mekar, make_community, places):
    entry = AuditEntry.objects.create(
        model="communities.community",
        object_id=make_community("KIM Rahasia", seat="64.71.01.1001").pk,
        deed="UPDATE",
        after={},
        region=places["64.02"],
    )
    gone = AuditEntry.objects.create(
        model="communities.community", object_id=9999, deed="DELETE", before={}, region=places["64.02"]
    )

    names = {found.pk: found.name for found in listed(desk)}

    assert names[entry.pk] == f"KIM {entry.object_id}"
    assert names[gone.pk] == "KIM 9999"


def test_what_a_column_named_is_told_by_its_name(desk, mekar, places):
    Community.objects.filter(pk=mekar.pk).update(seat=places["64.02.02.2011"])
    entry = AuditEntry.objects.about(mekar).first()

    page = desk.get(reverse("admin:accounts_auditentry_change", args=[entry.pk])).text

    assert "Desa Jembayan Tengah" in page
    assert f"<td>{places['64.02.02.2011'].pk}</td>" not in page


@pytest.mark.parametrize(("word", "is_found"), [("Mekar", True), ("siti", True), ("ejaan", True), ("Anggrek", False)])
def test_it_is_searched_by_who_by_what_and_by_why(desk, mekar, siti, word, is_found):
    rename(mekar, "KIM Mekar Sari", reason="Ejaan menurut SK.")
    entry = AuditEntry.objects.about(mekar).first()
    AuditEntry.objects.create(model="communities.sector", object_id=1, deed="UPDATE", region=mekar.seat, by=siti)

    found = listed(desk, q=word)

    assert bool(found) == is_found
    if word != "siti":
        assert (entry in found) == is_found


def test_a_search_shows_nothing_of_elsewhere(desk, client, mekar, ratna, with_second_factor):
    rename(mekar, "KIM Mekar Sari")
    client.force_login(with_second_factor(ratna))

    assert not listed(client, q="Mekar")


def test_it_is_narrowed_to_days_and_places(desk, mekar, places):
    today = timezone.localdate(timezone=ZoneInfo("Asia/Makassar"))  # of the officer's own place

    assert listed(desk, dari=today, sampai=today, wilayah="64.02.02")
    assert not listed(desk, sampai=today - timedelta(days=2))
    assert not listed(desk, wilayah="64.02.06")
    assert "Kecamatan Loa Kulu" in desk.get(LIST).text


def test_days_that_are_none_are_told_beside_the_field(desk, mekar):
    answer = desk.get(LIST, {"dari": "kemarin"})

    assert "Tulis tanggalnya" in answer.text
    assert not answer.context["cl"].result_list


def test_it_is_paged_by_key_and_counts_nothing(desk, mekar, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(AuditEntryAdmin, "list_per_page", 2)
    for name in ("KIM A", "KIM B", "KIM C"):
        rename(mekar, name)
    first = desk.get(LIST, {"deed__exact": "UPDATE"})
    older = first.context["cl"].page.older

    with django_assert_max_num_queries(25):
        second = desk.get(LIST + older)

    names = [entry.after["name"] for entry in first.context["cl"].result_list]
    assert names == ["KIM C", "KIM B"]
    assert second.context["cl"].result_list[0].after["name"] == "KIM A"
    assert "deed__exact=UPDATE" in older
    assert desk.get(LIST + "?sesudah=entah").status_code == 404


def test_a_file_of_it_has_the_names_too(desk, mekar, places):
    make_officer("Wayan", places["64.02"])

    answer = desk.post(reverse("admin:accounts_auditentry_export_csv"))
    text = b"".join(answer.streaming_content).decode()

    assert ";KIM Mekar;" in text


def test_the_words_of_a_reason_come_from_an_index(desk, rf, mekar, made):
    rename(mekar, "KIM Mekar Sari", reason="Ejaan menurut SK 100% baru.")
    request = rf.get(LIST)
    request.user = made

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    rows = admin.site.get_model_admin(AuditEntry).get_search_results(request, AuditEntry.objects.all(), "0% BARU")[0]

    assert "audit_reason" in rows.explain()
    assert rows.get().reason == "Ejaan menurut SK 100% baru."
    assert not listed(desk, q="E%b")
    assert listed(desk, q="SK") == []


def test_a_search_that_takes_too_long_is_given_up_in_words(desk, mekar, monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE", "1ms")
    monkeypatch.setattr(audit_names, "found", lambda *args: {Community: RawSQL("SELECT 1 FROM pg_sleep(1)", [])})

    answer = desk.get(LIST, {"q": "ejaan"})

    assert answer.status_code == 200
    assert "Pencarian belum selesai" in answer.text
    assert not answer.context["cl"].result_list
