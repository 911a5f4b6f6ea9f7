"""Every page is read and used by keyboard alone."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from regions.models import Region

# Width of the outline of what has the focus, in pixels.
OUTLINE = "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
FOCUSED = "document.activeElement.matches(':focus-visible')"


def test_the_first_stop_leads_to_the_content(page, places):
    page.goto("/tentang/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page).to_have_url("/tentang/#isi")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('header')")


def test_every_stop_of_a_page_is_seen(page, make_post):
    page.goto(make_post().get_absolute_url())
    stops = page.locator("a[href]:visible, button:visible").count()

    unseen = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        if not page.evaluate(FOCUSED) or page.evaluate(OUTLINE) < 2:
            unseen.append(page.evaluate("document.activeElement.outerHTML"))

    assert stops > 15
    assert unseen == []


def test_a_suggested_place_is_chosen_by_arrows(page, places):
    page.goto("/wilayah/")
    search = page.get_by_role("combobox")
    search.focus()
    page.keyboard.type("jembayan")
    expect(page.get_by_role("option")).to_have_count(2)

    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(search).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    page.keyboard.press("Enter")

    expect(page).to_have_url(places["64.02.02.2003"].get_absolute_url())


def test_suggestions_are_dismissed_by_escape_and_keep_the_words(page, places):
    page.goto("/wilayah/")
    search = page.get_by_role("combobox")
    search.focus()
    page.keyboard.type("jembayan")
    expect(search).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("Escape")

    expect(search).to_have_attribute("aria-expanded", "false")
    expect(search).to_have_value("jembayan")
    expect(search).to_be_focused()


def test_news_is_filtered_with_a_suggested_place(page, make_post):
    path = "jembayan loa kulu kutai kartanegara kalimantan timur"
    Region.objects.filter(pk=make_post("Posyandu Melati").place_id).update(search_text=path)
    page.goto("/kegiatan/")

    page.locator("summary", has_text="Saring").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("jembayan")
    expect(page.locator(".suggest__option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/kegiatan/")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("di Desa Jembayan")


def test_an_agenda_on_the_home_page_leads_to_its_details(page, make_post):
    make_post("Rapat desa", type="agenda", starts_at=timezone.now() + timedelta(days=1), venue="Balai desa")
    page.goto("/")

    page.locator("main .list").get_by_role("link", name="Rapat desa").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Balai desa")).to_be_visible()
    expect(page.get_by_role("link", name="Simpan ke kalender")).to_be_visible()
