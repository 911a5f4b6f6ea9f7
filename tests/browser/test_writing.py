"""Five minutes on a cheap phone, and never lost: without a line, on a bad one, signed out meanwhile, by keyboard."""

import re
import time

import pytest
from django.db import OperationalError
from PIL import Image
from playwright.sync_api import expect

from accounts.models import Session
from activities import writing
from activities.models import Photo, Post
from browser.faults import faults_of
from browser.test_pages_are_light import weight
from browser.writing_page import (
    OPENS_NOT,
    UNKEPT,
    add_photo,
    open_writing,
    press,
    raises,
    state,
    titles_on_phone,
    with_worker,
    write_words,
)
from pages.markup import plain_words

KEPT_PAGES = "async () => (await (await caches.open('halaman')).keys()).map(({ url }) => new URL(url).pathname)"
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s


TAKING = re.compile("/ruang/tulis/[0-9a-f-]{36}/")
AS_OF_LAST_WEEK = """async () => {
    const drafts = await import("/static/js/draft-store.js");
    for (const { uuid } of await drafts.all()) await drafts.change(uuid, (row) => void (row.changedAt -= 8 * 86400e3));
}"""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "service_workers": "allow"}


@pytest.fixture(scope="session")
def photo_files(tmp_path_factory):
    """Two photos of about 4 MB each, as a phone takes them."""
    folder, files = tmp_path_factory.mktemp("foto"), []
    for number in range(2):
        path = folder / f"IMG_{number}.jpg"
        noise = Image.effect_noise((1600, 1200), 70 + number).resize((3200, 2400)).convert("RGB")
        noise.save(path, "JPEG", quality=93)
        files.append(path)
    return files


def test_three_drafts_written_without_a_line_are_three_posts_however_often_they_are_sent(
    siti_page, context, small_photo, complaints
):
    page = siti_page
    open_writing(page)
    with_worker(page)
    context.set_offline(True)
    addresses = []
    for number in range(3):
        page.goto("/ruang/tulis/")
        expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
        expect(page.get_by_text("Tidak ada jaringan. Menulis tetap bisa")).to_be_visible()
        write_words(page, f"Tanam padi {number}")
        add_photo(page, small_photo)
        expect(state(page)).to_contain_text("Tersimpan di HP ini")
        addresses.append(page.url)
    page.reload()
    expect(page.get_by_label("Judul")).to_have_value("Tanam padi 2")
    expect(page.locator(".photo")).to_have_count(1)
    for address in addresses:
        page.goto(address)
        expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
        press(page, "Kirim")
        expect(state(page)).to_contain_text("Menunggu jaringan")
    assert not Post.objects.exists()

    context.set_offline(False)
    page.goto("/ruang/kegiatan/")
    posts = Post.objects.exclude(status="draft")
    wait_for_sent(page, posts, 3)  # the list names those too that are half sent
    page.reload()
    expect(page.locator(".own li")).to_have_count(3)
    expect(page.locator("#di-hp")).to_be_hidden()
    page.goto(addresses[0])

    complaints.clear()
    assert sorted(post.title for post in posts) == ["Tanam padi 0", "Tanam padi 1", "Tanam padi 2"]
    assert [post.photos.get().alt for post in posts] == ["Warga menanam padi"] * 3
    assert Post.objects.count() == 3


def wait_for_sent(page, posts, number, seconds=30):
    until = time.monotonic() + seconds
    while posts.count() < number and time.monotonic() < until:
        page.wait_for_timeout(100)  # in which the page goes on


def test_while_the_portal_rests_writing_goes_on_and_is_sent_afterwards(siti_page, monkeypatch, small_photo, complaints):
    page = siti_page
    open_writing(page)
    with_worker(page)
    with monkeypatch.context() as resting:
        resting.setattr(writing, "communities_of", raises(OperationalError()))
        page.goto("/ruang/tulis/")
        expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
        write_words(page, "Tetap ditulis")
        add_photo(page, small_photo)
        press(page, "Kirim")
        expect(state(page)).to_contain_text("Portal belum dapat menerimanya; dicoba lagi sendiri.")
        assert page.goto("/tentang/").ok

    page.goto("/ruang/kegiatan/")
    expect(page.locator(".own li")).to_have_count(1)
    expect(page.locator("#di-hp")).to_be_hidden()

    complaints.clear()
    post = Post.objects.exclude(status="draft").get()
    assert (post.title, post.photos.count()) == ("Tetap ditulis", 1)


