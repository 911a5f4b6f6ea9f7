"""The photos of a post, looked at one by one: by keys, by swiping, and as plain links without JavaScript."""

import pytest
from playwright.sync_api import expect

from browser.faults import faults_of

SWIPE = """(dialog) => {
    const touch = (clientX) => new Touch({ identifier: 1, target: dialog, clientX, clientY: 300 });
    dialog.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(300)], bubbles: true }));
    dialog.dispatchEvent(new TouchEvent("touchend", { changedTouches: [touch(100)], bubbles: true }));
}"""


@pytest.fixture
def post(make_post, with_photo):
    post = make_post()
    for alt in ("Foto ketiga", "Foto kedua", "Foto pertama"):
        with_photo(post, alt=alt)
    for position, alt in enumerate(("Foto pertama", "Foto kedua", "Foto ketiga")):
        post.photos.filter(alt=alt).update(position=position)
    post.photos.filter(alt="Foto kedua").update(caption="Warga Jembayan")
    return post


def test_photos_are_walked_through_by_keys_and_focus_returns(page, post):
    page.goto(post.get_absolute_url())
    page.locator(".cover a").focus()

    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "Foto pertama")
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "Foto kedua")
    expect(dialog).to_contain_text("Warga Jembayan")
    expect(dialog.get_by_role("status")).to_have_text("2 / 3")
    assert faults_of(page) == []
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "Foto ketiga")
    page.keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    expect(page.locator(".gallery figure:last-child a")).to_be_focused()


def test_a_swipe_shows_the_next_photo(page, post):
    page.goto(post.get_absolute_url())
    page.locator(".cover a").click()

    page.locator("dialog").evaluate(SWIPE)

    expect(page.locator("dialog img")).to_have_attribute("alt", "Foto kedua")


def test_whoever_saves_data_is_shown_the_small_copy(page, post):
    page.add_init_script("localStorage.setItem('save-data', 'on')")
    page.goto(post.get_absolute_url())

    page.locator(".cover a").click()

    assert page.locator("dialog img").get_attribute("src").endswith("/320.webp")
