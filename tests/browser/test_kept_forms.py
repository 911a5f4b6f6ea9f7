"""A form filled in where no answer comes is kept on the phone and sent once, by whichever page opens next."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Session
from activities.models import Redissemination
from aspirations.models import Aspiration
from browser.faults import faulty
from browser.writing_page import OPENS_NOT, with_worker
from bulletins import sending


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    # The day of a phone is that of the village.
    return {**browser_context_args, "service_workers": "allow", "timezone_id": "Asia/Makassar"}


@pytest.fixture
def delivery(make_bulletin, mekar):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    return bulletin.deliveries.get()


def path_of(delivery):
    return f"/ruang/informasi/kiriman/{delivery.pk}/sebarkan/"


def state(page):
    return page.locator("[data-kept-state]")


def open_form(page, path):
    page.goto(path)
    expect(page.locator("form[data-is-ready]")).to_be_attached()


def tell(page, *, people="40", photo=None, channel="papan"):
    form = page.locator("form[data-kept-form]")
    form.get_by_label("cara menyebarkan").select_option(channel)
    form.get_by_label("jumlah orang").fill(people)
    if photo:
        form.get_by_label("foto bukti").set_input_files(photo)
    form.get_by_role("button", name="Catat", exact=True).click()


def until_nothing_waits(page):
    page.wait_for_function("() => !localStorage.getItem('belum-terkirim')")


def test_an_act_told_without_a_line_is_sent_once_with_its_photo(siti_page, context, delivery, small_photo, complaints):
    page = siti_page
    page.goto(delivery.bulletin.room_path)
    with_worker(page)
    page.wait_for_function("() => localStorage.getItem('informasi-dibuka')")
    context.set_offline(True)
    open_form(page, path_of(delivery))
    expect(page.get_by_text("Tidak ada jaringan.")).to_be_visible()
    tell(page, photo=small_photo)
    expect(state(page)).to_contain_text("Tersimpan di HP ini")
    page.reload()
    expect(page.get_by_role("link", name="Belum terkirim dari HP ini: 1")).to_be_visible()
    other = context.new_page()
    other.goto("/belum-terkirim/")
    expect(other.get_by_text(f"Papan pengumuman: {delivery.bulletin.title}")).to_be_visible()
    assert not Redissemination.objects.exists()

    context.set_offline(False)
    for tab in (page, other):
        tab.evaluate("dispatchEvent(new Event('online'))")
        tab.goto("/tentang/")
    until_nothing_waits(page)

    complaints.clear()
    act = Redissemination.objects.get()
    assert (act.people, act.evidence.alt) == (40, "papan pengumuman")
    page.goto(path_of(delivery))
    expect(page.get_by_text("Papan pengumuman: 40 orang")).to_be_visible()


def keep_one(page, context, delivery, **facts):
    """Something told without a line, and the line back, but nothing sent yet."""
    page.goto(path_of(delivery))
    with_worker(page)
    page.wait_for_function("() => localStorage.getItem('informasi-dibuka')")
    context.set_offline(True)
    open_form(page, path_of(delivery))
    tell(page, **facts)
    expect(state(page)).to_contain_text("Tersimpan di HP ini")


def test_what_the_server_refuses_comes_back_with_what_was_typed_and_the_sentence(
    siti_page, context, delivery, small_photo, complaints
):
    page = siti_page
    keep_one(page, context, delivery, people="0", photo=small_photo)
    context.set_offline(False)
    page.goto("/belum-terkirim/")
    page.get_by_role("link", name="Perbaiki").click()

    people = page.get_by_label("jumlah orang")
    expect(page.get_by_text("paling sedikit satu")).to_be_visible()
    expect(people).to_have_value("0")
    expect(page.get_by_label("cara menyebarkan")).to_have_value("papan")
    assert page.evaluate("document.querySelector('[type=file]').files.length") == 1
    people.fill("35")
    page.get_by_role("button", name="Catat", exact=True).click()
    expect(page.get_by_text("Papan pengumuman: 35 orang")).to_be_visible()
    page.goto("/belum-terkirim/")
    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()

    complaints.clear()
    act = Redissemination.objects.get()
    assert (act.people, bool(act.evidence)) == (35, True)


def test_an_answer_that_was_lost_on_the_way_costs_nothing(siti_page, delivery, complaints):
    page, lost = siti_page, []

    def lose_once(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    page.route("**/sebarkan/", lose_once)
    open_form(page, path_of(delivery))
    tell(page)
    expect(page.get_by_text("Papan pengumuman: 40 orang")).to_be_visible()

    complaints.clear()
    assert (lost, Redissemination.objects.count()) == ([200], 1)


def test_nobody_else_on_the_phone_sees_or_sends_it(
    siti_page, context, delivery, siti, joko, mekar, sign_in, complaints
):
    page = siti_page
    keep_one(page, context, delivery)
    Session.objects.all().delete()
    page.goto("/belum-terkirim/")
    context.set_offline(False)
    page.reload()
    expect(page.get_by_text("Masuk lagi untuk mengirimnya.")).to_be_visible()

    mekar.memberships.create(user=joko, name="Joko")
    page.goto("about:blank")  # an answer on its way would sign out who signs in now
    sign_in(joko)
    page.goto(path_of(delivery))
    page.goto("/belum-terkirim/")
    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()
    assert not Redissemination.objects.exists()

    page.goto("about:blank")  # an answer on its way would sign out who signs in now
    sign_in(siti)
    page.goto(path_of(delivery))
    until_nothing_waits(page)
    page.goto(path_of(delivery))
    complaints.clear()
    assert Redissemination.objects.get().by == siti


def test_who_signs_out_is_not_known_there_any_more(siti_page, context, delivery, complaints):
    page = siti_page
    keep_one(page, context, delivery)
    # Before the line is back, or what waits is sent, and its page opened while another is asked for.
    page.route(re.compile("/kunci/$"), lambda route: route.abort())
    context.set_offline(False)
    page.goto("/akun/logout/")
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.wait_for_url("/")
    # Two scripts there ask for the key that is refused, the second after the words are shown.
    page.goto("/belum-terkirim/", wait_until="networkidle")

    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()
    complaints.clear()
    assert page.evaluate("localStorage.getItem('informasi-dibuka')") is None


def test_it_is_thrown_away_when_asked_twice(siti_page, context, delivery, complaints):
    page = siti_page
    keep_one(page, context, delivery)
    page.goto("/belum-terkirim/")
    page.get_by_role("button", name="Buang").click()
    page.get_by_role("button", name="Ya, buang").click()

    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()
    complaints.clear()
    context.set_offline(False)


def test_what_is_plainly_missing_is_told_without_a_line(siti_page, context, delivery, complaints):
    page = siti_page
    page.goto(path_of(delivery))
    with_worker(page)
    context.set_offline(True)
    open_form(page, path_of(delivery))
    page.get_by_role("button", name="Catat", exact=True).click()

    expect(page.get_by_text("Bagian ini belum diisi.")).to_have_count(2)
    expect(page.get_by_label("cara menyebarkan")).to_be_focused()
    complaints.clear()


def test_a_phone_that_keeps_nothing_sends_all_the_same(siti_page, delivery, small_photo):
    page = siti_page
    page.add_init_script(OPENS_NOT)
    open_form(page, path_of(delivery))
    tell(page, photo=small_photo)

    expect(page.get_by_text("Papan pengumuman: 40 orang")).to_be_visible()
    assert Redissemination.objects.get().evidence


def test_the_browser_sends_it_while_no_page_is_open(siti_page, context, delivery, complaints):
    page = siti_page
    keep_one(page, context, delivery)
    worker = context.service_workers[0]
    page.goto("about:blank")
    context.set_offline(False)
    worker.evaluate("bring()")

    complaints.clear()
    assert Redissemination.objects.count() == 1


def test_the_pages_without_a_line_are_fit_for_everyone(page):
    assert faulty(page, ["/belum-terkirim/", "/sebarkan/luring/", "/usulan/luring/"]) == {}


# What a visitor says


ON_PHONE = """async () => {
    await import("/static/js/phone-store.js");
    await import("/static/js/phone-line.js");
    await import("/static/js/kept-forms.js");
    return (await keptForms.ownRows()).map((row) => ({ ...row, files: row.files?.length }));
}"""


def wait_until_nothing_is_kept(page):
    """The page after sending lets go of what the phone kept; whoever leaves sooner leaves it there."""
    for _attempt in range(100):
        if page.evaluate(ON_PHONE) == []:
            return
        page.wait_for_timeout(100)


def say(page, *, place="64.02.02.2003", photo=None):
    page.fill("[name=place]", place)
    page.fill("[name=title]", "Jalan di RT 03 berlubang")
    page.fill("[name=text]", "Sudah tiga bulan.")
    page.fill("[name=sender_phone]", "0812 3456 7890")
    if photo:
        page.set_input_files("[name=photos]", photo)
    page.get_by_role("button", name="Kirim", exact=True).click()


def say_without_a_line(page, context, **facts):
    page.goto("/usulan/")
    with_worker(page)
    context.set_offline(True)
    open_form(page, "/usulan/kirim/")
    expect(page.get_by_text("Tidak ada jaringan. Usulan")).to_be_visible()
    say(page, **facts)
    expect(state(page)).to_contain_text("Tersimpan di HP ini")


def test_a_visitor_without_a_line_sends_once_and_sees_the_receipt(page, context, mekar, small_photo, complaints):
    say_without_a_line(page, context, photo=small_photo)
    page.goto("/belum-terkirim/")
    expect(page.get_by_text("Jalan di RT 03 berlubang")).to_be_visible()
    tabs = [page, context.new_page()]
    tabs[1].goto("/luring/")
    context.set_offline(False)
    for tab in tabs * 2:
        tab.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Sudah terkirim.")).to_be_visible()
    (kept,) = page.evaluate(ON_PHONE)
    assert kept.keys() == {"uuid", "user", "title", "next", "keptAt"} | {"files"}

    tabs[1].goto("/tentang/")
    tabs[1].get_by_role("link", name="Baru terkirim dari HP ini: 1").click()
    tabs[1].get_by_role("link", name="Lihat tanda terimanya").click()
    row = Aspiration.objects.get()
    expect(tabs[1].get_by_text(row.code)).to_be_visible()
    until_nothing_waits(tabs[1])

    complaints.clear()
    assert (row.community, row.photos.count(), row.sender_phone) == (mekar, 1, "0812 3456 7890")
    assert page.evaluate(ON_PHONE) == []


def test_a_place_that_is_not_clear_brings_the_form_back(page, context, mekar, small_photo, complaints):
    say_without_a_line(page, context, place="Jembayan asdf", photo=small_photo)
    context.set_offline(False)
    page.goto("/belum-terkirim/")
    page.get_by_role("link", name="Perbaiki").click()

    expect(page.locator("[name=place][aria-invalid=true]")).to_be_focused()
    expect(page.locator("[name=title]")).to_have_value("Jalan di RT 03 berlubang")
    expect(page.locator("[data-chosen] img")).to_have_count(1)
    page.fill("[name=place]", "64.02.02.2003")
    page.get_by_label(mekar.name).wait_for()
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**/terkirim/**")
    wait_until_nothing_is_kept(page)
    page.goto("/belum-terkirim/")
    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()

    complaints.clear()
    row = Aspiration.objects.get()
    assert (row.community, row.photos.count()) == (mekar, 1)


def test_what_a_visitor_left_is_sent_for_nobody_who_signs_in_there(page, context, mekar, siti, sign_in, complaints):
    say_without_a_line(page, context)
    page.goto("/belum-terkirim/")
    sign_in(siti)
    context.set_offline(False)
    expect(page.get_by_text("Sudah terkirim.")).to_be_visible()

    complaints.clear()
    assert Aspiration.objects.get().sender is None


def test_what_a_visitor_left_for_a_week_is_gone(page, context, mekar, complaints):
    say_without_a_line(page, context)
    page.goto("/belum-terkirim/")
    page.evaluate("""async () => {
        const [row] = await keptForms.ownRows();
        await keptForms.keep({ ...row, keptAt: row.keptAt - 8 * 86400e3 });
    }""")
    context.set_offline(False)
    page.reload()

    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()
    complaints.clear()
    assert not Aspiration.objects.exists()


def test_a_refusal_with_a_line_leaves_nothing_on_the_phone(page, mekar, small_photo):
    open_form(page, "/usulan/kirim/")
    say(page, place="Jembayan asdf", photo=small_photo)

    expect(page.locator("[name=place][aria-invalid=true]")).to_be_focused()
    assert page.evaluate(ON_PHONE) == []
    # A photo taken away meanwhile does not go along with what the server has of it.
    page.set_input_files("[name=photos]", [])
    page.fill("[name=place]", "64.02.02.2003")
    page.get_by_label(mekar.name).wait_for()
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**/terkirim/**")
    assert Aspiration.objects.get().photos.count() == 0