def test_a_first_post_with_two_large_photos_survives_a_cut_on_a_slow_line(siti_page, context, photo_files, complaints):
    page = siti_page
    assert all(3_000_000 < file.stat().st_size < 6_000_000 for file in photo_files)
    open_writing(page)
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    cut = []

    def cut_once(route):
        if cut:
            route.continue_()
        else:
            cut.append(route.request.url)
            route.abort("connectionreset")

    page.route(re.compile("/foto/$"), cut_once)
    write_words(page, "Panen raya")
    add_photo(page, photo_files)
    press(page, "Kirim")

    page.wait_for_url(re.compile(r"/ruang/kegiatan/\d+/$"))

    complaints.clear()
    post = Post.objects.get()
    assert len(cut) == 1
    assert (post.status != "draft", post.photos.count()) == (True, 2)
    assert max(post.photos.first().width, post.photos.first().height) <= 1280


def test_who_was_signed_out_meanwhile_signs_in_again_and_the_draft_is_sent(siti_page, context, small_photo, complaints):
    page = siti_page
    open_writing(page)
    Session.objects.all().delete()
    write_words(page, "Rapat warga")
    add_photo(page, small_photo)
    press(page, "Kirim")

    state(page).get_by_role("link", name="Masuk").click()
    page.locator("input[name=login]").fill("siti@contoh.id")
    page.locator("input[name=password]").fill("rahasia-sekali-2026")
    page.locator("main").get_by_role("button", name="Masuk").click()

    page.wait_for_url(re.compile(r"/ruang/kegiatan/\d+/$"))
    complaints.clear()
    assert (Post.objects.get().title, Photo.objects.count()) == ("Rapat warga", 1)


def test_the_draft_of_one_person_is_not_sent_by_the_next_on_the_same_phone(
    siti_page, context, joko, mekar, sign_in, complaints
):
    page = siti_page
    open_writing(page)
    Session.objects.all().delete()
    write_words(page, "Milik Siti")
    press(page, "Kirim")
    expect(state(page)).to_contain_text("Masuk lagi")

    mekar.memberships.create(user=joko, name="Joko")
    sign_in(joko)
    page.goto("/ruang/kegiatan/")
    expect(page.locator("#di-hp")).to_be_hidden()
    open_writing(page)
    expect(page.get_by_label("Judul")).to_have_value("")
    page.wait_for_timeout(1500)

    complaints.clear()
    assert not Post.objects.exists()


def test_what_is_typed_is_on_the_server_after_a_while_and_said_so(siti_page):
    page = siti_page
    open_writing(page)

    page.get_by_label("Judul").fill("Kerja bakti")

    expect(state(page)).to_contain_text("Tersimpan di HP ini")
    expect(state(page)).to_contain_text("Tersimpan di server")
    assert (Post.objects.get().title, Post.objects.get().status) == ("Kerja bakti", "draft")


def test_what_the_server_has_had_for_a_week_is_gone_from_the_phone_and_nothing_else(siti_page, context, complaints):
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Kerja bakti")
    expect(state(page)).to_contain_text("Tersimpan di server")
    page.goto("/ruang/tulis/")
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
    context.set_offline(True)
    page.get_by_label("Judul").fill("Belum terkirim")
    expect(state(page)).to_contain_text("Tersimpan di HP ini")
    assert titles_on_phone(page) == ["Belum terkirim", "Kerja bakti"]

    page.evaluate(AS_OF_LAST_WEEK)
    page.evaluate("import('/static/js/send-drafts.js').then(({ forgetSettled }) => forgetSettled())")

    assert titles_on_phone(page) == ["Belum terkirim"]
    complaints.clear()


