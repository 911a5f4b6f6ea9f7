"""An office brings its list along, and changes hands: what was begun is finished, and nobody's work lies about."""

import pytest
from conftest import make_officer, make_user

from browser.faults import PHONE, faults_of
from communities.models import Community, RosterImport
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check
from communities.rosters.undoing import undo

pytestmark = pytest.mark.usefixtures("places")

ROSTER = "\n".join(
    [
        "NO;NAMA KIM;DESA;KECAMATAN;KETUA",
        "1;KIM Mekar Jaya;Desa Jembayan;Kec. Loa Kulu;Wayan",
        "2;KIM Antah;Jembayn Tngah;;Bu Wati",
    ]
)

SPOILT = "\n".join(
    [
        "NAMA KIM;DESA;KECAMATAN;HP;NO SK;TANGGAL SK",
        "KIM Mekar;Jembayan;Loa Kulu;8.12346E+11;SK Kepala Desa 5;31/2/2019",
        "Jumlah;;;;;1",
    ]
)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def bring_roster_in(page):
    """Upload, let the worker check, say where the open row lies, let the worker carry it out."""
    page.goto("/petugas/")
    page.get_by_role("link", name="Impor daftar KIM dari XLSX atau CSV").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "KIM Kukar.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    )
    press(page, "Unggah dan periksa")
    page.get_by_text("Halaman ini memperbarui dirinya").wait_for()
    check(RosterImport.objects.get())
    page.reload()
    assert faults_of(page) == []

    row = page.get_by_role("row").filter(has_text="KIM Antah")
    row.get_by_placeholder("atau tulis tempat lain").fill("Jembayan Tengah")
    press(page, "Simpan perubahan")
    page.get_by_text("2 baris cocok").wait_for()
    page.get_by_role("link", name="Periksa yang akan tampil, lalu jalankan").click()
    assert faults_of(page) == []
    page.get_by_label("Saya sudah memeriksa").check()
    press(page, "Tampilkan 2 KIM")
    page.get_by_text("Halaman ini memperbarui dirinya").wait_for()
    carry_out(RosterImport.objects.get())
    page.reload()


def test_a_roster_becomes_kims_whose_chair_says_that_the_data_are_true(page, context, enter, made, places):
    enter(made)
    bring_roster_in(page)
    page.get_by_role("link", name="KIM Mekar Jaya").click()
    kim = Community.objects.get(name="KIM Mekar Jaya")
    assert kim.is_old_data
    assert Community.objects.get(name="KIM Antah").seat == places["64.02.02.2011"]

    page.get_by_role("link", name="Undang ketua lewat surel").click()
    assert faults_of(page) == []
    page.get_by_label("Surel").fill("wayan@contoh.id")
    press(page, "Undang")
    page.get_by_text("diundang.").wait_for()

    enter(make_user("Wayan"), PHONE)
    page.goto("/ruang/")
    press(page, "Terima undangan")
    page.goto(kim.room_path)
    press(page, "Data masih benar")

    kim.refresh_from_db()
    assert [person.name for person in kim.chairs] == ["Wayan"]
    assert not kim.is_old_data


def test_a_spoilt_list_is_mended_on_a_phone_and_taken_back(page, enter, made, complaints):
    enter(made, PHONE)
    page.goto("/petugas/communities/rosterimport/add/")
    page.locator("input[type=file]").set_input_files(
        {"name": "KIM Kukar.csv", "mimeType": "text/csv", "buffer": SPOILT.encode()}
    )
    press(page, "Unggah dan periksa")
    page.get_by_text("Halaman ini memperbarui dirinya").wait_for()
    check(RosterImport.objects.get())
    page.reload()
    assert faults_of(page) == []

    page.get_by_label("Telepon").fill("0812 3456 7890")
    page.get_by_role("textbox", name="Tanggal SK").fill("31 Februari 2019")
    page.get_by_label("Telepon").press("Enter")
    page.get_by_text("Tanggal “31 Februari 2019” tidak ada di kalender.").wait_for()
    assert faults_of(page) == []
    assert page.get_by_label("Telepon").input_value() == "0812 3456 7890"
    complaints.clear()  # of the 422
    page.get_by_role("textbox", name="Tanggal SK").fill("")
    press(page, "Simpan perubahan")
    page.get_by_text("1 baris cocok").wait_for()
    page.get_by_text("1 baris dilewati").click()
    page.get_by_text("Baris jumlah.").wait_for()

    page.get_by_role("link", name="Periksa yang akan tampil, lalu jalankan").click()
    page.get_by_label("Saya sudah memeriksa").check()
    press(page, "Tampilkan 1 KIM")
    page.get_by_text("Halaman ini memperbarui dirinya").wait_for()
    carry_out(RosterImport.objects.get())
    kim = Community.objects.get()
    assert (kim.contact_phone, kim.decree) == ("081234567890", None)

    page.reload()
    page.get_by_role("link", name="Batalkan impor ini").click()
    assert faults_of(page) == []
    press(page, "Batalkan impor ini")
    page.get_by_text("Halaman ini memperbarui dirinya").wait_for()
    undo(RosterImport.objects.get())
    page.reload()
    page.get_by_text("1 KIM dari daftar ini ditarik kembali oleh Made").wait_for()
    assert faults_of(page) == []
    assert not Community.objects.exists()


def test_an_officer_who_moved_sees_nothing_more_and_the_successor_finds_the_work(
    page, enter, made, places, make_community, complaints
):
    waiting = make_community("KIM Baru", status="submitted")
    wulan, komang = make_officer("Wulan", places["64"]), make_user("Komang")
    komang.confirm_email()
    enter(made)
    page.goto("/petugas/")
    page.get_by_role("link", name="KIM Baru").wait_for()

    enter(wulan)
    page.goto("/petugas/accounts/officerassignment/")
    page.get_by_role("row").filter(has_text="Made").get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option("end")
    page.locator("button[name=index]").click()
    page.get_by_text("berakhir.").wait_for()
    page.goto("/petugas/")
    page.get_by_role("link", name="KIM Baru").wait_for()  # meanwhile it is the province's

    enter(made)
    refused = page.goto(waiting.desk_path)
    assert (refused.status, page.get_by_text("KIM Baru").count()) == (403, 0)
    complaints.clear()  # of the 403

    enter(wulan)
    page.goto("/petugas/accounts/officerassignment/add/")
    page.locator("[name=user]").fill("komang@contoh.id")
    page.locator(".field-region .select2-selection").click()
    page.locator(".select2-search__field").fill("Kutai Kartanegara")
    page.get_by_role("option", name="Kabupaten Kutai Kartanegara").click()
    for duty in page.locator(".field-duties input[type=checkbox]").all():
        duty.check()
    page.locator("[name=letter_number]").fill("800/7/2026")
    page.locator("[name=_save]").click()
    page.get_by_text("Komang").first.wait_for()
    enter(komang)
    page.goto("/petugas/")
    page.get_by_role("link", name="KIM Baru").click()
    page.get_by_role("button", name="Verifikasi", exact=True).wait_for()
