"""What JavaScript adds: suggestions, news of one's own place, a copied link, a lasting theme, the nearest village."""

import re

import pytest
from playwright.sync_api import expect

JEMBAYAN = {"latitude": -0.5601, "longitude": 117.0102}


@pytest.fixture
def home_of_jembayan(context, base_url):
    context.add_cookies([{"name": "wilayah", "value": "64.02.02.2003", "url": base_url}])


def test_a_place_is_suggested_while_someone_types(page, places):
    page.goto("/wilayah/")

    page.get_by_role("combobox").press_sequentially("jemba")

    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("Desa Jembayan")
    options.first.click()
    expect(page).to_have_url(places["64.02.02.2003"].get_absolute_url())


def test_words_that_name_no_place_suggest_nothing(page, places):
    page.goto("/wilayah/")

    with page.expect_response("**/wilayah/saran/**"):
        page.get_by_role("combobox").press_sequentially("xyzzy")

    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("option")).to_have_count(0)


def test_a_lost_answer_to_former_words_closes_no_suggestions(page, places, complaints):
    held = []
    page.goto("/wilayah/")
    # The first answer is lost after the second came.
    page.route("**/wilayah/saran/**", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/wilayah/saran/**"):
        page.get_by_role("combobox").press_sequentially("jem")
    page.get_by_role("combobox").press_sequentially("bayan")
    expect(page.get_by_role("option").first).to_contain_text("Desa Jembayan")

    held[0].abort()
    page.wait_for_timeout(300)

    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "true")
    complaints.clear()


def test_home_shows_the_news_of_the_readers_own_place(page, home_of_jembayan, make_post):
    make_post("Posyandu Melati")

    page.goto("/")

    own = page.locator("section[data-my-region]")
    expect(own.get_by_role("heading", level=2)).to_have_text("Kabar dari Desa Jembayan")
    expect(own.locator(".card h3")).to_have_text(["Posyandu Melati"])
    expect(own.get_by_text("Pilih wilayah saya")).to_have_count(0)


def test_the_agenda_opens_on_the_readers_own_place_and_leads_to_all(page, home_of_jembayan, places):
    page.goto("/")

    page.goto("/agenda/")
    expect(page).to_have_url(re.compile(r"/agenda/\?wilayah=64\.02\.02\.2003$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Agenda di Desa Jembayan")
    page.get_by_role("link", name="Agenda seluruh Indonesia").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agenda")

    page.go_back()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/$"))


def test_home_invites_a_reader_who_has_not_chosen(page, places):
    page.goto("/")

    page.get_by_role("link", name="Pilih wilayah saya").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Wilayah saya")


def test_a_region_becomes_mine_with_one_tap_and_stays_it(page, places):
    ours, other = places["64.02.02.2003"].get_absolute_url(), places["64.71"].get_absolute_url()
    page.goto(ours)
    page.get_by_role("button", name="Jadikan wilayah saya").click()
    expect(page.get_by_text("Wilayah Anda ✓")).to_be_visible()

    page.goto(other)
    page.goto(ours)
    expect(page.get_by_text("Wilayah Anda ✓")).to_be_visible()
    expect(page.get_by_role("button", name="Jadikan wilayah saya")).to_be_hidden()


def test_an_address_that_somebody_else_shared_does_not_say_that_the_region_is_mine(page, home_of_jembayan, places):
    page.goto(f"{places['64.71'].get_absolute_url()}#wilayah-saya")

    expect(page.get_by_role("button", name="Jadikan wilayah saya")).to_be_visible()
    expect(page.get_by_text("Wilayah Anda ✓")).to_be_hidden()


def test_the_address_of_a_post_is_copied(page, context, make_post, base_url):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = make_post().get_absolute_url()
    page.goto(address)

    page.get_by_role("button", name="Salin tautan").click()

    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == base_url + address


def test_a_chosen_theme_stays_across_pages(page, places):
    page.goto("/")
    page.get_by_role("button", name="Tampilan gelap").click()
    expect(page.locator("html")).to_have_css("background-color", "rgb(15, 19, 25)")

    page.goto("/tentang/")

    expect(page.locator("html")).to_have_css("background-color", "rgb(15, 19, 25)")
    expect(page.get_by_role("button", name="Tampilan gelap")).to_have_attribute("aria-pressed", "true")


def test_the_device_finds_the_nearest_village_when_asked_to(page, context, places):
    context.grant_permissions(["geolocation"])
    context.set_geolocation(JEMBAYAN)
    page.goto("/wilayah-saya/")

    page.get_by_role("button", name="Gunakan lokasi saya").click()

    expect(page.get_by_role("heading", name="Desa dan kelurahan terdekat")).to_be_visible()
    page.locator("main .list button").first.click()
    expect(page).to_have_url(f"{places['64.02.02.2003'].get_absolute_url()}#wilayah-saya")


def test_a_device_that_may_not_tell_where_it_is_gets_a_sentence(page, context, places):
    context.clear_permissions()
    page.goto("/wilayah-saya/")

    page.get_by_role("button", name="Gunakan lokasi saya").click()

    expect(page.get_by_role("alert")).to_contain_text("Silakan cari namanya.")
    expect(page.get_by_role("combobox")).to_be_visible()
