"""Without JavaScript, on a phone: invited, accepted, made chair by handover; the old chair is refused."""

import re

import pytest
from conftest import PASSWORD, make_user
from playwright.sync_api import expect

from communities.models import Membership


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False}


@pytest.fixture
def phone_of(new_context):
    """The phone of someone who signs in by hand."""

    def enter(user):
        user.confirm_email()
        page = new_context().new_page()
        page.goto("/ruang/")
        page.get_by_label("Surel").fill(user.email)
        page.get_by_label("Sandi").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Masuk").click()
        expect(page).to_have_url(re.compile("/ruang/$"))
        return page

    return enter


def test_an_invited_member_becomes_chair_and_the_old_chair_is_refused(phone_of, mekar, siti):
    sitis, dewis = phone_of(siti), phone_of(make_user("Dewi"))

    sitis.get_by_role("link", name="KIM Mekar", exact=True).click()
    sitis.locator("main").get_by_role("link", name="Anggota", exact=True).click()
    sitis.get_by_role("link", name="Undang anggota").click()
    sitis.get_by_label("Nama").fill("Dewi")
    sitis.get_by_label("Surel").fill("dewi@contoh")
    sitis.get_by_role("button", name="Kirim undangan").click()
    expect(sitis.get_by_text("Tulis alamat surel yang lengkap")).to_be_visible()
    expect(sitis.get_by_label("Nama")).to_have_value("Dewi")
    sitis.get_by_label("Surel").fill("dewi@contoh.id")
    sitis.get_by_role("button", name="Kirim undangan").click()
    expect(sitis.get_by_text("Diundang, belum menjawab")).to_be_visible()

    dewis.reload()
    dewis.get_by_role("button", name="Terima undangan").click()
    dewis.get_by_role("link", name="KIM Mekar", exact=True).click()
    expect(dewis.get_by_role("heading", level=1)).to_have_text("KIM Mekar")

    sitis.reload()
    sitis.get_by_role("link", name="Kelola Dewi").click()
    sitis.get_by_role("link", name="Serahkan jabatan ketua").click()
    sitis.get_by_label("Sandi").fill(PASSWORD)
    sitis.get_by_role("button", name="Lanjut").click()
    sitis.get_by_role("button", name="Ya, serahkan").click()
    expect(sitis.get_by_text("Dewi kini ketua KIM Mekar.")).to_be_visible()
    assert sitis.goto(f"/ruang/kim/{mekar.slug}/anggota/tambah/").status == 403

    dewis.goto(f"/ruang/kim/{mekar.slug}/anggota/")
    dewis.get_by_role("link", name="Catat tanpa akun").click()
    dewis.get_by_label("Nama").fill("Bu Wati")
    dewis.get_by_role("button", name="Catat anggota").click()
    expect(dewis.get_by_role("heading", name="Bu Wati")).to_be_visible()

    assert Membership.objects.get(name="Dewi").is_chair


def test_a_resident_asks_from_the_public_page_and_leaves_again(phone_of, mekar, siti, joko):
    sitis, jokos = phone_of(siti), phone_of(joko)

    jokos.goto(mekar.get_absolute_url())
    jokos.get_by_role("link", name="Gabung", exact=True).click()
    jokos.get_by_role("button", name="Ingin bergabung").click()
    expect(jokos.get_by_text("menunggu jawaban ketua")).to_be_visible()

    sitis.reload()
    sitis.get_by_role("link", name="Joko ingin bergabung dengan KIM Mekar").click()
    sitis.get_by_role("button", name="Terima Joko").click()
    expect(sitis.get_by_text("Joko kini anggota.")).to_be_visible()

    jokos.goto(f"/ruang/kim/{mekar.slug}/anggota/")
    jokos.get_by_role("link", name="Keluar dari KIM ini").click()
    jokos.get_by_role("button", name="Ya, keluar").click()
    expect(jokos.get_by_text("Anda belum menjadi anggota KIM.")).to_be_visible()
