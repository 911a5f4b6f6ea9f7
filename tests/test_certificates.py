"""The certificate says the truth of this moment, to anyone who has its code."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Certificate, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def inaugurated(mekar, made, make_decree):
    mekar.inaugurate(by=made, decree=make_decree(number="77/SK/2026", ends_on="2099-12-31"))
    return mekar


def page(client, certificate):
    return client.get(certificate.get_absolute_url())


def test_inauguration_gives_a_certificate_that_holds(client, inaugurated):
    answer = page(client, inaugurated.certificates.get())

    assert "BERLAKU" in answer.text
    for fact in ("KIM Mekar", inaugurated.number, "77/SK/2026", "31 Desember 2099", "Jembayan"):
        assert fact in answer.text


def test_it_turns_the_moment_the_kim_is_suspended_and_back(client, inaugurated, made):
    certificate = inaugurated.certificates.get()

    inaugurated.suspend(by=made, note="Pengurus berselisih.")
    answer = page(client, certificate)
    assert "DICABUT" in answer.text
    assert "Pengurus berselisih" not in answer.text
    assert client.get(f"{certificate.get_absolute_url()}piagam.pdf").status_code == 302

    inaugurated.restore(by=made)
    assert "BERLAKU" in page(client, certificate).text


def test_it_ends_with_the_term_of_the_decree(client, inaugurated, time_machine):
    certificate = inaugurated.certificates.get()
    last = timezone.localdate() + timedelta(days=3)
    inaugurated.decree.ends_on = last
    inaugurated.decree.save()

    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert "BERLAKU" in page(client, certificate).text
    time_machine.move_to(timezone.now() + timedelta(days=4))
    assert "KEDALUWARSA" in page(client, certificate).text


def test_a_new_decree_replaces_it(client, inaugurated, made, make_decree):
    old = inaugurated.certificates.get()

    inaugurated.extend(by=made, decree=make_decree(number="78/SK/2029"))

    new = inaugurated.certificates.get(replaced_at=None)
    assert "KEDALUWARSA" in page(client, old).text
    assert new.get_absolute_url() in page(client, old).text
    assert "78/SK/2029" in page(client, new).text


def test_it_survives_a_new_name(client, inaugurated):
    certificate = inaugurated.certificates.get()
    inaugurated.name, inaugurated.slug = "KIM Mekar Jaya", "kim-mekar-jaya"
    inaugurated.save()

    assert "KIM Mekar Jaya" in page(client, certificate).text


def test_the_name_of_the_office_stays_as_it_was(client, mekar, made, make_decree, places):
    office = Office.objects.create(region=places["64.02"], name="Diskominfotik Kukar")
    mekar.inaugurate(by=made, decree=make_decree())
    office.name = "Dinkomdigi Kukar"
    office.save()

    assert "Diskominfotik Kukar" in page(client, mekar.certificates.get()).text


@pytest.mark.parametrize("token", ["x", "a" * 22, "../../etc"])
def test_a_code_that_nobody_was_given_is_not_found(client, token):
    assert client.get(f"/verifikasi/{token}/").status_code == 404


def test_nobody_keeps_a_copy_of_the_page(client, inaugurated):
    answer = page(client, inaugurated.certificates.get())

    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_the_sheet_is_a_pdf_of_one_page_with_the_facts(client, inaugurated):
    certificate = inaugurated.certificates.get()

    answer = client.get(f"{certificate.get_absolute_url()}piagam.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type /Page\n") == 1
    assert len(answer.content) < 60_000


def test_a_long_or_foreign_name_does_not_break_the_sheet(client, inaugurated):
    inaugurated.name = "KIM Perjuangan Rakyat Sejahtera Membangun Negeri – Ḥijāz 🌾 " + "Panjang " * 6
    inaugurated.save()

    answer = client.get(f"{inaugurated.certificates.get().get_absolute_url()}piagam.pdf")

    assert answer.content.startswith(b"%PDF-")


def test_tokens_are_long_and_differ():
    tokens = {Certificate._meta.get_field("token").get_default() for _each in range(50)}

    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 22
