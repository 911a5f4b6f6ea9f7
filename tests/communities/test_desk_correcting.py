"""Officers put right what is written wrongly about a KIM and its people: with a reason, in their region, and told."""

from datetime import timedelta

import pytest
from conftest import make_officer, make_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry

pytestmark = pytest.mark.django_db

FACTS = {"address": "Balai Desa Jembayan", "website": "", "links": "", "contact_phone": "", "contact_email": ""}


def browser(person, with_second_factor):
    client = Client()
    client.force_login(with_second_factor(person))
    return client


def page_of(row):
    return reverse(f"admin:communities_{row._meta.model_name}_change", args=[row.pk])


def correct_kim(client, kim, **facts):
    lines = ("memberships", "positions", "steps")
    counts = {f"{line}-{form}_FORMS": 0 for line in lines for form in ("TOTAL", "INITIAL")}
    kept = {"name": kim.name, "partner_kind": kim.partner_kind_id}
    return client.post(page_of(kim), kept | FACTS | counts | facts)


def correct_member(client, member, **facts):
    return client.post(page_of(member), {"name": member.name, "occupation": member.occupation} | facts)


@pytest.fixture
def rahma(mekar):
    return mekar.memberships.create(name="Rahma Yunita")


def test_an_address_is_put_right_with_a_reason_that_the_trail_and_the_board_know(desk, made, mekar, siti):
    correct_kim(desk, mekar, reason="Pindah menurut surat KIM.")

    mekar.refresh_from_db()
    assert mekar.address == "Balai Desa Jembayan"
    entry = AuditEntry.objects.about(mekar).filter(deed="UPDATE").first()
    assert (entry.by, entry.role, entry.reason) == (made, "officer", "Pindah menurut surat KIM.")
    assert (entry.before["address"], entry.after["address"]) == ("", "Balai Desa Jembayan")
    step = mekar.steps.get()
    assert (step.by, step.to) == (made, "verified")
    assert step.note == "Data diperbaiki petugas: alamat sekretariat. Pindah menurut surat KIM."
    assert "Pindah menurut surat KIM." in siti.notices.get().text
    assert "Balai Desa Jembayan" in Client().get(mekar.get_absolute_url()).text


def test_nothing_is_changed_without_a_reason(desk, mekar, rahma):
    kim, member = correct_kim(desk, mekar), correct_member(desk, rahma, name="Rahma Yuniarti")

    for answer in (kim, member):
        assert answer.context["adminform"].form.errors.keys() == {"reason"}
        assert "Alasan perubahan (wajib diisi)" in answer.text
        assert "Belum tersimpan. Perbaiki yang ditandai di bawah." in answer.text
        assert '<a href="/petugas/">Meja petugas</a>' in answer.text
    assert 'value="Balai Desa Jembayan"' in kim.text
    mekar.refresh_from_db()
    rahma.refresh_from_db()
    assert (mekar.address, rahma.name) == ("", "Rahma Yunita")


def test_a_form_that_changes_nothing_needs_no_reason_and_leaves_no_trace(desk, mekar, siti):
    answer = correct_kim(desk, mekar, address="")

    assert answer.status_code == 302
    assert not mekar.steps.exists()
    assert not siti.notices.exists()


def test_a_name_is_put_right_where_everyone_reads_it(desk, made, mekar, rahma, siti):
    mekar.positions.create(membership=rahma, role="sekretaris")

    correct_member(desk, rahma, name="Rahma Yuniarti", reason="Salah tulis di daftar lama.")

    rahma.refresh_from_db()
    assert rahma.name == "Rahma Yuniarti"
    assert "Rahma Yuniarti" in Client().get(mekar.get_absolute_url()).text
    entry = AuditEntry.objects.about(rahma).first()
    assert (entry.by, entry.reason, entry.after.keys()) == (made, "Salah tulis di daftar lama.", {"name"})
    assert "Rahma" not in f"{entry.before}{entry.after}"
    assert "Rahma Yuniarti" in siti.notices.get().title


def test_who_is_called_otherwise_is_told_too(desk, mekar, joko):
    member = mekar.memberships.create(user=joko, name="Djoko")

    correct_member(desk, member, name="Joko", reason="Menurut KTP yang diperlihatkan.")

    assert joko.notices.get().path == mekar.room_path


