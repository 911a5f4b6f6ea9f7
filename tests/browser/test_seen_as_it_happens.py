"""Maps, what is near and screens in a browser: for everyone, by keyboard, and renewed by themselves."""

import re

import pytest
from playwright.sync_api import expect

from browser.faults import DESK, faulty

WALL = {"width": 1920, "height": 1080}
MAPS = [
    "/peta/",
    "/peta/64-kalimantan-timur/?ukuran=kim-per-100-desa&urut=-angka",
    "/peta/64.02-kutai-kartanegara/?bidang=kesehatan",
    "/peta/64.02.02-loa-kulu/",
    "/peta/sekitar/?wilayah=jembayan",
    "/peta/sekitar/64.02.02.2003/",
]
SCREENS = ["/layar/0/", "/layar/64.02/", "/layar/64.02.02.2003/balai/"]


@pytest.fixture
def news(make_post, make_aspiration):
    make_post("Panen raya di Jembayan")
    make_aspiration()


@pytest.mark.parametrize("addresses", [MAPS, SCREENS], ids=["maps", "screens"])
def test_maps_and_screens_are_for_everyone(page, news, addresses):
    assert faulty(page, addresses) == {}


def test_each_part_of_a_map_is_reached_by_keyboard_with_its_name_and_number(page, mekar):
    page.set_viewport_size(DESK)
    page.goto("/peta/64-kalimantan-timur/")
    part = page.locator(".map a").first

    part.focus()

    expect(part).to_be_focused()
    expect(part.locator("title")).to_have_text(re.compile(r"^(Kabupaten|Kota) .+: \d+ KIM$"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/peta/64\.\d\d-"))


@pytest.mark.parametrize("path", ["/layar/0/", "/layar/64.02/"])
def test_a_wall_fits_into_its_screen(page, news, path):
    page.set_viewport_size(WALL)
    page.goto(path)

    hidden = "document.querySelector('main').scrollHeight - document.querySelector('main').clientHeight"
    assert page.evaluate("document.documentElement.scrollHeight") == WALL["height"]
    assert page.evaluate(hidden) <= 0


# Renewed


# A second of its scripts is a twentieth of one.
HURRY = "const wait = setTimeout; window.setTimeout = (deed, pause, ...said) => wait(deed, pause / 20, ...said)"


@pytest.fixture
def kept(settings, mekar, make_post):
    """Pages are kept as in production; there is a post."""
    settings.PAGE_STORE = settings.CARD_STORE = True
    make_post("Kabar lama")


@pytest.fixture
def watched(page, kept):
    """The wall of Kutai Kartanegara, which is not loaded again."""
    yield from watching(page, "/layar/64.02/")


@pytest.fixture(params=["/layar/64.02/", "/statistik/64.02-kutai-kartanegara/"], ids=["wall", "statistics"])
def renewed(page, kept, request):
    """Either page whose numbers renew themselves."""
    yield from watching(page, request.param)


def watching(page, path):
    page.add_init_script(HURRY)
    page.goto(path)
    expect(number(page, "kim")).to_have_text("1")
    page.evaluate("window.isTheSame = true")
    yield page
    assert page.evaluate("window.isTheSame"), "it was loaded anew"


def number(page, word):
    return page.locator(f'[data-number="{word}"] dd')


def test_a_published_post_counts(renewed, make_post, made):
    expect(number(renewed, "kegiatan-30")).to_have_text("1")

    make_post("Kabar baru", status="in_review").publish(by=made)

    expect(number(renewed, "kegiatan-30")).to_have_text("2")
    expect(renewed.locator("[data-live-news]")).to_contain_text(re.compile("30 hari.*: 2"))


def test_a_published_post_is_shown(watched, make_post, made):
    make_post("Kabar baru", status="in_review").publish(by=made)

    expect(watched.get_by_text("Kabar baru")).to_be_visible()


def test_a_verified_kim_counts(renewed, make_community, made):
    make_community("KIM Baru", status="submitted").verify(by=made)

    expect(number(renewed, "kim")).to_have_text("2")


def test_an_answered_aspiration_is_open_no_longer(renewed, make_aspiration, made):
    row = make_aspiration()
    expect(number(renewed, "usulan-terbuka")).to_have_text("1")

    row.give_answer(by=made, text="Diaspal bulan depan.", outcome="planned")

    expect(number(renewed, "usulan-terbuka")).to_have_text("0")


def test_the_numbers_of_a_field_stay_those_of_the_field(page, kept, make_post, made):
    page.add_init_script(HURRY)
    page.goto("/statistik/64.02-kutai-kartanegara/?bidang=pariwisata")
    expect(number(page, "kegiatan-30")).to_have_text("0")

    with page.expect_response(lambda answer: "/angka/" in answer.url and answer.status == 200):
        make_post("Kabar baru", status="in_review").publish(by=made)

    expect(number(page, "kim")).to_have_text("1")
    expect(number(page, "kegiatan-30")).to_have_text("0")


def test_a_page_without_a_line_says_so_and_goes_on_when_it_is_back(watched, context, complaints, make_post, made):
    context.set_offline(True)
    expect(watched.get_by_text("Tidak tersambung.")).to_be_visible()
    make_post("Sementara itu", status="in_review").publish(by=made)

    context.set_offline(False)

    expect(watched.get_by_text("Sementara itu")).to_be_visible()
    expect(watched.get_by_text("Tidak tersambung.")).to_have_count(0)
    complaints.clear()


def test_the_time_of_the_data_is_renewed_with_them(renewed, make_post, made):
    renewed.evaluate("document.querySelector('[data-part=time]').textContent = 'lama'")
    make_post("Kabar baru", status="in_review").publish(by=made)

    expect(renewed.locator('[data-part="time"]')).to_contain_text("Data per")


def test_while_nothing_changed_it_is_told_so_and_leaves_the_page_alone(watched):
    with watched.expect_response(lambda answer: answer.url.endswith("/layar/64.02/") and answer.status == 200):
        pass
    watched.evaluate("document.querySelector('[data-part=map]').firstElementChild.isTheSame = true")

    with watched.expect_response(lambda answer: answer.url.endswith("/layar/64.02/") and answer.status == 304):
        pass

    assert watched.evaluate("document.querySelector('[data-part=map]').firstElementChild.isTheSame")


def test_what_has_the_focus_keeps_it(watched, make_post, made):
    watched.locator("[data-turn] a:visible").focus()
    make_post("Kabar baru", status="in_review").publish(by=made)

    expect(watched.get_by_text("Kabar baru")).to_be_visible()
    assert watched.evaluate("document.activeElement.matches('[data-turn] a')")


# How often: the clock of this page goes when it is told to


class Still:
    """The wall, whose clock stands still: what it `asked`, and the `refusal` that it is answered with instead."""

    def __init__(self, page):
        self.page, self.asked, self.refusal = page, [], {}
        page.clock.install(time=0)
        page.clock.pause_at(1000)
        page.goto("/layar/64.02/")
        page.route("**/layar/64.02/", self.answer)

    def answer(self, route):
        self.asked.append(route.request.url)
        if self.refusal:
            route.fulfill(**self.refusal)
        else:
            route.continue_()

    def goes(self, seconds):
        self.page.clock.run_for(seconds * 1000)
        self.page.evaluate("0")

    def is_hidden(self, is_it):
        self.page.evaluate(f"Object.defineProperty(document, 'hidden', {{ value: {is_it}, configurable: true }})")
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.fixture
def still(page, kept):
    return Still(page)


def test_what_was_published_is_there_at_the_next_question_four_seconds_later(still, make_post, made):
    make_post("Kabar baru", status="in_review").publish(by=made)

    still.goes(4)

    expect(still.page.get_by_text("Kabar baru")).to_be_visible()


@pytest.mark.parametrize(("status", "headers", "pause"), [(429, {"Retry-After": "30"}, 30), (503, {}, 8)])
def test_a_portal_that_refuses_is_asked_no_sooner_than_it_says(still, complaints, status, headers, pause):
    still.refusal = {"status": status, "headers": headers}
    still.goes(4)
    expect(still.page.get_by_text("Tidak tersambung.")).to_be_visible()

    still.goes(pause - 1)
    assert len(still.asked) == 1

    with still.page.expect_request("**/layar/64.02/"):
        still.goes(1)
    complaints.clear()


def test_it_asks_once_at_a_time(still):
    with still.page.expect_response("**/layar/64.02/"):
        still.page.evaluate("for (let time = 0; time < 3; time += 1) dispatchEvent(new Event('online'))")

    assert len(still.asked) == 1


def test_a_hidden_page_asks_nothing_until_it_is_seen(still):
    still.is_hidden("true")
    still.goes(600)
    assert still.asked == []

    with still.page.expect_request("**/layar/64.02/"):
        still.is_hidden("false")
