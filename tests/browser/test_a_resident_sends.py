"""A resident sends an aspiration from a cheap phone, with JavaScript and without."""

import io
import re
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from aspirations.models import Aspiration

PHONE = {"width": 360, "height": 800}
OFFICE = "Langsung ke kantor kabupaten/kota (Diskominfo)"


@pytest.fixture
def photo():
    file = io.BytesIO()
    Image.effect_noise((2000, 1500), 90).convert("RGB").save(file, "JPEG", quality=95)
    return {"name": "jalan.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


@pytest.mark.parametrize("has_script", [True, False])
def test_a_resident_sends_a_photo_through_the_kim(new_context, mekar, photo, has_script):
    context = new_context(java_script_enabled=has_script)
    page = context.new_page()
    page.goto("/usulan/kirim/")
    page.fill("[name=place]", "64.02.02.2003")
    page.fill("[name=title]", "Jalan di RT 03 berlubang")
    page.fill("[name=text]", "Sudah tiga bulan.")
    page.set_input_files("[name=photos]", photo)
    if has_script:
        page.get_by_label(mekar.name).wait_for()
    page.get_by_role("button", name="Kirim", exact=True).click()
    if not has_script:
        expect(page.locator("#langkah")).to_be_focused()
        page.get_by_label(mekar.name).check()
        page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**/terkirim/")

    row = Aspiration.objects.get()
    assert page.get_by_text(row.code).is_visible()
    assert (row.community, row.photos.count()) == (mekar, 1)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def send_from_a_place_that_may_be_several(page):
    page.goto("/usulan/kirim/")
    page.fill("[name=title]", "Jalan di RT 03 berlubang")
    page.fill("[name=text]", "Sudah tiga bulan.")
    page.fill("[name=place]:not([type=radio])", "Jembayn")
    page.get_by_role("button", name="Kirim", exact=True).click()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_place_that_may_be_several_is_chosen_below_what_was_typed(new_context, mekar, has_script):
    page = new_context(java_script_enabled=has_script).new_page()
    send_from_a_place_that_may_be_several(page)

    choices = page.get_by_role("group", name="Pilih wilayah yang dimaksud")
    choices.get_by_label("Jembayan, Loa Kulu").focus()
    page.keyboard.press("Space")

    if has_script:
        expect(page.get_by_role("combobox", name="Di mana?")).to_have_value(re.compile("^Desa Jembayan, "))
        page.get_by_label(OFFICE).check()
    send_to_the_office(page, has_script)
    assert Aspiration.objects.get().place.code == "64.02.02.2003"


def test_who_types_another_place_is_offered_none_of_the_former(new_context, mekar):
    page = new_context().new_page()
    send_from_a_place_that_may_be_several(page)
    choices = page.get_by_role("group", name="Pilih wilayah yang dimaksud")
    expect(choices).to_be_visible()

    page.get_by_role("combobox", name="Di mana?").fill("Jembayan, Loa Kulu")

    expect(choices).to_have_count(0)


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("has_account", [False, True])
def test_who_goes_back_and_sends_again_sees_the_same_receipt(
    new_context, base_url, client, mekar, joko, has_script, has_account
):
    context = new_context(java_script_enabled=has_script)
    if has_account:
        client.force_login(joko)
        context.add_cookies(
            [{"name": name, "value": one.value, "url": base_url} for name, one in client.cookies.items()]
        )
    page = context.new_page()
    page.goto("/usulan/kirim/")
    page.fill("[name=title]", "Jalan di RT 03 berlubang")
    page.fill("[name=text]", "Sudah tiga bulan.")
    page.fill("[name=place]", "64.02.02.2003")
    if has_script:
        page.get_by_label(OFFICE).check()
    send_to_the_office(page, has_script)
    row = Aspiration.objects.get()
    Aspiration.objects.update(created_at=timezone.now() - timedelta(minutes=2))

    # To the last step, where that was a page of its own, and then to the first.
    for _time in range(1 if has_script else 2):
        page.go_back()
        if page.locator("[name=title]").count():
            expect(page.locator("[name=title]")).to_have_value("Jalan di RT 03 berlubang")
            expect(page.locator("[name=place]")).to_have_value(re.compile("64.02.02.2003|Jembayan"))
            if has_script:
                expect(page.get_by_label(OFFICE)).to_be_checked()
            send_to_the_office(page, has_script)
        expect(page.get_by_text("Usulan yang sama sudah Anda kirim")).to_be_visible()
        expect(page.get_by_text(row.code)).to_be_visible()

    assert Aspiration.objects.count() == 1


def send_to_the_office(page, has_script):
    while page.locator("[name=title]").count():
        if page.get_by_label(OFFICE).count():
            page.get_by_label(OFFICE).check()
        with page.expect_navigation():
            page.get_by_role("button", name="Kirim", exact=True).click()
        if has_script:
            page.wait_for_url("**/terkirim/**")


@pytest.mark.parametrize("keeps_pages", [False, True])
def test_who_goes_back_finds_the_place_and_through_whom(launch_browser, base_url, mekar, keeps_pages):
    """Whether the browser keeps the page alive or asks for it again."""
    kept = {"ignore_default_args": ["--disable-back-forward-cache"]} if keeps_pages else {}
    with closing(launch_browser(**kept)) as browser:
        page = browser.new_page(base_url=base_url)
        page.goto("/usulan/kirim/")
        page.fill("[name=place]", "64.02.02.2003")
        page.fill("[name=title]", "Jalan di RT 03 berlubang")
        page.get_by_label(OFFICE).check()

        for _time in range(2):
            page.goto("/tentang/")
            page.evaluate("setTimeout(() => history.back())")  # a page that was kept alive is not loaded

            expect(page.locator("[name=place]")).to_have_value("64.02.02.2003")
            expect(page.get_by_label(OFFICE)).to_be_checked()
            expect(page.locator("[name=title]")).to_have_value("Jalan di RT 03 berlubang")


def test_a_lost_answer_about_a_former_place_is_not_said_of_the_one_typed_since(page, mekar, complaints):
    held = []
    page.goto("/usulan/kirim/")
    # The first answer is lost after the second came.
    page.route("**/usulan/kirim/sekitar/**", lambda route: route.continue_() if held else held.append(route))
    place = page.get_by_role("combobox", name="Di mana?")
    with page.expect_request("**/usulan/kirim/sekitar/**"):
        place.fill("Tenggarong")
    place.fill("Desa Jembayan, Loa Kulu")
    around = page.locator("[data-around-here]")
    expect(around).to_contain_text(mekar.name)

    held[0].abort()
    page.wait_for_timeout(300)

    expect(around).to_contain_text(mekar.name)
    complaints.clear()


def test_a_page_opened_anew_is_blank(page, mekar):
    page.goto("/usulan/kirim/")
    page.fill("[name=place]", "64.02.02.2003")
    page.get_by_label(OFFICE).check()

    page.goto("/tentang/")
    page.goto("/usulan/kirim/")

    expect(page.locator("[name=place]")).to_have_value("")


def test_a_place_of_any_form_is_there_for_who_goes_back(page, places):
    page.goto("/ikuti/")
    page.fill("[name=wilayah]", "64.02")
    page.locator("[name=email]").fill("rini@contoh.id")

    page.goto("/tentang/")
    page.go_back()

    expect(page.locator("[name=wilayah]")).to_have_value("64.02")


def test_a_file_that_cannot_be_shown_stands_there_by_its_name(page, base_url, photo):
    page.goto("/usulan/kirim/")

    page.set_input_files("[name=photos]", [photo, photo | {"name": "surat.jpg", "buffer": b"%PDF-1.7 bukan foto"}])

    chosen = page.locator("[data-chosen] li")
    expect(chosen).to_have_count(2)
    expect(chosen.nth(1)).to_have_text("surat.jpg")
    expect(page.locator("[data-chosen] img")).to_have_count(1)


def test_what_is_wrong_stands_between_the_words_of_a_field_and_where_one_types(page, base_url, mekar):
    page.goto("/usulan/kirim/")
    page.fill("[name=place]", "64.02.02.2003")
    page.get_by_label(mekar.name).wait_for()
    page.fill("[name=title]", "Jalan di RT 03 berlubang")
    page.fill("[name=text]", "Sudah tiga bulan.")
    page.fill("[name=sender_phone]", "abc")
    page.get_by_role("button", name="Kirim", exact=True).click()

    phone = page.locator("[name=sender_phone]")
    expect(phone).to_have_attribute("aria-invalid", "true")
    assert "0812 3456 7890" in phone.evaluate("field => field.previousElementSibling.textContent")


def test_the_last_step_is_no_error_and_leads_to_its_place(page, base_url, mekar):
    page.goto("/usulan/kirim/")
    page.route("**/kirim/sekitar/**", lambda route: route.fulfill(body=""))
    page.fill("[name=place]", "64.02.02.2003")
    page.fill("[name=title]", "Jalan di RT 03 berlubang")
    with page.expect_response("**/kirim/sekitar/*q=Jalan*"):
        page.fill("[name=text]", "Sudah tiga bulan.")
    page.unroute("**/kirim/sekitar/**")
    page.get_by_role("button", name="Kirim", exact=True).click()
    step = page.locator("[data-kept-state]")
    expect(step).to_contain_text("Tinggal satu langkah: pilih lewat siapa")
    expect(step).to_be_focused()
    expect(step).not_to_have_class("box--bad")
    assert step.evaluate("(box) => 'aroundHere' in box.nextElementSibling.dataset")

    page.get_by_label(mekar.name).wait_for()
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**/terkirim/")


def test_one_press_sends_or_says_what_is_wrong(page, base_url, mekar):
    page.goto("/usulan/kirim/")
    page.fill("[name=place]", "Jembayan asdf")
    page.fill("[name=title]", "Jalan di RT 03 berlubang")
    page.fill("[name=text]", "Sudah tiga bulan.")
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.locator("[name=place][aria-invalid=true]").wait_for()
    assert page.input_value("[name=title]") == "Jalan di RT 03 berlubang"

    page.fill("[name=place]", "64.02.02.2003")
    page.get_by_label(mekar.name).wait_for()
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**/terkirim/")
    assert Aspiration.objects.count() == 1


def test_an_aspiration_is_answered_by_an_opd_and_contested(page, make_aspiration, mekar, siti, made, public_works):
    """Vouched, forwarded, accepted and assigned by the verbs of room and desk; then by links, without an account."""
    row = make_aspiration(community=mekar)
    row.add_vouch(by=siti, text="Kami sudah melihatnya.")
    row.forward(by=siti)
    row.accept(by=made)
    row.assign(public_works, by=made)
    row.give_answer(turn=row.open_turn, text="Ditambal Jumat.", outcome="done")

    page.goto(row.get_absolute_url())
    page.get_by_text("Kami sudah melihatnya.").first.wait_for()
    page.get_by_text("Ditambal Jumat.").first.wait_for()
    page.goto(row.secret_path)
    page.get_by_label("Mengapa jawabannya belum cukup?").fill("Lubangnya masih ada.")
    page.get_by_role("button", name="Buka lagi").click()
    page.get_by_text("Kantor memegang usulan ini lagi").wait_for()

    page.goto(row.get_absolute_url())
    page.get_by_text("Lubangnya masih ada.").wait_for()
    row.refresh_from_db()
    assert row.status == "reopened"
