"""Every page works without JavaScript: links, forms and what the server answers are enough."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False}


def test_news_is_filtered_by_place_and_field(page, make_post, make_community, places):
    make_post("Posyandu Melati")
    make_post("Panen raya", community=make_community("KIM Manggar", seat="64.71.01.1001"))
    page.goto("/kegiatan/")

    page.locator("summary", has_text="Saring").click()
    page.get_by_label("Wilayah", exact=True).fill("jembayan")
    page.get_by_label("Bidang").select_option("kesehatan")
    page.get_by_role("button", name="Tampilkan").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Jembayan")
    expect(page.locator(".card h3")).to_have_text(["Posyandu Melati"])


def test_a_place_that_nobody_knows_is_refused_beside_its_field(page, make_post):
    make_post()
    page.goto("/kegiatan/")

    page.locator("summary", has_text="Saring").click()
    page.get_by_label("Wilayah", exact=True).fill("Atlantis")
    page.get_by_role("button", name="Tampilkan").click()

    expect(page.get_by_text("Wilayah ini tidak kami temukan.")).to_be_visible()
    expect(page.get_by_label("Wilayah", exact=True)).to_have_value("Atlantis")


def test_a_village_is_chosen_step_by_step_and_kept(page, context, places):
    page.goto("/wilayah-saya/")

    for name in ("Kalimantan Timur", "Kutai Kartanegara", "Loa Kulu"):
        page.locator("main .list").get_by_role("link", name=name).click()
    page.get_by_role("button", name="Desa Jembayan", exact=True).click()

    expect(page).to_have_url(f"{places['64.02.02.2003'].get_absolute_url()}#wilayah-saya")
    expect(page.get_by_text("Wilayah Anda ✓")).to_be_visible()
    assert {cookie["name"]: cookie["value"] for cookie in context.cookies()}["wilayah"] == "64.02.02.2003"
    page.goto("/wilayah-saya/")
    expect(page).to_have_url(places["64.02.02.2003"].get_absolute_url())


def test_a_village_is_chosen_from_what_was_found(page, places):
    page.goto("/wilayah-saya/")

    page.get_by_role("searchbox").fill("jembayan tengah")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("button", name="Jembayan Tengah").first.click()

    expect(page).to_have_url(f"{places['64.02.02.2011'].get_absolute_url()}#wilayah-saya")


def test_a_region_becomes_mine_with_one_tap(page, context, places):
    page.goto(places["64.02"].get_absolute_url())
    expect(page.get_by_text("Wilayah Anda ✓")).to_be_hidden()

    page.get_by_role("button", name="Jadikan wilayah saya").click()

    expect(page.get_by_text("Wilayah Anda ✓")).to_be_visible()
    expect(page.get_by_role("button", name="Jadikan wilayah saya")).to_be_hidden()
    assert {cookie["name"]: cookie["value"] for cookie in context.cookies()}["wilayah"] == "64.02"


def test_the_index_of_places_leads_to_a_village(page, places):
    page.goto("/wilayah/")

    for name in ("Kalimantan Timur", "Kutai Kartanegara", "Loa Kulu", "Jembayan Tengah"):
        page.locator("main .list").get_by_role("link", name=name).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Desa Jembayan Tengah")


def test_one_search_finds_the_place_the_kim_and_the_news(page, make_post):
    make_post("Posyandu Mekar di Jembayan")
    page.goto("/")

    page.locator("header").get_by_role("link", name="Cari").click()
    page.get_by_role("searchbox").fill("mekar")
    page.locator("main").get_by_role("button", name="Cari").click()

    expect(page.locator("main h3")).to_have_text(["KIM Mekar", "Posyandu Mekar di Jembayan"])


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(15, 19, 25)")])
def test_the_theme_follows_the_device_and_offers_no_dead_switch(page, places, scheme, ground):
    page.emulate_media(color_scheme=scheme)
    page.goto("/tentang/")

    expect(page.locator("html")).to_have_css("background-color", ground)
    expect(page.locator("[data-theme-switch]")).to_be_hidden()


def test_what_needs_javascript_is_not_offered_without(page, make_post):
    page.goto(make_post().get_absolute_url())
    expect(page.locator("[data-copy-link]")).to_be_hidden()

    page.goto("/wilayah-saya/")
    expect(page.locator("form[data-locate]")).to_be_hidden()


def test_a_search_that_finds_nothing_says_so(page, make_post):
    make_post()

    page.goto("/cari/?q=atlantis")

    expect(page.get_by_text("Belum ada yang menulis tentang ini")).to_be_visible()
