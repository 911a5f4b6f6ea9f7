"""A warning as its readers meet it: on the page of their village, on home, and gone when it is over."""

import pytest
from playwright.sync_api import expect

VILLAGE = "/wilayah/64.02.02.2003-jembayan/"
TITLE = "Banjir di Loa Kulu"


@pytest.fixture(autouse=True)
def kept(settings):
    settings.PAGE_STORE = settings.CARD_STORE = True


def test_who_reads_of_the_village_sees_it_as_soon_as_it_is_sent_and_until_it_is_recalled(
    page, complaints, places, make_warning, made
):
    page.goto(VILLAGE)
    expect(page.get_by_role("alert")).to_have_count(0)

    warning = make_warning()
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Naik ke balai desa")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)

    warning.recall(by=made, reason="Air sudah surut.")
    page.reload()
    expect(page.get_by_text("Air sudah surut.")).to_be_visible()
    page.goto(VILLAGE)
    page.reload()  # a browser may show for two seconds what it has
    expect(page.get_by_role("alert")).to_have_count(0)
    assert complaints == []


def test_home_shows_it_to_who_chose_a_place_there_and_to_nobody_else(context, page, base_url, places, make_warning):
    make_warning()
    page.goto("/")
    expect(page.get_by_role("link", name="Pilih wilayah saya")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)

    context.add_cookies([{"name": "wilayah", "value": "64.02.02.2003", "url": base_url}])
    page.reload()

    expect(page.get_by_role("alert")).to_contain_text(TITLE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_that_stays_open_shows_it_no_longer_than_it_lasts(page, places, make_warning):
    page.clock.install()
    make_warning()
    page.goto(VILLAGE)
    expect(page.get_by_role("alert")).to_be_visible()

    page.clock.fast_forward("03:00:00")

    expect(page.get_by_role("alert")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_leaves_room_for_the_page_on_a_telephone(page, places, make_warning, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 800})
    for number in range(3):
        make_warning(f"Banjir besar di Loa Kulu dan semua desa di tepi Sungai Mahakam sampai ke hilir {number}")

    page.goto(VILLAGE)

    banner, header = page.locator(".warnings"), page.locator(".site-header")
    assert banner.bounding_box()["height"] <= 150  # with a line that leads to the other two
    assert banner.locator(".warning:visible").first.bounding_box()["height"] <= 112
    expect(banner.get_by_role("link", name="2 peringatan lain")).to_be_visible()
    assert header.bounding_box()["height"] <= 60
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    banner.get_by_role("link", name="Apa yang harus dilakukan").first.click()
    expect(page.locator("#lakukan")).to_be_in_viewport()
