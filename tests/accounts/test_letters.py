"""Letters as a real mail server receives them, byte for byte, and as a mail program then reads them."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from aiosmtpd.controller import Controller
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.core.mail import EmailMessage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import outbox
from accounts.letters import POLICY
from accounts.models import Dispatch, Notice, User
from accounts.stopping import stop_path
from bench.server import free_port
from communities import notices

LONG_SITE = "https://komunitas-informasi-masyarakat.kutaikartanegarakab.example.go.id"
OFFICE = "Dinas Komunikasi, Informatika, Persandian dan Statistik Kabupaten Kutai Kartanegara"


class Postbox:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def letters(settings):
    """The bytes of each letter that arrived."""
    postbox = Postbox()
    port = free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port, decode_data=False)
    controller.start()
    settings.MAILERS = {
        "default": {"BACKEND": "accounts.letters.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": port}}
    }
    yield postbox.letters
    controller.stop()


def lines_of(letter):
    """The lines of its header, folded ones whole again as a mail program reads them."""
    head, _, _body = letter.partition(b"\r\n\r\n")
    return dict(line.split(": ", 1) for line in head.decode("ascii").replace("\r\n ", " ").split("\r\n"))


def read(letter):
    return message_from_bytes(letter, policy=policy.default)


def notice_to(user, title="Masa berlaku SK KIM Mekar tinggal 30 hari", kind=notices.DECREE):
    Notice.objects.tell([user], kind, title, "Perpanjang sebelum 17 Agustus 2026.", path="/ruang/")
    assert outbox.send_waiting() == 1


@pytest.mark.django_db
def test_the_address_that_stops_a_kind_of_notice_leaves_whole(letters, siti, settings):
    settings.SITE_URL = LONG_SITE

    notice_to(siti)

    header = lines_of(letters[0])
    assert header["List-Unsubscribe"] == f"<{LONG_SITE}{stop_path(siti.pk, notices.DECREE)}>"
    assert header["List-Unsubscribe"].isascii()
    assert "=?" not in header["List-Unsubscribe"]
    assert header["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_a_letter_is_one_however_often_it_is_sent_and_asks_no_machine_to_answer(letters, siti, settings):
    settings.SITE_URL = LONG_SITE

    notice_to(siti)

    header = lines_of(letters[0])
    assert header["Message-ID"] == f"<kabar-{siti.notices.get().pk}@{LONG_SITE.removeprefix('https://')}>"
    assert header["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title",
    [
        "KIM “Mekar” Desa Jembayan Tengah sudah terverifikasi — selamat, dan terima kasih atas kesabaran Anda semuanya",
        "Sopan santun di desa " * 7,
        "😀" * 40,
        "N'Dalem Ageng " + "x" * 120,
    ],
    ids=["curly quotes", "long", "pictures", "one long word"],
)
def test_a_subject_is_read_as_it_was_written(letters, siti, title):
    notice_to(siti, title, kind=notices.VERIFICATION)

    assert read(letters[0])["Subject"] == f"Portal KIM: {siti.notices.get().title}"
    head = letters[0].partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n") if b"x" * 120 not in line)


@pytest.mark.django_db
def test_a_line_break_hidden_in_an_encoded_word_begins_no_header(letters, siti):
    notice_to(siti, "=?utf-8?q?Halo=0D=0ABcc=3A_semua=40contoh.id?=")

    assert "Bcc" not in lines_of(letters[0])
    assert read(letters[0])["Subject"] == "Portal KIM: Halo Bcc: semua@contoh.id"


@pytest.mark.django_db
def test_an_address_that_is_none_holds_up_nobody_else(letters, siti, joko):
    User.objects.filter(pk=siti.pk).update(email="sití@contoh.id")
    siti.refresh_from_db()
    Notice.objects.tell([siti, joko], notices.VERIFICATION, "KIM Mekar terverifikasi")

    assert outbox.send_waiting() == 1

    assert read(letters[0])["To"] == joko.email
    assert Dispatch.objects.get(notice__user=siti).attempts == 1


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        (f'"{OFFICE} (Portal KIM)" <portal@kim.example.go.id>', f"{OFFICE} (Portal KIM)"),
        (f'"{OFFICE}, “Portal KIM”" <portal@kim.example.go.id>', f"{OFFICE}, “Portal KIM”"),
        ("Portal KIM “Kukar” <portal@kim.example.go.id>", "Portal KIM “Kukar”"),
        ("Portal KIM <portal@kim.example.go.id>", "Portal KIM"),
        ("portal@kim.example.go.id", ""),
    ],
)
def test_a_sender_has_one_name_and_one_address(letters, sender, name):
    EmailMessage("Salam", "Isi.", sender, to=["siti@contoh.id"]).send()

    [(named, address)] = getaddresses([lines_of(letters[0])["From"]])
    assert (str(make_header(decode_header(named))), address) == (name, "portal@kim.example.go.id")


def test_a_long_address_in_the_text_is_whole_when_read(letters):
    address = f"{LONG_SITE}/ruang/kegiatan/{'a' * 200}/?halaman=2"

    EmailMessage("Salam", f"“Buka”:\n{address}\n.\nFrom sini.", to=["siti@contoh.id"]).send()

    assert read(letters[0]).get_content().splitlines() == ["“Buka”:", address, ".", "From sini."]


@pytest.mark.django_db
def test_letters_about_an_account_leave_the_same_way(letters, rf, siti):
    with request_context(rf.get("/")):
        get_adapter().send_mail("account/email/password_reset_code", siti.email, {"code": "1234-5678"})

    assert lines_of(letters[0])["Auto-Submitted"] == "auto-generated"
    assert "1234-5678" in read(letters[0]).get_content()


def text_of(header):
    made = POLICY.header_factory("Subject", header)
    return message_from_bytes(POLICY.fold_binary("Subject", made) + b"\r\n", policy=policy.default)["Subject"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" “”"), min_size=1))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a machine may have other work
def test_any_subject_survives(subject):
    assert text_of(subject).split() == subject.split()
