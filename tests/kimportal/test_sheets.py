"""A post and a KIM on one sheet to print, with the short address and its code."""

import re
from datetime import UTC, datetime

import pytest
import qrcode
from django.conf import settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def coded(monkeypatch):
    """What was put into codes."""
    said, make = [], qrcode.make
    monkeypatch.setattr(qrcode, "make", lambda url, **options: said.append(url) or make(url, **options))
    return said


def pressed(page):
    """What on a page could be pressed, but for its tools, which are not printed."""
    paper = re.sub(r'<nav class="sheet-tools".*?</nav>', "", page.partition("<body")[2], flags=re.DOTALL)
    return re.findall(r"<(?:a|button|form|input|select|textarea)\b", paper)


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_post_is_printed_with_its_short_address(client, make_post, coded, language):
    post = make_post("Panen raya", body="Gabah *tiga ton*.")
    own = post.get_absolute_url()

    page = client.get(f"{language}/kegiatan/{post.pk}/cetak/").text

    short = f"{settings.SITE_URL}/kegiatan/{post.pk}/"
    assert coded == [short]
    assert f">{short}</strong>" in page
    assert "<strong>tiga ton</strong>" in page
    assert "<svg" in page.partition('class="qr"')[2]
    assert 'content="noindex"' in page
    assert pressed(page) == []
    assert client.get(f"/kegiatan/{post.pk}/")["Location"] == own
    assert f'href="{language}/kegiatan/{post.pk}/cetak/"' in client.get(f"{language}{own}").text


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"type": "agenda", "starts_at": datetime(2026, 12, 12, 2, tzinfo=UTC), "venue": "Balai desa"}, "Balai desa"),
        ({"type": "potensi", "product": "Madu kelulut", "public_contact": "0812-3456-7890"}, "0812-3456-7890"),
        ({"type": "klarifikasi", "claim": "Air *beracun*", "verdict": "salah", "source_name": "PDAM"}, "Air beracun"),
    ],
)
def test_what_a_type_has_besides_its_words_is_printed_too(client, make_post, facts, told):
    post = make_post(**facts)

    assert told in client.get(f"/kegiatan/{post.pk}/cetak/").text


def test_a_kim_is_printed_with_its_people_and_without_its_contact(client, mekar, make_post, coded):
    mekar.about, mekar.contact_phone = "Kami menulis.", "0877-6543-2109"
    mekar.save()

    page = client.get(f"/kim/{mekar.slug}/cetak/").text

    assert coded == [f"{settings.SITE_URL}/kim/{mekar.slug}/"]
    for part in ("Kami menulis.", mekar.number, "Siti"):
        assert part in page
    assert "0877" not in page
    assert pressed(page) == []
    assert f"/kim/{mekar.slug}/cetak/" in client.get(mekar.get_absolute_url()).text


def test_what_is_no_longer_shown_is_not_printed(client, make_post, made):
    post = make_post()
    post.hide(by=made, reason="other", note="Keliru")

    assert client.get(f"/kegiatan/{post.pk}/cetak/").status_code == 404


def test_a_hoax_is_read_on_its_own_page_alone(client, make_post):
    post = make_post(is_hoax=True)

    answer = client.get(f"/kegiatan/{post.pk}/cetak/")

    assert answer.status_code == 302
    assert answer["Location"] == post.get_absolute_url()
    assert "/cetak/" not in client.get(post.get_absolute_url()).text
