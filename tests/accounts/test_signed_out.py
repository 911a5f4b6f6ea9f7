"""What somebody typed whose session ended meanwhile is there after signing in; a button's address is no blank page."""

import uuid

import pytest
from conftest import make_pdf
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import devices, signed_out
from activities.models import Comment
from activities.writing import blank_post, stored_draft
from pages.typed import FILES_LOST

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(siti):
    """Signed in on before by Siti, and now by nobody."""
    client = Client()
    client.cookies[devices.COOKIE] = signing.dumps(["device", [devices.mark(siti.email)]], salt=devices.SALT)
    return client


def sent_on(client, page):
    """What the one button of the page sends."""
    fields = dict([*page.context["texts"], *page.context["others"]])
    return client.post(page.context["path"], fields)


def test_a_comment_is_there_after_signing_in_and_sent_with_one_button(phone, siti, make_post):
    post = make_post("Panen raya")
    comment = reverse("activities:comment", args=[post.pk])
    assert phone.post(comment, {"text": "Selamat untuk semua warga."}).status_code == 302
    phone.force_login(siti)

    page = phone.get(comment)

    assert "Selamat untuk semua warga." in page.text
    assert "Belum terkirim" in page.text
    sent_on(phone, page)
    assert Comment.objects.get().text == "Selamat untuk semua warga."
    assert "Selamat untuk semua warga." not in phone.get(comment).text


@pytest.mark.parametrize(
    ("part", "facts"),
    [
        ("profil/", {"name": "KIM Mekar", "about": "Kami menulis tentang panen."}),
        ("kontak/", {"address": "Balai Desa Jembayan"}),
        ("gabung/", {"note": "Saya ingin ikut menulis."}),
        ("masih-benar/", {}),
        ("ajukan/", {}),
    ],
)
def test_so_is_every_other_form_also_one_of_a_button_alone(phone, siti, mekar, part, facts):
    address = f"/ruang/kim/{mekar.slug}/{part}"
    phone.post(address, facts)
    phone.force_login(siti)

    page = phone.get(address)

    assert page.status_code == 200
    assert "Kirim sekarang" in page.text
    assert all(text in page.text for text in facts.values())
    assert sent_on(phone, page).status_code < 400


def test_the_desk_keeps_the_words_of_an_officer(made, mekar, with_second_factor):
    client = Client()
    client.cookies[devices.COOKIE] = signing.dumps(["device", [devices.mark(made.email)]], salt=devices.SALT)
    address = f"/petugas/communities/community/{mekar.pk}/periksa/"
    client.post(address, {"decision": "revise", "note": "Mohon alamatnya dilengkapi."})
    client.force_login(with_second_factor(made))

    assert "Mohon alamatnya dilengkapi." in client.get(address).text


def test_a_file_is_said_to_be_missing_and_passwords_are_not_kept(phone, siti, mekar):
    address = f"/ruang/kim/{mekar.slug}/sk/"
    file = SimpleUploadedFile("sk.pdf", make_pdf("SK"))
    phone.post(address, {"number": "7/2020 tentang KIM", "old_password": "rahasia sekali", "file": file})

    assert "rahasia" not in str(phone.session[signed_out.HELD])
    phone.force_login(siti)
    page = phone.get(address).text

    assert "7/2020 tentang KIM" in page
    assert str(FILES_LOST) in page


def test_who_sent_only_a_photo_is_back_on_the_page_to_choose_it_and_told_that_it_is_lost(phone, siti, mekar):
    post = stored_draft(blank_post(mekar, siti, uuid.uuid4()))
    address = reverse("activities:write_photo", args=[post.client_uuid])
    phone.post(address, {"file": SimpleUploadedFile("foto.jpg", b"foto")})
    phone.force_login(siti)

    page = phone.get(address)

    assert page.templates[0].name == "activities/writing_photos.html"
    assert str(FILES_LOST) in page.text
    assert str(FILES_LOST) not in phone.get(address).text


def test_who_chose_no_file_hears_nothing_of_one(phone, siti, mekar):
    address = f"/ruang/kim/{mekar.slug}/gabung/"
    phone.post(address, {"note": "Saya ingin ikut menulis."})
    phone.force_login(siti)

    assert str(FILES_LOST) not in phone.get(address).text


def test_a_form_that_was_open_too_long_says_that_its_file_is_lost(siti, mekar):
    client = Client(enforce_csrf_checks=True)
    client.force_login(siti)
    file = SimpleUploadedFile("sk.pdf", make_pdf("SK"))

    page = client.post(f"/ruang/kim/{mekar.slug}/sk/", {"number": "7/2020 tentang KIM", "file": file})

    assert page.status_code == 403
    assert "7/2020 tentang KIM" in page.text
    assert str(FILES_LOST) in page.text


def test_nobody_else_reads_it(phone, joko, siti, mekar):
    address = f"/ruang/kim/{mekar.slug}/gabung/"
    phone.post(address, {"note": "Saya ingin ikut menulis."})
    phone.force_login(joko)

    assert "Saya ingin ikut menulis." not in phone.get(address).text
    assert signed_out.HELD not in phone.session


def test_a_browser_that_nobody_signed_in_on_and_endless_texts_keep_nothing(client, phone, mekar):
    address = f"/ruang/kim/{mekar.slug}/gabung/"
    client.post(address, {"note": "Saya ingin ikut."})
    phone.post(address, {"note": "a " * signed_out.MOST_HELD})

    assert signed_out.HELD not in client.session
    assert signed_out.HELD not in phone.session


@pytest.mark.parametrize("part", ["masih-benar/", "ajukan/", "anggota/1/jawab/"])
def test_the_address_of_a_button_leads_to_its_page(client, siti, mekar, part):
    client.force_login(siti)

    page = client.get(f"/ruang/kim/{mekar.slug}/{part}")

    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "Halaman ini dibuka lewat tombolnya" in page.text
    assert client.get(page.context["page"]).status_code in (200, 404)


def test_a_script_reads_no_page(client, siti, mekar):
    client.force_login(siti)
    answer = client.get(f"/ruang/kim/{mekar.slug}/ajukan/", headers={"accept": "application/json"})

    assert (answer.status_code, answer.content) == (405, b"")