@pytest.mark.parametrize(
    "facts", [{"name": "Rahma 6402024108900001"}, {"reason": "NIK 6402024108900001"}, {"name": ""}]
)
def test_what_cannot_be_is_refused_beside_its_field(desk, rahma, facts):
    answer = correct_member(desk, rahma, **{"name": "Rahma Y.", "reason": "Salah tulis."} | facts)

    assert answer.context["adminform"].form.errors.keys() == facts.keys()
    rahma.refresh_from_db()
    assert rahma.name == "Rahma Yunita"


def test_the_officer_next_door_finds_neither(ratna, mekar, rahma, with_second_factor):
    client = browser(ratna, with_second_factor)

    assert correct_kim(client, mekar, reason="Salah.").status_code == 404
    assert correct_member(client, rahma, name="Lain", reason="Salah.").status_code == 404
    changelist = reverse("admin:communities_membership_changelist")
    assert "Rahma" not in client.get(changelist).text
    assert not client.get(f"{changelist}?q=Rahma").context["cl"].queryset.exists()


def test_an_officer_who_belongs_to_the_kim_leaves_it_to_another(mekar, rahma, places, with_second_factor):
    officer = make_officer("Nyoman", places["64.02"])
    mekar.memberships.create(user=officer, name="Nyoman")
    client = browser(officer, with_second_factor)

    assert client.get(page_of(mekar)).status_code == 200
    assert correct_kim(client, mekar, reason="Salah.").status_code == 403
    assert correct_member(client, rahma, name="Lain", reason="Salah.").status_code == 403


def test_neither_status_nor_number_nor_seat_nor_belonging_is_a_plain_fact(desk, mekar, rahma, places):
    other = make_user("Wayan")
    facts = {"status": "inaugurated", "number": "1", "seat": places["64.71.01.1001"].pk, "about": "Lain"}
    correct_kim(desk, mekar, reason="Coba.", **facts)
    correct_member(desk, rahma, name="Rahma Y.", reason="Coba.", status="left", user=other.pk, community=0)

    before = (mekar.status, mekar.number, mekar.seat_id, mekar.about)
    mekar.refresh_from_db()
    rahma.refresh_from_db()
    assert (mekar.status, mekar.number, mekar.seat_id, mekar.about) == before
    assert (rahma.status, rahma.user, rahma.community) == ("current", None, mekar)


def test_social_media_are_put_right_line_by_line(desk, mekar):
    correct_kim(
        desk, mekar, links="https://www.facebook.com/kimmekar\nhttps://www.instagram.com/kimmekar", reason="Baru."
    )

    mekar.refresh_from_db()
    assert mekar.links == ["https://www.facebook.com/kimmekar", "https://www.instagram.com/kimmekar"]


def test_the_page_of_a_kim_leads_to_its_people(desk, mekar, rahma):
    assert page_of(rahma) in desk.get(page_of(mekar)).text


def test_what_the_trail_knew_of_other_rows_it_knows_with_a_reason_too(desk, places, make_decree):
    decree = make_decree()
    facts = {"number": "9/2026", "issued_on": "2026-01-05", "issuer": "lurah", "issuer_name": "", "ends_on": ""}
    facts |= {"region": places["64.02.02.2003"].pk, "starts_on": "2026-01-05", "reason": "Nomor salah tulis."}

    desk.post(page_of(decree), facts)

    assert AuditEntry.objects.about(decree).first().reason == "Nomor salah tulis."


def test_a_kim_was_not_founded_in_the_future_nor_its_decree_issued(desk, mekar, make_decree):
    decree, tomorrow = make_decree(), timezone.localdate() + timedelta(days=2)
    typed = {"number": decree.number, "issuer": decree.issuer, "region": decree.region_id, "reason": "Salah ketik."}

    answers = [
        correct_kim(desk, mekar, founded_on=tomorrow.isoformat(), reason="Salah ketik."),
        desk.post(page_of(decree), typed | {"issued_on": tomorrow.isoformat()}),
    ]

    assert all("Tanggal ini belum tiba." in answer.text for answer in answers)
    mekar.refresh_from_db()
    decree.refresh_from_db()
    assert (mekar.founded_on, decree.issued_on.isoformat()) == (None, "2026-01-05")
