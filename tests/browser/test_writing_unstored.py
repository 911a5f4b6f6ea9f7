"""A phone that keeps nothing, or loses what it kept: the page says so, and sends from its memory."""

import re

import pytest
from playwright.sync_api import expect

from activities.models import Photo, Post
from browser.writing_page import OPENS_NOT, UNKEPT, add_photo, open_writing, press, state, write_words

SENT = re.compile(r"/ruang/kegiatan/\d+/$")
KEPT = "Tersimpan di HP ini"

NO_DATABASES = "delete window.indexedDB; Object.defineProperty(window, 'indexedDB', { value: undefined });"
OPENING_FAILS = """IDBFactory.prototype.open = () => {
    const request = { error: new DOMException("Internal error", "UnknownError") };
    setTimeout(() => request.onerror({ target: request }));
    return request;
};"""
NEVER_ANSWERS = "IDBFactory.prototype.open = () => ({});"
# As when the phone is full: of photos alone, or of everything.
FULL = """const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...facts) {
    const request = put.apply(this, facts);
    if (%s) this.transaction.abort();
    return request;
};"""
FULL_OF_PHOTOS = FULL % "this.name === 'photos' && facts[0].bytes.byteLength > 1"
FULL_OF_EVERYTHING = FULL % "true"
GIVES_NOTHING_BACK = """const get = IDBObjectStore.prototype.get;
IDBObjectStore.prototype.get = function () { return get.call(this, "something else"); };"""
GIVES_EMPTY_PHOTOS_BACK = """const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (row) {
    return put.call(this, row.bytes ? { ...row, bytes: new ArrayBuffer(0) } : row);
};"""
DELETE = """() => new Promise((resolve, reject) => {
    Object.assign(indexedDB.deleteDatabase("kim-tulisan"), { onsuccess: resolve, onerror: reject });
})"""
ON_PHONE_ANEW = """() => new Promise((resolve) => {
    indexedDB.open("kim-tulisan").onsuccess = ({ target: { result: base } }) => {
        const stores = ["drafts", "photos"].filter((name) => base.objectStoreNames.contains(name));
        const found = stores.map((name) => base.transaction(name).objectStore(name).getAll());
        const last = found[found.length - 1];
        last.onsuccess = () => (resolve(found.map(({ result }) => result.length)), base.close());
    };
})"""


def photo_like(small_photo, name):
    return small_photo | {"buffer": small_photo["buffer"] + name.encode()}


@pytest.mark.parametrize(
    "fault",
    [
        *[NO_DATABASES, OPENS_NOT, OPENING_FAILS, FULL_OF_PHOTOS, FULL_OF_EVERYTHING],
        *[GIVES_NOTHING_BACK, GIVES_EMPTY_PHOTOS_BACK],
    ],
    ids=["none", "forbidden", "broken", "full of photos", "full", "forgets all", "forgets photos"],
)
def test_a_phone_that_keeps_nothing_says_so_and_sends_all_the_same(siti_page, context, small_photo, complaints, fault):
    page = siti_page
    page.add_init_script(fault)
    open_writing(page)
    context.set_offline(True)
    write_words(page, "Tanam padi")
    add_photo(page, [photo_like(small_photo, "satu"), photo_like(small_photo, "dua")])

    press(page, "Kirim")

    expect(state(page)).to_contain_text(UNKEPT)
    expect(state(page)).to_contain_text("Menunggu jaringan")
    expect(page.locator("main")).not_to_contain_text(KEPT)
    context.set_offline(False)
    page.wait_for_url(SENT)
    complaints.clear()
    post = Post.objects.get()
    assert (post.title, post.status != "draft", post.photos.count()) == ("Tanam padi", True, 2)


def test_a_phone_whose_store_never_answers_is_not_waited_for_for_ever(siti_page, small_photo):
    page = siti_page
    page.clock.install()
    page.add_init_script(NEVER_ANSWERS)
    page.goto("/ruang/tulis/")
    write_words(page, "Tanam padi")
    expect(page.get_by_role("button", name="Simpan, lalu tambah foto")).to_be_visible()
    page.clock.fast_forward("00:11")
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
    expect(page.get_by_label("Judul")).to_have_value("Tanam padi")
    add_photo(page, small_photo)

    press(page, "Kirim")
    page.clock.fast_forward("00:05")

    page.wait_for_url(SENT)
    assert Post.objects.get().photos.count() == 1


def test_what_the_browser_deletes_in_the_middle_is_sent_from_the_page_and_kept_again(
    siti_page, context, small_photo, complaints
):
    page = siti_page
    open_writing(page)
    context.set_offline(True)
    write_words(page, "Tanam padi")
    add_photo(page, small_photo)
    expect(state(page)).to_contain_text(KEPT)

    page.evaluate(DELETE)
    page.get_by_label("Judul").fill("Tanam padi lagi")
    expect(state(page)).to_contain_text(KEPT)

    assert page.evaluate(ON_PHONE_ANEW) == [1, 1]
    page.evaluate(DELETE)
    press(page, "Kirim")
    expect(state(page)).to_contain_text("Menunggu jaringan")
    context.set_offline(False)
    page.wait_for_url(SENT)
    complaints.clear()
    post = Post.objects.get()
    assert (post.title, post.photos.count()) == ("Tanam padi lagi", 1)


def test_who_leaves_the_page_of_a_phone_that_keeps_nothing_is_asked_first(siti_page, context, complaints):
    page = siti_page
    page.add_init_script(OPENS_NOT)
    open_writing(page)
    context.set_offline(True)
    write_words(page, "Tanam padi")
    expect(state(page)).to_contain_text(UNKEPT)

    with page.expect_event("dialog") as asked:
        page.evaluate("location.assign('/tentang/')")

    assert asked.value.type == "beforeunload"
    expect(page.get_by_label("Judul")).to_have_value("Tanam padi")
    complaints.clear()


def test_who_is_signed_out_on_a_phone_that_keeps_nothing_signs_in_beside_the_page(
    siti_page, context, small_photo, siti, sign_in, complaints
):
    page = siti_page
    page.add_init_script(OPENS_NOT)
    open_writing(page)
    cookies = context.cookies()
    context.clear_cookies()
    write_words(page, "Tanam padi")
    add_photo(page, small_photo)
    press(page, "Kirim")
    expect(state(page)).to_contain_text("Masuk lagi untuk mengirimnya.")

    with context.expect_page() as beside:
        state(page).get_by_role("link", name="Masuk").click()
    assert "/akun/login/" in beside.value.url
    context.add_cookies(cookies)
    beside.value.close()
    page.bring_to_front()

    page.wait_for_url(SENT)
    complaints.clear()
    assert Photo.objects.get().post.title == "Tanam padi"
