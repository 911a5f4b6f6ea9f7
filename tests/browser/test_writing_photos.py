"""A post with photos, each way it can be written: new, reopened, sent back, published; with a bad file as well."""

import re

import pytest
from playwright.sync_api import expect

from activities.models import Photo, Post
from browser.writing_page import ON_PHONE, add_photo, open_post, open_writing, press, state, write_words

SENT = re.compile(r"/ruang/kegiatan/\d+/$")
LETTER = {"name": "surat.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 bukan foto"}
ALT = "Apa yang terlihat di foto ini?"


def photo_like(small_photo, name):
    """Another photo, of other bytes."""
    return small_photo | {"name": f"{name}.jpg", "buffer": small_photo["buffer"] + name.encode()}


def lines(page):
    return page.locator(".photo")


def said_on(page, number):
    return lines(page).nth(number).locator("[data-photo-state]")


def lacking(page, number):
    return lines(page).nth(number).locator("[data-alt-said]")


def sent(page):
    page.wait_for_url(SENT)
    return Post.objects.exclude(status="draft").get()


def test_a_new_post_is_sent_with_its_photos_and_their_words(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    write_words(page, "Tanam padi")
    add_photo(page, [photo_like(small_photo, "satu"), photo_like(small_photo, "dua")])
    lines(page).nth(0).get_by_label(ALT).fill("Menanam")
    lines(page).nth(1).get_by_label(ALT).fill("Beristirahat")

    press(page, "Kirim")

    assert list(sent(page).photos.values_list("alt", flat=True)) == ["Menanam", "Beristirahat"]


def test_a_draft_that_was_saved_is_reopened_changed_and_sent(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    write_words(page, "Tanam padi")
    add_photo(page, [photo_like(small_photo, "satu"), photo_like(small_photo, "dua")])
    press(page, "Simpan draf")
    expect(state(page)).to_contain_text("Tersimpan di server")
    page.goto("/ruang/kegiatan/")
    page.get_by_role("link", name="Tanam padi").click()
    page.get_by_role("link", name="Ubah").or_(page.locator("#tulis[data-is-ready]")).first.wait_for()
    open_post(page, Post.objects.get())
    expect(lines(page)).to_have_count(2)

    lines(page).nth(0).get_by_role("button", name="Hapus").click()
    lines(page).nth(0).get_by_label(ALT).fill("Beristirahat di pematang")
    add_photo(page, photo_like(small_photo, "tiga"), "Memanen")
    page.get_by_label("Judul").fill("Tanam dan panen")
    press(page, "Kirim")

    post = sent(page)
    assert post.title == "Tanam dan panen"
    assert list(post.photos.values_list("alt", flat=True)) == ["Beristirahat di pematang", "Memanen"]


def test_a_post_that_was_sent_back_is_mended_with_its_photos(siti_page, make_post, with_photo, small_photo):
    page = siti_page
    facts = {"body": "Menanam padi.", "happened_on": "2026-05-04", "duties": ["diskusi"]}
    post = with_photo(make_post("Dikembalikan", status="returned", **facts))
    open_post(page, post)
    expect(lines(page)).to_have_count(1)

    lines(page).nth(0).get_by_label(ALT).fill("Warga menanam")
    add_photo(page, small_photo, "Warga memanen")
    press(page, "Kirim")

    assert list(sent(page).photos.values_list("alt", flat=True)) == ["Warga menanam", "Warga memanen"]


def test_a_published_post_with_photos_is_edited_and_keeps_them(siti_page, make_post, with_photo):
    page = siti_page
    facts = {"body": "Menanam padi.", "happened_on": "2026-05-04", "duties": ["diskusi"]}
    post = with_photo(make_post("Sudah terbit", **facts))
    for title in ("Diperbaiki", "Diperbaiki lagi"):
        open_post(page, post)
        expect(lines(page)).to_have_count(1)
        page.get_by_label("Judul").fill(title)

        press(page, "Kirim perubahan")

        page.wait_for_url(SENT)
        assert post.revisions.filter(status="waiting").get().facts["title"] == title
        expect(page.get_by_text("Perubahan terkirim. Tulisan yang lama tampil sampai")).to_be_visible()
    assert (post.photos.count(), post.photos.get().alt) == (1, "Warga menimbang balita di balai desa")


def test_an_edit_of_a_published_post_that_lacks_something_is_told_beside_it(siti_page, make_post, with_photo):
    page = siti_page
    open_post(page, with_photo(make_post("Sudah terbit", happened_on="2026-05-04", duties=["diskusi"])))
    page.get_by_label("Judul").fill("")

    press(page, "Kirim perubahan")

    expect(page.get_by_text("Tulis judulnya.")).to_be_visible()
    expect(page.get_by_label("Judul")).to_be_focused()


def test_no_photo_is_marked_before_its_words_could_be_typed(siti_page, small_photo, complaints):
    page = siti_page
    open_writing(page)
    page.set_input_files("#id_photos", [small_photo, LETTER])
    expect(state(page)).to_contain_text("Ada foto yang belum dapat diterima.")

    expect(said_on(page, 0)).not_to_have_class(re.compile("error"))
    expect(page.locator(".photo [aria-invalid=true]")).to_have_count(0)
    expect(lines(page).nth(0)).not_to_have_class(re.compile("is-wrong"))
    expect(lines(page).nth(1)).to_have_class(re.compile("is-wrong"))

    press(page, "Kirim")
    expect(lacking(page, 0)).to_have_text("Tulis apa yang terlihat di foto ini.")
    expect(lines(page).nth(0).get_by_label(ALT)).to_have_attribute("aria-invalid", "true")
    complaints.clear()


@pytest.mark.parametrize("wanted", [False, True])
def test_a_wrong_field_of_a_saved_draft_marks_no_photo(siti_page, small_photo, wanted):
    page = siti_page
    open_writing(page)
    page.set_input_files("#id_photos", small_photo)
    expect(said_on(page, 0)).to_have_text("Tersimpan di server")

    page.locator("[name=place]").fill("Entah Di Mana")
    press(page, "Kirim" if wanted else "Simpan draf")

    expect(page.locator("[name=place][aria-invalid=true]")).to_be_visible()
    expect(page.locator(".photo.is-wrong")).to_have_count(1 if wanted else 0)


@pytest.mark.parametrize("status", ["new", "draft", "returned"])
def test_one_bad_file_among_good_ones_is_named_beside_itself_and_the_rest_is_sent_without_it(
    siti_page, make_post, with_photo, small_photo, complaints, status
):
    page = siti_page
    if status == "new":
        open_writing(page)
    else:
        open_post(page, with_photo(make_post("Lama", status=status, happened_on="2026-05-04")))
    had = lines(page).count()
    write_words(page, "Tanam padi")
    add_photo(page, [photo_like(small_photo, "satu"), LETTER, photo_like(small_photo, "dua")])
    bad = lines(page).nth(had + 1)

    press(page, "Kirim")

    expect(said_on(page, had + 1)).to_contain_text("Berkas ini bukan foto yang dapat kami baca.")
    expect(said_on(page, had + 1)).to_contain_text("surat.jpg: ")
    expect(bad.get_by_label(ALT)).to_be_hidden()
    expect(bad.get_by_role("button")).to_have_count(1)
    expect(said_on(page, had + 2)).to_have_text("Tersimpan di server")
    expect(bad.get_by_role("button", name="Hapus")).to_be_focused()
    expect(state(page)).to_contain_text("Belum terkirim. Periksa yang ditandai")
    expect(said_on(page, had + 1)).to_be_in_viewport(ratio=1)
    assert not Post.objects.exclude(status__in=["draft", "returned"]).exists()

    bad.get_by_role("button", name="Hapus").press("Enter")
    press(page, "Kirim")

    complaints.clear()
    assert sent(page).photos.count() == had + 2


def shows_only_the_second(page):
    """The first, which cannot be read, leaves no empty box beside its words."""
    expect(lines(page).nth(1).locator("img")).to_be_visible()
    expect(lines(page).nth(0).locator("img")).to_be_hidden()
    expect(page.locator('img[src=""]')).to_have_count(0)


def test_a_photo_whose_file_the_server_lost_leaves_no_empty_box(siti_page, make_post, with_photo, complaints):
    post = with_photo(make_post("Lama", status="draft", happened_on="2026-05-04"))
    siti_page.route("**/foto/**", lambda route: route.fulfill(status=404))
    open_post(siti_page, post)

    expect(lines(siti_page).nth(0).get_by_label(ALT)).to_be_visible()
    expect(lines(siti_page).nth(0).locator("img")).to_be_hidden()
    complaints.clear()


def test_a_draft_with_a_bad_file_is_saved_and_says_so_without_taking_the_finger_away(
    siti_page, small_photo, complaints
):
    page = siti_page
    open_writing(page)
    add_photo(page, [LETTER, small_photo])
    page.get_by_label("Judul").fill("Tanam padi")
    page.get_by_label("Judul").press("End")

    expect(state(page)).to_contain_text("Ada foto yang belum dapat diterima.")
    expect(page.get_by_label("Judul")).to_be_focused()
    state(page).get_by_role("link", name="Lihat fotonya").click()
    expect(said_on(page, 0)).to_be_in_viewport(ratio=1)
    shows_only_the_second(page)
    page.reload()

    expect(said_on(page, 0)).to_contain_text("Berkas ini bukan foto")
    shows_only_the_second(page)
    expect(lines(page)).to_have_count(2)
    expect(page.get_by_label("Judul")).to_have_value("Tanam padi")
    complaints.clear()
    assert (Post.objects.get().title, Photo.objects.count()) == ("Tanam padi", 1)


def test_whoever_sends_while_a_bad_file_is_still_on_its_way_is_told_that_it_was_not_sent(siti_page, complaints):
    page, uploads = siti_page, []
    page.route("**/foto/", lambda route: uploads.append(route))
    open_writing(page)
    write_words(page, "Tanam padi")
    add_photo(page, LETTER)
    expect(said_on(page, 0)).to_contain_text("Mengunggah")

    press(page, "Kirim")
    page.wait_for_function(f"async () => (await ({ON_PHONE})())[0].wantsSend")
    uploads[0].continue_()

    expect(state(page)).to_contain_text("Belum terkirim. Periksa yang ditandai")
    expect(lines(page).nth(0).get_by_role("button", name="Hapus")).to_be_focused()
    complaints.clear()
    assert not Post.objects.exclude(status="draft").exists()


def test_a_photo_without_words_is_told_beside_it_and_nothing_is_lost(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    write_words(page, "Tanam padi")
    add_photo(page, photo_like(small_photo, "satu"), "Menanam")
    add_photo(page, photo_like(small_photo, "dua"), "")

    press(page, "Kirim")

    expect(lacking(page, 1)).to_have_text("Tulis apa yang terlihat di foto ini.")
    expect(lines(page).nth(1).get_by_label(ALT)).to_be_focused()
    lines(page).nth(1).get_by_label(ALT).fill("Memanen")
    press(page, "Kirim")
    assert list(sent(page).photos.values_list("alt", flat=True)) == ["Menanam", "Memanen"]


def test_what_a_kept_photo_lacks_is_told_below_its_words_and_above_its_caption(siti_page, make_post, with_photo):
    page = siti_page
    open_post(page, with_photo(make_post("Tanam padi", status="draft", happened_on="2026-05-04", duties=["diskusi"])))
    words, caption = lines(page).get_by_label(ALT), lines(page).get_by_label("Keterangan")
    words.fill("")

    press(page, "Kirim")

    expect(lacking(page, 0)).to_have_text("Tulis apa yang terlihat di foto ini.")
    tops = [place.bounding_box()["y"] for place in (words, lacking(page, 0), caption)]
    assert tops == sorted(tops)


def test_where_a_photo_is_stands_below_both_its_fields_and_what_its_words_lack_above(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    page.set_input_files("#id_photos", small_photo)
    words, caption = lines(page).get_by_label(ALT), lines(page).get_by_label("Keterangan")
    expect(said_on(page, 0)).to_have_text("Tersimpan di server")

    press(page, "Kirim")

    expect(lacking(page, 0)).to_have_text("Tulis apa yang terlihat di foto ini.")
    expect(said_on(page, 0)).to_have_text("Tersimpan di server")
    tops = [place.bounding_box()["y"] for place in (words, lacking(page, 0), caption, said_on(page, 0))]
    assert tops == sorted(tops)
    caption.fill("Di balai desa")
    expect(lacking(page, 0)).to_be_visible()
    words.fill("Warga menanam padi")
    expect(lacking(page, 0)).to_be_empty()
    expect(lines(page).nth(0)).not_to_have_class(re.compile("is-wrong"))


def test_words_and_photo_words_that_are_missing_are_all_told(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Tanam padi")
    page.get_by_label("diseminasi informasi").uncheck()
    add_photo(page, small_photo, "")
    press(page, "Kirim")
    expect(lacking(page, 0)).to_have_text("Tulis apa yang terlihat di foto ini.")
    lines(page).nth(0).get_by_label(ALT).fill("Menanam")

    press(page, "Kirim")

    expect(page.get_by_label("Isi", exact=True)).to_be_focused()
    expect(page.get_by_text("Ceritakan kegiatannya.")).to_be_visible()
    expect(page.get_by_text("Pilih paling sedikit satu tugas KIM yang dijalankan.")).to_be_visible()
    expect(lines(page).nth(0).get_by_label(ALT)).to_have_value("Menanam")


def test_what_words_and_photos_lack_is_told_at_once_and_what_is_there_is_on_the_server(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    page.get_by_label("Judul").fill("Tanam padi")
    page.get_by_label("Isi", exact=True).fill("Kami menanam padi.")
    page.get_by_label("diseminasi informasi").uncheck()
    add_photo(page, small_photo, "")

    press(page, "Kirim")

    expect(page.get_by_text("Pilih paling sedikit satu tugas KIM yang dijalankan.")).to_be_visible()
    expect(page.get_by_text("Tulis apa yang terlihat di foto ini.")).to_have_count(1)
    expect(lines(page).nth(0).get_by_label(ALT)).to_be_focused()
    post = Post.objects.get()
    assert (post.title, post.body, post.photos.count()) == ("Tanam padi", "Kami menanam padi.", 1)
    lines(page).nth(0).get_by_label(ALT).fill("Menanam")
    page.get_by_label("Diskusi").check()
    press(page, "Kirim")
    assert sent(page).pk == post.pk


def test_an_eleventh_photo_is_refused_with_a_sentence_and_ten_are_kept(siti_page, small_photo):
    page = siti_page
    open_writing(page)

    page.set_input_files("#id_photos", [photo_like(small_photo, str(number)) for number in range(11)])

    expect(page.get_by_text("Satu kegiatan memuat paling banyak 10 foto.")).to_be_visible()
    expect(lines(page)).to_have_count(10)
    expect(said_on(page, 9)).to_have_text("Tersimpan di server")
    assert Photo.objects.count() == 10


@pytest.fixture
def published(make_post, with_photo):
    return with_photo(make_post("Sudah terbit", body="Menanam.", happened_on="2026-05-04", duties=["diskusi"]))


def with_another_photo(page, post, small_photo):
    """On the page of a published post: another title, and another photo in the place of its own."""
    open_post(page, post)
    page.get_by_label("Judul").fill("Diperbaiki")
    lines(page).nth(0).get_by_role("button", name="Hapus").click()
    add_photo(page, photo_like(small_photo, "satu"), "Memanen")
    add_photo(page, photo_like(small_photo, "dua"), "Menanam")
    lines(page).nth(1).get_by_role("button", name="Jadikan sampul").click()
    for number in range(2):
        expect(said_on(page, number)).to_have_text("Tersimpan di server")
    expect(state(page)).to_contain_text("Tersimpan di HP ini")


def alts(page):
    return [line.get_by_label(ALT).input_value() for line in lines(page).all()]


def test_what_was_done_with_photos_of_a_published_post_comes_back_as_its_words_do(siti_page, published, small_photo):
    page = siti_page
    with_another_photo(page, published, small_photo)

    for leave in (page.reload, lambda: page.goto("/ruang/kegiatan/")):
        leave()
        open_post(page, published)
        expect(page.get_by_label("Judul")).to_have_value("Diperbaiki")
        expect(lines(page)).to_have_count(2)
        assert alts(page) == ["Menanam", "Memanen"]
        expect(lines(page).nth(1).locator("img")).to_be_visible()
    press(page, "Kirim perubahan")

    page.wait_for_url(SENT)
    revision = published.revisions.get(status="waiting")
    assert [row["alt"] for row in revision.photos] == ["Menanam", "Memanen"]


def test_a_photo_just_chosen_has_both_its_fields_which_come_back_and_are_sent(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    write_words(page, "Tanam padi")
    add_photo(page, small_photo, "Menanam")
    lines(page).nth(0).get_by_label("Keterangan").fill("Di sawah Pak Wayan")
    expect(state(page)).to_contain_text("Tersimpan di server")

    page.reload()
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
    expect(lines(page).nth(0).get_by_label("Keterangan")).to_have_value("Di sawah Pak Wayan")
    press(page, "Kirim")

    assert list(sent(page).photos.values_list("alt", "caption")) == [("Menanam", "Di sawah Pak Wayan")]


def test_words_of_photos_of_a_change_come_back(siti_page, published, small_photo):
    page = siti_page
    with_another_photo(page, published, small_photo)
    lines(page).nth(0).get_by_label("Keterangan").fill("Di sawah Pak Wayan")
    expect(state(page)).to_contain_text("Tersimpan di HP ini")
    assert page.evaluate(ON_PHONE)[0]["photos"][0]["caption"] == "Di sawah Pak Wayan"

    open_post(page, published)

    expect(lines(page).nth(0).get_by_label("Keterangan")).to_have_value("Di sawah Pak Wayan")


def test_a_photo_of_a_change_that_the_server_let_go_of_meanwhile_is_uploaded_once_more(
    siti_page, published, small_photo, complaints
):
    page = siti_page
    with_another_photo(page, published, small_photo)
    Photo.objects.filter(is_aside=True, alt="").first().let_go()
    open_post(page, published)
    expect(lines(page)).to_have_count(2)

    press(page, "Kirim perubahan")

    expect(state(page)).to_contain_text("Sebagian foto tidak ada lagi di server.")
    expect(page.locator(".photo.is-wrong")).to_have_count(1)
    assert not published.revisions.filter(status="waiting").exists()
    page.locator(".photo.is-wrong").get_by_role("button", name="Coba lagi").click()
    expect(page.locator(".photo.is-wrong")).to_have_count(0)
    for number in range(2):
        expect(said_on(page, number)).to_have_text("Tersimpan di server")
    press(page, "Kirim perubahan")
    page.wait_for_url(SENT)
    complaints.clear()
    assert [row["alt"] for row in published.revisions.get(status="waiting").photos] == ["Menanam", "Memanen"]


def test_a_photo_taken_from_a_draft_before_the_server_heard_of_it_stays_away(
    siti_page, make_post, with_photo, complaints
):
    page = siti_page
    post = with_photo(make_post("Lama", status="draft", happened_on="2026-05-04"))
    open_post(page, post)
    page.route("**/ruang/tulis/kunci/", lambda route: route.abort())
    lines(page).nth(0).get_by_role("button", name="Hapus").click()
    page.wait_for_function(f"async () => (await ({ON_PHONE})())[0].removed.length")

    open_post(page, post)

    expect(lines(page)).to_have_count(0)
    complaints.clear()
