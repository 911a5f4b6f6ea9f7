"""From the phone of a resident to the KIM, the office, an OPD and back, each in the browser and none by a verb."""

import re

import pytest

from accounts.models import Dispatch
from aspirations.models import Aspiration
from browser.faults import DESK, PHONE, faults_of

pytestmark = pytest.mark.usefixtures("places")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def leave(page, context):
    """Whoever had the browser is gone; the next has a phone and no account."""
    context.clear_cookies()
    page.set_viewport_size(PHONE)


def send(page):
    page.goto("/usulan/kirim/")
    page.fill("[name=place]", "64.02.02.2003")
    page.fill("[name=title]", "Jalan di RT 03 berlubang")
    page.fill("[name=text]", "Sudah tiga bulan.")
    page.fill("[name=sender_email]", "rini@contoh.id")
    page.get_by_label("KIM Mekar").wait_for()
    press(page, "Kirim")
    page.wait_for_url("**/terkirim/")
    assert faults_of(page) == []


def vouch(page):
    page.goto("/ruang/")
    page.get_by_role("link", name="1 usulan warga menunggu KIM Anda").click()
    page.get_by_role("link", name="Jalan di RT 03 berlubang").click()
    page.get_by_label("keterangan KIM").fill("Kami sudah melihatnya.")
    press(page, "Simpan keterangan")
    page.get_by_text("Keterangan KIM tersimpan").wait_for()
    page.locator("#teruskan summary").click()
    press(page, "Teruskan")
    page.get_by_text("Diteruskan: ASP").wait_for()
    assert faults_of(page) == []


def assign(page):
    page.goto("/petugas/")
    page.set_viewport_size(PHONE)
    assert page.locator(".desk-nav").bounding_box()["height"] < 120  # a strip above the work
    page.set_viewport_size(DESK)
    page.locator(".desk-nav").get_by_role("link", name=re.compile("^Usulan")).click()
    assert faults_of(page) == []
    page.locator("#serahkan summary").click()
    page.get_by_role("link", name="Tambah OPD").click()
    page.get_by_label("Nama OPD").fill("Dinas Pekerjaan Umum")
    page.get_by_label("Surel").fill("pu@kukar.contoh.id")
    press(page, "Simpan")
    page.goto("/petugas/aspirations/aspiration/antrean/")
    page.locator("#serahkan summary").click()
    page.get_by_label("OPD", exact=True).select_option("Dinas Pekerjaan Umum")
    press(page, "Serahkan dan kirim tautan")
    page.get_by_text("Diserahkan ke OPD: ASP").wait_for()


def answer(page):
    """The OPD opens what the letter leads to."""
    page.goto(Dispatch.objects.get(address="pu@kukar.contoh.id").path)
    page.locator("#jawab summary").click()
    page.locator("[name=jawab-text]").fill("Ditambal Jumat.")
    page.locator("[name=jawab-outcome]").select_option("planned")
    assert faults_of(page) == []
    press(page, "Kirim jawaban")
    page.get_by_text("Terima kasih").first.wait_for()


def contest(page):
    page.goto(Dispatch.objects.filter(address="rini@contoh.id").latest("pk").path)
    page.get_by_text("Ditambal Jumat.").first.wait_for()
    assert faults_of(page) == []
    page.get_by_label("Mengapa jawabannya belum cukup?").fill("Lubangnya masih ada.")
    press(page, "Buka lagi")
    page.get_by_text("Kantor memegang usulan ini lagi").wait_for()


def test_an_aspiration_is_vouched_for_assigned_answered_and_contested(page, context, enter, mekar, siti, made):
    send(page)
    enter(siti, PHONE)
    vouch(page)
    enter(made, DESK)
    assign(page)
    leave(page, context)
    answer(page)
    contest(page)

    row = Aspiration.objects.get()
    page.goto("/usulan/lacak/")
    page.get_by_label("Kode usulan").fill(row.code.lower())
    press(page, "Lihat")
    page.get_by_text("Lubangnya masih ada.").wait_for()
    assert faults_of(page) == []
    assert row.status == Aspiration.Status.REOPENED
