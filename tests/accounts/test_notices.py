"""Notices: one row with the deed, by site and by e-mail, each e-mail once."""

import re
import smtplib
from datetime import timedelta

import pytest
from conftest import make_officer, make_user
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts import outbox
from accounts.models import Dispatch, Notice, User
from accounts.notices import NoticeKind
from alerts.models import Subscriber
from communities import notices
from communities.models import Membership

pytestmark = pytest.mark.django_db
DECREE = notices.DECREE


def tell(*people, kind=notices.VERIFICATION, **more):
    Notice.objects.tell(people, kind, "KIM Mekar terverifikasi", "Selamat.", path="/ruang/", **more)


def test_a_notice_is_gone_with_the_deed_that_was_undone(siti):
    with transaction.atomic():
        tell(siti)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert not Dispatch.objects.exists()
    assert outbox.send_waiting() == 0


def test_an_email_leaves_once(siti, joko):
    tell(siti, joko)

    assert outbox.send_waiting() == 2
    assert outbox.send_waiting() == 0

    assert [message.to for message in mail.outbox] == [[siti.email], [joko.email]]
    assert "http://testserver" not in mail.outbox[0].body
    assert "/ruang/" in mail.outbox[0].body


def test_with_the_mail_server_away_notices_wait_and_leave_later(siti, joko, monkeypatch, time_machine):
    def away(self, *args, **kwargs):
        raise ConnectionRefusedError

    tell(siti, joko)
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", away)
        assert outbox.send_waiting() == 0
    assert Dispatch.objects.filter(sent_at=None).count() == 2

    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    outbox.send_waiting()

    assert sorted(message.to[0] for message in mail.outbox) == sorted([siti.email, joko.email])


def test_a_refused_address_holds_up_nobody_else(siti, joko, monkeypatch):
    real = EmailBackend.send_messages

    def send(self, letters):
        if letters[0].to == [siti.email]:
            raise smtplib.SMTPRecipientsRefused({siti.email: (550, b"unknown")})
        return real(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    tell(siti, joko)

    assert outbox.send_waiting() == 1
    assert [message.to for message in mail.outbox] == [[joko.email]]
    assert Dispatch.objects.get(notice__user=siti).attempts == 1


def test_nobody_is_told_the_same_twice(siti):
    tell(siti, key="decree-1-30")
    tell(siti, key="decree-1-30")
    tell(siti, key="decree-1-7")

    assert siti.notices.count() == 2


def test_a_line_break_in_a_name_does_not_reach_the_header(siti):
    Notice.objects.tell([siti], notices.VERIFICATION, "KIM\nBcc: semua@contoh.id")

    outbox.send_waiting()

    assert "\n" not in mail.outbox[0].subject


def test_an_optional_kind_is_stopped_with_one_click_of_the_mail_program(siti):
    tell(siti, kind=DECREE)
    outbox.send_waiting()
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]

    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(path).status_code == 200
    assert not siti.muted_kinds.exists()
    stranger.post(path, {"List-Unsubscribe": "One-Click"})

    tell(siti, kind=DECREE)
    assert outbox.send_waiting() == 0
    assert siti.notices.count() == 2


@pytest.mark.parametrize("token", ["1-decree", "1-decree:forged", "x"])
def test_nobody_stops_the_notices_of_another(client, siti, token):
    assert client.post(f"/kabar/berhenti/{token}/").status_code == 404


def test_what_belongs_to_ones_deeds_has_no_stop(siti):
    tell(siti)
    outbox.send_waiting()

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_the_inbox_shows_own_notices_and_marks_them_read(client, siti, joko):
    tell(siti)
    notice = siti.notices.get()

    client.force_login(joko)
    assert "terverifikasi" not in client.get("/ruang/kabar/").text
    assert client.get(f"/ruang/kabar/{notice.pk}/").status_code == 404

    client.force_login(siti)
    assert "terverifikasi" in client.get("/ruang/kabar/").text
    assert client.get(f"/ruang/kabar/{notice.pk}/").url == "/ruang/"
    notice.refresh_from_db()
    assert notice.read_at


@pytest.mark.parametrize(
    ("path", "led_to"),
    [("/ruang/kabar/?x=1#isi", "/en/ruang/kabar/?x=1#isi"), ("/en/ruang/", "/en/ruang/"), ("/petugas/", "/petugas/")],
)
def test_whoever_reads_english_goes_on_in_english(client, siti, path, led_to):
    tell(siti)
    Notice.objects.update(path=path)
    client.force_login(siti)

    assert client.get(f"/en/ruang/kabar/{Notice.objects.get().pk}/").headers["Location"] == led_to


def test_a_deed_in_english_leads_others_to_pages_in_the_language_of_the_site(client, siti, joko, mekar, mailoutbox):
    asked = Membership.objects.ask_to_join(mekar, by=joko)
    client.force_login(siti)
    client.post(f"/en/ruang/kim/{mekar.slug}/anggota/{asked.pk}/jawab/", {"answer": "approve"})
    assert Notice.objects.get(user=joko).path == f"/ruang/kim/{mekar.slug}/"
    Notice.objects.tell([joko], DECREE, "SK", path="/en/ruang/")
    Dispatch.objects.write_to("lain@contoh.id", "Surat", "Halo", path="/en/usulan/")

    assert not Notice.objects.filter(path__startswith="/en/").exists()
    outbox.send_waiting()
    assert not [message for message in mailoutbox if "/en/" in message.body]


def test_an_english_inbox_says_in_english_what_we_said(client, siti, mekar, make_post, made):
    make_post(status="in_review", title="Panen padi", author=siti).send_back(
        by=made, reason="incomplete", note="Tambahkan fotonya."
    )
    client.force_login(siti)

    page = client.get("/en/ruang/kabar/").text

    assert 'Needs mending: <span lang="id">Panen padi</span></a>' in page
    assert '<br><span lang="id">Tambahkan fotonya.</span></p>' in page
    assert "Perlu diperbaiki: Panen padi</a>" in client.get("/ruang/kabar/").text


