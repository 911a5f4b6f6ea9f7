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
