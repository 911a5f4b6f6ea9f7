"""From a resident's phone to a certificate that anyone checks: registered, mended, verified, inaugurated, scanned."""

import io

import pytest
from fpdf import FPDF
from PIL import Image

from browser.faults import DESK, PHONE, faults_of
from communities.models import Community, FormationRule

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def minutes():
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Times", size=16)
    sheet.cell(text="Berita acara pembentukan KIM Melati")
    return {"name": "berita-acara.pdf", "mimeType": "application/pdf", "buffer": bytes(sheet.output())}


def photos():
    """Two pages as a phone takes them, each heavier than what is sent."""
    grain = Image.effect_noise((1500, 1100), 90).resize((3000, 2200)).convert("RGB")
    file = io.BytesIO()
    grain.save(file, "JPEG", quality=92)
    return [{"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()} for number in (1, 2)]


@pytest.fixture
def enter(page, context, sign_in):
    """Another person takes the browser."""

    def take(user, size):
        context.clear_cookies()
        sign_in(user)
        page.set_viewport_size(size)

    return take


@pytest.fixture
def officer(made):
    made.authenticator_set.create(type="totp", data={"secret": ""})
    return made


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def register(page, minutes):
    """Siti fills in what is asked for, step by step."""
    page.goto("/ruang/kim/daftar/")
    page.get_by_label("Nama KIM").fill("KIM Melati")
    seat = page.get_by_role("combobox", name="Kedudukan")
    seat.fill("Jembayan")
    seat.press("Tab")  # the offers close
    press(page, "Buat draf pendaftaran")
    page.get_by_label("Desa Jembayan Tengah").check()
    press(page, "Buat draf pendaftaran")
    page.get_by_role("link", name="Nama dan kedudukan").click()
    page.get_by_label("Berdiri sejak").fill("2020-01-31")
    press(page, "Simpan dan lanjut")
    page.get_by_label("Alamat sekretariat").fill("Balai desa")
    page.get_by_label("Nomor telepon").fill("0812-3456-7890")
    press(page, "Simpan dan lanjut")
    page.get_by_label("Kesehatan").check()
    press(page, "Simpan dan lanjut")
    page.get_by_role("link", name="Berkas dan pernyataan").click()
    page.get_by_role("region", name="Berita acara pembentukan").get_by_label("Pilih berkas").set_input_files(minutes)
    page.get_by_role("region", name="Bagan susunan pengurus").get_by_label("Pilih berkas").set_input_files(photos())
    press(page, "Simpan")
    page.get_by_text("Tersimpan.").wait_for()
    press(page, "Ajukan ke Diskominfo")
    page.get_by_text("Terkirim ke Diskominfo").wait_for()


def ask_to_mend(page):
    page.goto("/petugas/")
    page.get_by_role("link", name="KIM Melati").click()
    press(page, "Semua sesuai")
    page.locator("input[name=ok-address][value=no]").check()
    page.locator("input[name=note-address]").fill("Tulis RT dan RW.")
    press(page, "Minta perbaikan")
    page.get_by_text("diminta memperbaiki datanya").wait_for()


def mend(page, community):
    page.goto(community.room_path)
    page.get_by_role("listitem").filter(has_text="Alamat sekretariat: perlu diperbaiki").get_by_text(
        "Tulis RT dan RW."
    ).first.wait_for()
    page.get_by_role("link", name="Alamat dan kontak").click()
    page.get_by_text("Tulis RT dan RW.").wait_for()
    page.get_by_label("Alamat sekretariat").fill("Balai desa, RT 01 RW 02")
    press(page, "Simpan")
    press(page, "Ajukan lagi ke Diskominfo")
    page.get_by_text("Terkirim ke Diskominfo").wait_for()


def verify_and_inaugurate(page):
    page.goto("/petugas/")
    page.get_by_role("link", name="KIM Melati").click()
    press(page, "Semua sesuai")
    press(page, "Verifikasi")
    page.get_by_role("link", name="Kukuhkan KIM").click()
    page.get_by_label("Nomor SK").fill("12/SK/2026")
    page.get_by_label("Tanggal SK").fill("2026-01-05")
    page.get_by_label("Ditetapkan oleh").select_option("regent")
    press(page, "Kukuhkan")
    page.locator("#content-main").get_by_role("link", name="Piagam").wait_for()


def test_a_kim_is_registered_mended_verified_inaugurated_and_scanned(
    page, context, enter, siti, officer, places, minutes
):
    FormationRule.objects.create(
        region=places["64.02"], kind="required_paper", paper="minutes", legal_basis="Perbup 12/2024 Pasal 8"
    )
    enter(siti, PHONE)
    register(page, minutes)
    community = Community.objects.get(name="KIM Melati")
    assert (community.status, community.seat) == ("submitted", places["64.02.02.2011"])
    assert community.papers.get(kind="structure").photo_count == 2

    enter(officer, DESK)
    ask_to_mend(page)
    enter(siti, PHONE)
    mend(page, community)
    enter(officer, DESK)
    verify_and_inaugurate(page)

    context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(f"/verifikasi/{community.certificates.get().token}/")
    assert page.get_by_role("heading", name="BERLAKU").is_visible()
    assert page.get_by_text("KIM Melati").first.is_visible()


def test_papers_that_need_not_be_made_smaller_are_sent_too_and_a_bad_one_is_named(page, enter, siti, places, minutes):
    community = Community.objects.found(by=siti, name="KIM Melati", seat=places["64.02.02.2003"])
    enter(siti, PHONE)
    page.goto(f"{community.room_path}berkas/")
    page.locator("#id_minutes-file").set_input_files(minutes)
    page.locator("#id_structure-file").set_input_files({**minutes, "name": "catatan.txt", "buffer": b"Susunan"})

    press(page, "Simpan")

    page.get_by_role("region", name="Bagan susunan pengurus").get_by_text("bukan PDF atau foto").wait_for()
    page.get_by_role("region", name="Berita acara").get_by_role("link", name="berita-acara.pdf").wait_for()
    assert faults_of(page) == []


def test_the_pages_of_a_registration_are_for_everyone(page, enter, siti, places):
    community = Community.objects.found(by=siti, name="KIM Melati", seat=places["64.02.02.2003"])
    FormationRule.objects.create(region=places["64.02"], kind="min_age", number=17, legal_basis="Perbup 12/2024")
    enter(siti, PHONE)
    for part in ("", "profil/", "kontak/", "bidang/", "pengurus/", "sk/", "berkas/"):
        page.goto(f"{community.room_path}{part}")
        assert faults_of(page) == [], part

    page.goto(f"{community.room_path}kontak/")
    page.get_by_label("Nomor telepon").fill("satu dua")
    press(page, "Simpan dan lanjut")
    page.get_by_text("Tulis nomor telepon dengan angka").wait_for()
    assert faults_of(page) == []

    page.goto("/ruang/kim/daftar/")
    page.get_by_label("Nama KIM").fill("KIM Anggrek")
    seat = page.get_by_role("combobox", name="Kedudukan")
    seat.fill("Jembayan")
    seat.press("Tab")  # the offers close
    press(page, "Buat draf pendaftaran")
    page.get_by_text("Pilih yang Anda maksud").wait_for()
    assert faults_of(page) == []