def test_all_notices_are_marked_read_at_once(client, siti, joko):
    tell(siti, joko)
    tell(siti)
    client.force_login(siti)

    client.post("/ruang/kabar/dibaca/")

    assert not siti.notices.unread().exists()
    assert joko.notices.unread().count() == 1


def test_what_came_after_the_page_was_opened_stays_unread(client, siti):
    tell(siti)
    client.force_login(siti)
    shown = client.get("/ruang/kabar/").context["newest"]
    tell(siti)

    client.post("/ruang/kabar/dibaca/", {"sampai": shown})

    assert [notice.read_at is None for notice in siti.notices.order_by("pk")] == [False, True]


def test_opened_on_two_devices_it_was_read_when_it_was_first(client, siti):
    tell(siti)
    path = f"/ruang/kabar/{siti.notices.get().pk}/"
    client.force_login(siti)
    client.get(path)
    first = siti.notices.get().read_at

    assert client.get(path).url == "/ruang/"
    assert siti.notices.get().read_at == first


def test_the_email_leads_by_the_inbox_which_then_knows(siti):
    tell(siti)
    outbox.send_waiting()

    assert f"/ruang/kabar/{siti.notices.get().pk}/" in mail.outbox[0].body


@pytest.mark.parametrize("path", ["/ruang/", "/ruang/kegiatan/", "/akun/password/change/"])
def test_every_page_of_ones_own_leads_to_what_is_new(client, siti, joko, path):
    client.force_login(siti)
    assert "belum dibaca" not in client.get(path).text
    for number in range(8):
        tell(siti, key=f"news-{number}")
    tell(joko)

    page = client.get(path).text
    assert "8 kabar belum dibaca" in page
    assert 'href="/ruang/kabar/"' in page


def test_the_room_leads_to_the_inbox_when_all_is_read_too(client, siti):
    client.force_login(siti)

    assert 'href="/ruang/kabar/"' in client.get("/ruang/").text
    assert client.get("/ruang/kabar/").status_code == 200


def test_the_desk_shows_an_officer_the_number(desk, made):
    tell(made)

    page = desk.get("/petugas/").text
    assert '<span class="unread-number">1 ' in page
    assert 'href="/ruang/kabar/"' in page


def test_no_public_page_knows_of_notices(client, siti):
    tell(siti)
    client.force_login(siti)

    for path in ("/", "/kegiatan/", "/cari/"):
        page = client.get(path)
        assert "belum dibaca" not in page.text
        assert "cookie" not in page.get("Vary", "").lower()


def test_a_hundred_are_many(client, siti):
    for number in range(120):
        tell(siti, key=f"news-{number}")
    client.force_login(siti)

    assert "99+" in client.get("/ruang/").text


def test_the_inbox_costs_the_same_with_many(client, siti, django_assert_num_queries):
    client.force_login(siti)
    tell(siti)
    client.get("/ruang/kabar/")
    with django_assert_num_queries(7):
        client.get("/ruang/kabar/")
    for _number in range(40):
        tell(siti)
    with django_assert_num_queries(7):
        page = client.get("/ruang/kabar/")

    assert f"?sebelum={page.context['older']}" in page.text
    assert len(client.get(f"/ruang/kabar/?sebelum={page.context['older']}").context["notices"]) == 11


def test_settings_mute_and_unmute(client, siti):
    client.force_login(siti)
    optional = NoticeKind.optional()

    client.post("/ruang/kabar/pengaturan/", {"by_email": [kind for kind in optional if kind != "decree"]})
    assert list(siti.muted_kinds.values_list("kind", flat=True)) == ["decree"]

    client.post("/ruang/kabar/pengaturan/", {"by_email": optional})
    assert not siti.muted_kinds.exists()

    client.post("/ruang/kabar/pengaturan/", {"by_email": ["verification"]})
    assert not siti.muted_kinds.exists(), "an unknown choice is refused as a whole"


def test_a_notice_that_is_tried_again_later_waits_until_then(siti):
    tell(siti)
    Dispatch.objects.update(due_at=timezone.now() + timedelta(hours=1))

    assert outbox.send_waiting() == 0


def zone_in_the_inbox(client, user):
    tell(user)
    client.force_login(user)
    (zone,) = set(re.findall(r"pukul \d\d\.\d\d (WI\w+)", client.get("/ruang/kabar/").text))
    return zone


def test_the_inbox_tells_the_time_by_the_clock_of_who_reads_it(client, places, make_aspiration, siti, mekar, joko):
    former = make_officer("Tono", places["64.02"])
    former.assignments.update(ends_on="2025-12-31")
    former = User.objects.get(pk=former.pk)
    asking = make_user("Budi")
    mekar.memberships.create(user=asking, name="Budi", status="requested")
    sender, follower = make_user("Rini"), make_user("Wati")
    make_aspiration(sender=sender)
    Subscriber.objects.of_user(follower).follow({"region": places["64.02"]}, confirmed=True)

    assert {who.name: zone_in_the_inbox(client, who) for who in (siti, former, asking, sender, follower, joko)} == {
        siti.name: "WITA",
        "Tono": "WITA",
        "Budi": "WITA",
        "Rini": "WITA",
        "Wati": "WITA",
        joko.name: "WIB",
    }


def test_who_chose_a_region_reads_by_its_clock(client, places, joko, siti, mekar):
    client.cookies["wilayah"] = "64.02.02.2003"

    assert zone_in_the_inbox(client, joko) == "WITA"
