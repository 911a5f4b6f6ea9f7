"""Whoever saves data fetches no pictures for cards and the smallest copy of any other photo; pages stay as they are."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def fetched(page):
    """`fetched(address)` opens it, reads to its end, and gives `{name of each photo: bytes}`."""

    def visit(address):
        came = []

        def note(answer):
            came.append(answer)

        page.on("response", note)
        page.goto(address, wait_until="networkidle")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        page.remove_listener("response", note)
        return {answer.url.split("/")[-1]: len(answer.body()) for answer in came if "/foto/" in answer.url}

    return visit


@pytest.fixture
def switch(page):
    return page.get_by_role("button", name="Hemat data")


def test_a_reader_who_saves_data_fetches_no_picture_for_a_card(page, fetched, switch, make_post, with_photo):
    with_photo(make_post())
    page.goto("/tentang/")

    switch.click()

    assert fetched("/kegiatan/") == {}
    expect(page.get_by_role("heading", level=3)).to_be_visible()
    expect(switch).to_have_attribute("aria-pressed", "true")


def test_the_photo_of_a_post_is_the_smallest_copy_and_so_is_what_opens(
    page, fetched, switch, make_post, with_photo, ordinary_photo
):
    address = with_photo(make_post()).get_absolute_url()
    page.goto("/tentang/")
    switch.click()

    ((name, size),) = fetched(address).items()
    assert (name, size) == ("640.webp", len(ordinary_photo.files["320.webp"]))

    page.get_by_role("link", name="Warga menimbang").click()
    expect(page.get_by_role("dialog").get_by_role("img")).to_have_attribute("src", re.compile(r"/320\.webp$"))


def test_whoever_stops_saving_sees_the_photos_again(page, fetched, switch, make_post, with_photo, ordinary_photo):
    address = with_photo(make_post()).get_absolute_url()
    page.goto("/tentang/")
    switch.click()
    fetched(address)

    switch.click()

    assert fetched(address) == {"640.webp": len(ordinary_photo.files["640.webp"])}


def test_the_wish_of_the_system_counts_without_a_choice(page, context, fetched, switch, make_post, with_photo):
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    with_photo(make_post())

    assert fetched("/kegiatan/") == {}
    expect(switch).to_have_attribute("aria-pressed", "true")


def test_without_a_wish_photos_are_as_ever(page, fetched, switch, make_post, with_photo):
    with_photo(make_post())

    assert set(fetched("/kegiatan/")) == {"320.webp"}
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_the_choice_goes_along_with_photos_alone(page, context, switch, places):
    page.goto("/")
    switch.click()

    asked = []
    page.on("request", lambda request: asked.append(request.all_headers().get("cookie", "")))
    page.goto("/kegiatan/", wait_until="networkidle")

    assert asked
    assert not any("hemat" in cookie for cookie in asked)
    assert [cookie["path"] for cookie in context.cookies() if cookie["name"] == "hemat"] == ["/foto/"]