@pytest.fixture
def unsent(siti_page):
    """Siti signed out of this phone with one draft that the server has, and one that it never took; its address."""
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Sudah di server")
    expect(state(page)).to_contain_text("Tersimpan di server")
    open_writing(page)
    with_worker(page)
    page.route(TAKING, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write_words(page, "Belum sampai")
    expect(state(page)).to_contain_text("Tidak ada jaringan")
    address = page.url
    page.goto("/akun/logout/")
    expect(page.locator("#di-hp li")).to_have_text(["Belum sampai"])
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.wait_for_url("/")
    page.unroute(TAKING)
    return address


def test_who_signs_out_leaves_nothing_on_the_phone_but_what_is_unsent(siti_page, unsent, sign_in, siti, complaints):
    page = siti_page
    assert titles_on_phone(page) == ["Belum sampai"]
    # The page she left would bring the draft as well, while the next one is drawn without it.
    page.goto("about:blank")

    sign_in(siti)
    page.goto("/ruang/kegiatan/")

    expect(page.locator(".own li")).to_have_count(2)
    complaints.clear()
    assert sorted(post.title for post in Post.objects.all()) == ["Belum sampai", "Sudah di server"]


def test_who_leaves_while_photos_are_on_their_way_sees_the_post_once(siti_page, small_photo, complaints):
    page = siti_page
    open_writing(page)
    page.route("**/foto/", lambda route: route.abort())
    write_words(page, "Panen padi")
    add_photo(page, small_photo)
    expect(state(page)).to_contain_text("Tidak ada jaringan")
    assert Post.objects.get().title == "Panen padi"

    page.goto("/ruang/kegiatan/")

    expect(page.locator(".own li")).to_have_count(1)
    expect(page.locator(".own li")).to_contain_text("Belum semuanya sampai dari HP ini.")
    expect(page.locator("#di-hp")).to_be_hidden()

    page.unroute("**/foto/")
    page.reload()
    expect(page.get_by_text("Belum semuanya sampai dari HP ini.")).to_have_count(0)
    assert Post.objects.get().photos.count() == 1
    complaints.clear()


def test_nobody_else_sees_a_draft_or_writes_over_it_on_the_same_phone(
    siti_page, context, unsent, joko, mekar, sign_in, complaints
):
    page = siti_page
    context.set_offline(True)
    for _nobody in range(2):
        page.goto(unsent)
        expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
        assert page.url != unsent
        expect(page.get_by_label("Judul")).to_have_value("")
        expect(page.locator("[data-local-list]")).to_be_hidden()
    context.set_offline(False)
    mekar.memberships.create(user=joko, name="Joko")
    sign_in(joko)
    page.goto("/ruang/kegiatan/")
    expect(page.locator("#di-hp")).to_be_hidden()
    page.goto(unsent)
    page.wait_for_url(lambda address: address != unsent)
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()

    page.get_by_label("Judul").fill("Milik Joko")

    expect(state(page)).to_contain_text("Tersimpan di server")
    complaints.clear()
    assert titles_on_phone(page) == ["Belum sampai", "Milik Joko"]
    assert not Post.objects.filter(title="Belum sampai").exists()


def test_what_nobody_wrote_without_a_line_is_of_who_opens_it(siti_page, context, complaints):
    page = siti_page
    open_writing(page)
    with_worker(page)
    page.evaluate("localStorage.clear()")
    context.set_offline(True)
    page.goto("/ruang/tulis/")
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
    write_words(page, "Siapa saja")
    expect(state(page)).to_contain_text("Tersimpan di HP ini")
    context.set_offline(False)

    page.goto("/ruang/kegiatan/")
    page.locator("#di-hp").get_by_role("link", name="Siapa saja").click()

    expect(state(page)).to_contain_text("Tersimpan di server")
    complaints.clear()
    assert Post.objects.get().title == "Siapa saja"


def test_two_devices_see_the_difference(siti_page, context, complaints):
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Satu")
    expect(state(page)).to_contain_text("Tersimpan di server")
    Post.objects.update(title="Dari laptop")

    page.get_by_label("Judul").fill("Dari HP")

    expect(state(page)).to_contain_text("Di server: Dari laptop")
    expect(state(page)).to_contain_text("Di sini: Dari HP")
    assert Post.objects.get().title == "Dari laptop"
    state(page).get_by_role("button", name="Pakai tulisan di sini").click()
    expect(state(page)).to_contain_text("Tersimpan di server")
    complaints.clear()
    assert Post.objects.get().title == "Dari HP"


def test_what_is_missing_is_said_beside_its_field_and_found_by_the_keyboard(siti_page):
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Rapat")

    page.get_by_label("Judul").press("Tab")
    page.locator(".send-bar").get_by_role("button", name="Kirim").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Ceritakan kegiatannya.")).to_be_visible()
    expect(page.get_by_label("Isi", exact=True)).to_be_focused()
    expect(page.get_by_label("Judul")).to_have_value("Rapat")


def test_a_draft_that_ends_before_it_starts_is_saved_and_told_so_beside_the_date(siti_page):
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Rapat")
    page.get_by_label("Jenis").select_option("agenda")
    page.get_by_label("Mulai").fill("2026-12-17T10:00")
    page.get_by_label("Selesai").fill("2026-12-17T09:00")

    press(page, "Simpan draf")

    expect(page.get_by_text("Agenda berakhir sebelum dimulai.")).to_be_visible()
    expect(page.get_by_label("Selesai")).to_be_focused()
    expect(state(page)).to_have_text("Draf tersimpan di server, kecuali yang ditandai.")
    post = Post.objects.get()
    assert (post.title, post.starts_at is None, post.ends_at) == ("Rapat", False, None)
    page.get_by_label("Selesai").fill("2026-12-17T11:00")
    press(page, "Simpan draf")
    expect(state(page)).to_contain_text("Tersimpan di server")
    expect(page.get_by_text("Agenda berakhir sebelum dimulai.")).to_have_count(0)


def test_a_place_that_may_be_several_is_chosen_below_what_was_typed(siti_page):
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Rapat")
    page.get_by_role("combobox", name="tempat").fill("Jembayn")
    press(page, "Simpan draf")

    choice = page.get_by_role("group", name="Pilih wilayah yang dimaksud").get_by_label("Desa Jembayan Tengah,")
    choice.check()

    expect(page.get_by_role("combobox", name="tempat")).to_have_value(re.compile("^Desa Jembayan Tengah, "))
    expect(state(page)).to_contain_text("Tersimpan di server")
    expect(page.get_by_text("Pilih yang Anda maksud")).to_have_count(0)
    assert Post.objects.get().place.code == "64.02.02.2011"


def test_what_was_refused_is_said_to_be_on_the_server_and_not_to_wait_on_the_phone(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Rapat")
    add_photo(page, small_photo)
    press(page, "Kirim")
    expect(page.get_by_text("Ceritakan kegiatannya.")).to_be_visible()

    page.goto("/ruang/kegiatan/")

    expect(page.locator(".own li")).to_have_count(1)
    page.wait_for_timeout(500)
    expect(page.locator("#di-hp")).to_be_hidden()
    assert Photo.objects.get().alt == "Warga menanam padi"


def test_the_preview_shows_what_was_typed_last_though_an_older_answer_comes_after_it(siti_page):
    page, held = siti_page, []
    open_writing(page)
    page.get_by_label("Isi", exact=True).fill("Padi")
    # The first answer waits for the second.
    page.route("**/pratinjau/", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/pratinjau/"):
        page.get_by_role("button", name="Pratinjau").click()

    page.get_by_label("Isi", exact=True).fill("Padi dan jagung")
    expect(page.locator("[data-preview-box]")).to_have_text("Padi dan jagung")
    with page.expect_response("**/pratinjau/"):
        held[0].continue_()
    page.wait_for_timeout(300)

    expect(page.locator("[data-preview-box]")).to_have_text("Padi dan jagung")


def test_the_toolbar_writes_and_the_preview_shows(siti_page):
    page = siti_page
    open_writing(page)
    text = page.get_by_label("Isi", exact=True)
    text.fill("Padi")
    text.select_text()

    page.get_by_role("button", name="Tebal").click()
    expect(text).to_have_value("*Padi*")
    page.get_by_role("button", name="Pratinjau").click()

    expect(page.locator("[data-preview-box] strong")).to_have_text("Padi")
    page.get_by_role("button", name="Tebal").click()
    expect(text).to_have_value("Padi")


@pytest.mark.parametrize(
    ("button", "typed", "expected"),
    [
        ("Tebal", "Warga [panen ]raya", "Warga *panen* raya"),
        ("Tebal", "pa[nen ra]ya di sini", "*panen raya* di sini"),
        ("Tebal", "Warga panen[]", "Warga *panen*"),
        ("Miring", "[satu\n\n- dua \ntiga]", "_satu_\n\n- _dua_ \n_tiga_"),
        ("Coret", "Pukul [8] 9", "Pukul ~8~ 9"),
        ("Daftar", "[KTP\nKK]", "- KTP\n- KK"),
        ("Kutipan", "Kata [beliau]", "> Kata beliau"),
        ("Tebal", "Warga []", "Warga **"),
    ],
)
def test_the_toolbar_writes_marks_that_hold(siti_page, button, typed, expected):
    page = siti_page
    open_writing(page)
    text = page.get_by_label("Isi", exact=True)
    text.fill(typed.replace("[", "").replace("]", ""))
    text.evaluate("(box, ends) => box.setSelectionRange(...ends)", [typed.index("["), typed.index("]") - 1])

    page.get_by_role("button", name=button).click()

    expect(text).to_have_value(expected)
    assert not set("*_~") & set(plain_words(expected.removesuffix("**")))


def test_photos_are_put_in_order_by_keyboard(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    for words in ("Satu", "Dua"):
        add_photo(page, {**small_photo, "buffer": small_photo["buffer"] + words.encode()}, words)

    page.locator(".photo").nth(1).get_by_role("button", name="Jadikan sampul").press("Enter")

    expect(page.locator(".photo").first.get_by_label("Apa yang terlihat")).to_have_value("Dua")
    expect(page.locator(".photo [data-photo-state]").first).to_have_text("Tersimpan di server")
    page.get_by_label("Judul").fill("Selesai")
    expect(state(page)).to_contain_text("Tersimpan di server")
    page.reload()
    expect(page.locator(".photo").first.locator("input[name$='-alt']")).to_have_value("Dua")


def test_a_page_that_was_read_opens_without_a_line_and_another_says_so(page, context, make_post, complaints):
    post = make_post("Pernah dibaca")
    page.goto("/")
    with_worker(page)
    page.goto(post.get_absolute_url())
    page.wait_for_timeout(500)
    context.set_offline(True)

    page.goto(post.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Pernah dibaca")
    page.goto("/tentang/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada jaringan")
    complaints.clear()


def test_no_page_that_knows_the_person_is_kept(siti_page, context):
    page = siti_page
    page.goto("/")
    with_worker(page)
    for address in ("/ruang/", "/ruang/kegiatan/", "/ruang/tulis/", "/tentang/"):
        page.goto(address)
    page.wait_for_timeout(500)

    kept = page.evaluate(KEPT_PAGES)

    assert "/tentang/" in kept
    assert not [path for path in kept if "/ruang/" in path or "/akun/" in path]


def test_the_pages_to_write_on_have_no_faults(siti_page, make_post, complaints):
    page = siti_page
    returned = make_post("Dikembalikan", status="returned")
    make_post("Draf", status="draft")
    addresses = [
        "/ruang/tulis/",
        f"/ruang/tulis/{returned.client_uuid}/",
        "/ruang/kegiatan/",
        "/tulis/luring/",
        "/luring/",
    ]
    faults = {}
    for address in [*addresses, f"/ruang/kegiatan/{returned.pk}/"]:
        page.goto(address)
        if page.locator("#id_type").count():
            page.locator("#id_type").select_option("klarifikasi")
        faults[address] = faults_of(page)

    assert {address: found for address, found in faults.items() if found} == {}


def test_the_page_to_write_on_weighs_at_most_80_kilobytes(siti_page, context):
    page = siti_page
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.on("response", lambda answer: came.append(answer))
    came = []
    page.goto("/ruang/tulis/", wait_until="load")

    arrived = {answer.url: (answer.headers["content-type"], answer.body()) for answer in came if answer.ok}

    assert 10_000 < weight(arrived) <= 80_000


def test_the_pages_without_a_line_promise_only_what_this_phone_does(siti_page, context, complaints):
    page = siti_page
    open_writing(page)
    with_worker(page)
    context.set_offline(True)
    page.goto("/tentang/")
    expect(page.get_by_text("Anggota KIM dapat menulis tanpa jaringan")).to_be_visible()

    page.add_init_script(OPENS_NOT)
    page.goto("/tentang/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada jaringan")
    expect(page.get_by_text("Anggota KIM dapat menulis tanpa jaringan")).to_be_hidden()
    page.goto("/ruang/tulis/")
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
    expect(page.locator("[data-shell-note]")).to_have_text(UNKEPT)
    complaints.clear()
