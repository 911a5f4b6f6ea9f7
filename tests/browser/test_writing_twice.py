"""What is done twice, or in two places, or left and come back to: nothing is lost and nothing is there twice."""

import re

from playwright.sync_api import expect

from activities.models import Post
from browser.writing_page import add_photo, open_post, open_writing, press, state, write_words

SENT = re.compile(r"/ruang/kegiatan/\d+/$")


def test_a_double_tap_sends_one_post(siti_page, small_photo):
    page = siti_page
    open_writing(page)
    write_words(page, "Tanam padi")
    add_photo(page, small_photo)

    page.locator(".send-bar").get_by_role("button", name="Kirim").dblclick()

    page.wait_for_url(SENT)
    post = Post.objects.get()
    assert (post.status != "draft", post.photos.count()) == (True, 1)


def test_who_goes_back_finds_what_was_written_and_its_photo(siti_page, context, small_photo, complaints):
    page = siti_page
    open_writing(page)
    context.set_offline(True)
    write_words(page, "Tanam padi")
    add_photo(page, small_photo, "Menanam")
    expect(state(page)).to_contain_text("Tersimpan di HP ini")
    context.set_offline(False)
    page.goto("/tentang/")

    page.go_back()

    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
    expect(page.get_by_label("Judul")).to_have_value("Tanam padi")
    expect(page.locator(".photo")).to_have_count(1)
    expect(page.get_by_label("Apa yang terlihat di foto ini?")).to_have_value("Menanam")
    press(page, "Kirim")
    page.wait_for_url(SENT)
    complaints.clear()
    assert Post.objects.get().photos.count() == 1


def test_who_goes_back_after_sending_does_not_send_it_again(siti_page):
    page = siti_page
    open_writing(page)
    write_words(page, "Tanam padi")
    press(page, "Kirim")
    page.wait_for_url(SENT)

    page.go_back()
    page.wait_for_url(re.compile(r"/ruang/"))

    assert Post.objects.count() == 1


def test_two_tabs_each_change_a_part_and_both_are_kept(siti_page, context, small_photo, complaints):
    one = siti_page
    open_writing(one)
    write_words(one, "Tanam padi")
    press(one, "Simpan draf")
    expect(state(one)).to_contain_text("Tersimpan di server")
    post = Post.objects.get()
    two = context.new_page()
    open_post(two, post)

    one.get_by_label("Judul").fill("Tanam padi bersama")
    add_photo(one, small_photo, "Menanam")
    expect(one.locator("[data-photo-state]").last).to_have_text("Tersimpan di server")
    two.get_by_label("Isi", exact=True).fill("Kami menanam, lalu makan bersama.")
    expect(two.get_by_label("Judul")).to_have_value("Tanam padi bersama")
    expect(two.locator(".photo")).to_have_count(1)
    # Without words of what it shows a photo is not sent.
    expect(two.get_by_label("Apa yang terlihat di foto ini?")).to_have_value("Menanam")
    press(two, "Kirim")

    two.wait_for_url(SENT)
    complaints.clear()
    post.refresh_from_db()
    assert (post.title, post.body) == ("Tanam padi bersama", "Kami menanam, lalu makan bersama.")
    assert post.photos.get().alt == "Menanam"


def test_a_tab_whose_draft_another_one_sent_shows_it(siti_page, context, complaints):
    one = siti_page
    open_writing(one)
    write_words(one, "Tanam padi")
    press(one, "Simpan draf")
    expect(state(one)).to_contain_text("Tersimpan di server")
    two = context.new_page()
    open_post(two, Post.objects.get())
    two.route("**/ruang/tulis/**", lambda route: route.abort())
    press(two, "Kirim")
    expect(state(two)).to_contain_text("Tersimpan di HP ini")

    # The other page of this phone has a line.
    one.evaluate("dispatchEvent(new Event('online'))")

    one.wait_for_url(SENT)
    two.wait_for_url(SENT)
    complaints.clear()


def test_who_wishes_while_another_wish_is_granted_hears_whether_the_server_was_reached(siti_page, context, complaints):
    page = siti_page
    open_writing(page)
    context.set_offline(True)
    write_words(page, "Tanam padi")
    press(page, "Kirim")
    expect(state(page)).to_contain_text("Tersimpan di HP ini")

    heard = page.evaluate("""async () => {
        const { send } = await import('/static/js/send-drafts.js');
        const { key, write } = document.getElementById('tulis').dataset;
        return Promise.all([1, 2, 3].map(() => send({ key, write })));
    }""")

    assert heard == [False, False, False]
    context.set_offline(False)
    page.wait_for_url(SENT)
    complaints.clear()
