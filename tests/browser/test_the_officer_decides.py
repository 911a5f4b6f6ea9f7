"""Made's morning at the desk: a KIM verified in a few clicks, then inaugurated; each page fit for everyone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from browser.faults import DESK, PHONE, faults_of
from communities.models import Community, Paper

MOST_CLICKS = 6


@pytest.fixture
def waiting(mekar, sector, siti):
    """KIM Mekar, well filled in and handed in ten days ago."""
    facts = {"founded_on": "2020-01-01", "address": "Balai desa", "contact_phone": "0812-0000-0000"}
    handed_in = timezone.now() - timedelta(days=10)
    Community.objects.filter(pk=mekar.pk).update(status="submitted", submitted_at=handed_in, number=None, **facts)
    mekar.refresh_from_db()
    mekar.sectors.add(sector)
    mekar.verifications.create()
    Paper.objects.create(community=mekar, kind="minutes", file="x.pdf", name="ba.pdf", size=1, uploaded_by=siti)
    return mekar


@pytest.fixture
def at_the_desk(page, sign_in, made):
    made.authenticator_set.create(type="totp", data={"secret": ""})
    sign_in(made)
    page.set_viewport_size(DESK)
    return page


def test_a_well_filled_kim_is_verified_within_six_clicks(at_the_desk, waiting):
    page, clicks = at_the_desk, ["KIM Mekar", "Semua sesuai", "Verifikasi"]
    page.goto("/petugas/")

    page.get_by_role("link", name=clicks[0]).click()
    page.get_by_role("button", name=clicks[1]).click()
    page.get_by_role("button", name=clicks[2], exact=True).click()

    assert len(clicks) == 3 <= MOST_CLICKS
    page.get_by_text("terverifikasi dengan nomor 640202200301").wait_for()
    waiting.refresh_from_db()
    assert waiting.status == "verified"


def test_a_verified_kim_is_inaugurated_with_a_decree(at_the_desk, mekar):
    page = at_the_desk
    page.goto(mekar.desk_path)
    page.get_by_role("link", name="Kukuhkan KIM").click()
    page.get_by_label("Nomor SK").fill("12/SK/2026")
    page.get_by_label("Tanggal SK").fill("2026-01-05")
    page.get_by_label("Ditetapkan oleh").select_option("regent")
    page.get_by_role("button", name="Kukuhkan").click()

    page.locator("#content-main").get_by_role("link", name="Piagam").wait_for()
    mekar.refresh_from_db()
    assert (mekar.status, mekar.decree.number) == ("inaugurated", "12/SK/2026")


def test_every_deed_has_a_page_for_everyone(at_the_desk, complaints, mekar, make_community, make_decree):
    page = at_the_desk
    inaugurated = make_community("KIM Lama", status="inaugurated", decree=make_decree())
    suspended = make_community("KIM Beku", status="suspended")
    for community, words in (
        (mekar, ["kukuhkan", "konfirmasi", "bekukan", "gabungkan", "bubarkan"]),
        (inaugurated, ["perpanjang", "undang-ketua"]),
        (suspended, ["pulihkan"]),
    ):
        for word in words:
            page.goto(f"{community.desk_path}../langkah/{word}/")
            assert faults_of(page) == [], word

    page.set_viewport_size(DESK)
    page.goto(f"{mekar.desk_path}../langkah/bekukan/")
    page.get_by_role("button", name="Bekukan").click()
    page.get_by_text("Perbaiki yang ditandai").wait_for()
    assert faults_of(page) == []
    page.get_by_label("Alasan").focus()
    page.keyboard.type("Dua pengurus mengaku ketua.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("dibekukan.").wait_for()
    mekar.refresh_from_db()
    assert mekar.status == "suspended"


def test_the_pages_of_a_decision_are_for_everyone(at_the_desk, complaints, waiting, make_community):
    page = at_the_desk
    ready = make_community("KIM Siap")
    for address in ("/petugas/", waiting.desk_path, f"{ready.desk_path}../langkah/kukuhkan/"):
        page.goto(address)
        assert faults_of(page) == [], address

    page.goto(waiting.desk_path)
    page.get_by_role("button", name="Tolak").click()
    assert page.get_by_text("Tulis alasan penolakan untuk KIM.").is_visible()
    assert faults_of(page) == []

    page.get_by_role("button", name="Verifikasi", exact=True).click()
    page.get_by_text("Belum diperiksa").wait_for()
    assert faults_of(page) == []
    assert all("409" in told for told in complaints)
    complaints.clear()


def test_on_a_telephone_no_narrow_column_makes_a_row_high(at_the_desk, mekar, made, make_decree):
    page = at_the_desk
    mekar.inaugurate(by=made, decree=make_decree())

    page.set_viewport_size(PHONE)
    page.goto("/petugas/communities/certificate/")

    assert page.locator("#result_list tbody tr").bounding_box()["height"] < 70
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_on_a_telephone_each_choice_is_hit_by_a_thumb_and_no_line_runs_through_its_heading(at_the_desk, places):
    page = at_the_desk
    page.set_viewport_size(PHONE)

    page.goto("/petugas/bulletins/bulletin/add/")

    choices = page.locator(".deed label:has(> [type=radio])").all()
    assert len(choices) == 2
    assert min(choice.bounding_box()["height"] for choice in choices) >= 44
    groups = page.locator(".deed fieldset fieldset").all()
    assert {group.evaluate("group => getComputedStyle(group).borderTopWidth") for group in groups} == {"0px"}
