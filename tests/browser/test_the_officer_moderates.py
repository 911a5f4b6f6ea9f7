"""Made's morning queue: a key decides, the next post loads; every page of it fit for everyone."""

import pytest
from conftest import make_officer
from playwright.sync_api import expect

from accounts.models import PendingDecision
from activities.models import Appeal, FlaggedItem, Post
from browser.faults import DESK, PHONE, faults_of

QUEUE = "/petugas/activities/post/antrean/"
SECONDS = 2_000


@pytest.fixture
def at_the_desk(page, sign_in, made):
    made.authenticator_set.create(type="totp", data={"secret": ""})
    sign_in(made)
    page.set_viewport_size(DESK)
    return page


@pytest.fixture
def three_waiting(make_post, with_photo):
    posts = [make_post(title, status="in_review", body="Ramai sekali.") for title in ("Satu", "Dua", "Tiga")]
    with_photo(posts[0])
    return posts


def title_on(page):
    return page.locator("#post-title")


class TestKeys:
    def test_published_by_a_key_the_next_one_is_there_within_two_seconds(self, at_the_desk, three_waiting):
        page = at_the_desk
        page.goto(QUEUE)
        expect(title_on(page)).to_have_text("Satu")

        page.keyboard.press("t")

        expect(title_on(page)).to_have_text("Dua", timeout=SECONDS)
        assert Post.objects.get(title="Satu").status == "published"

    @pytest.mark.parametrize(("key", "status"), [("k", "returned"), ("x", "rejected")])
    def test_what_needs_a_reason_asks_for_it_and_enter_decides(self, at_the_desk, three_waiting, key, status):
        page = at_the_desk
        page.goto(QUEUE)

        page.keyboard.press(key)
        expect(page.get_by_label("alasan")).to_be_focused()
        page.keyboard.type("iklan")
        page.keyboard.press("Enter")

        expect(title_on(page)).to_have_text("Dua", timeout=SECONDS)
        post = Post.objects.get(title="Satu")
        assert (post.status, post.reviews.get().reason) == (status, "advertising")

    def test_one_that_is_out_is_hidden_by_a_key(self, at_the_desk, make_post):
        make_post("Baru")
        make_post("Lama")
        page = at_the_desk
        page.goto(f"{QUEUE}?daftar=sesudah")
        expect(title_on(page)).to_have_text("Lama")

        page.keyboard.press("s")
        page.keyboard.type("iklan")
        page.keyboard.press("Enter")

        expect(title_on(page)).to_have_text("Baru", timeout=SECONDS)
        assert Post.objects.get(title="Lama").status == "hidden"

    def test_skipped_by_a_key_nothing_is_decided(self, at_the_desk, three_waiting):
        page = at_the_desk
        page.goto(QUEUE)

        page.keyboard.press("l")

        expect(title_on(page)).to_have_text("Dua", timeout=SECONDS)
        assert Post.objects.waiting().count() == 3

    def test_letters_of_a_note_are_letters(self, at_the_desk, three_waiting):
        page = at_the_desk
        page.goto(QUEUE)

        page.get_by_label("catatan untuk penulis").fill("")
        page.get_by_label("catatan untuk penulis").press_sequentially("tkxls")

        expect(page.get_by_label("catatan untuk penulis")).to_have_value("tkxls")
        assert Post.objects.waiting().count() == 3

    def test_the_whole_queue_is_emptied_without_a_mouse(self, at_the_desk, three_waiting):
        page = at_the_desk
        page.goto(QUEUE)
        for title in ("Satu", "Dua", "Tiga"):
            expect(title_on(page)).to_have_text(title)
            page.keyboard.press("t")

        page.get_by_text("Tidak ada kegiatan yang menunggu.").wait_for()
        assert not Post.objects.waiting().exists()


class TestTakingBack:
    """With half a minute to take a decision back, as the portal runs."""

    @pytest.fixture(autouse=True)
    def half_a_minute(self, decisions_hold_at_once, settings):
        settings.UNDO_SECONDS = 30

    def test_ten_posts_on_a_phone_in_fifteen_keys_at_most(self, at_the_desk, make_post):
        titles = [f"Kegiatan {number}" for number in range(1, 11)]
        for title in titles:
            make_post(title, status="in_review")
        page = at_the_desk
        page.set_viewport_size(PHONE)
        page.goto(QUEUE)
        keys = [["k", "i", "Enter"] if title in titles[3:5] else ["t"] for title in titles]

        for title, pressed in zip(titles, keys, strict=True):
            expect(title_on(page)).to_have_text(title)
            for key in pressed:
                page.keyboard.press(key)

        page.get_by_text("Tidak ada kegiatan yang menunggu.").wait_for()
        assert sum(map(len, keys)) <= 15
        assert PendingDecision.objects.pending().count() == 10
        assert faults_of(page) == []

    def test_a_key_takes_the_last_one_back(self, at_the_desk, three_waiting):
        page = at_the_desk
        page.goto(QUEUE)
        page.keyboard.press("t")
        expect(title_on(page)).to_have_text("Dua")

        page.keyboard.press("u")

        page.get_by_text("Dibatalkan, tidak ada yang terkirim: Satu").wait_for()
        expect(title_on(page)).to_have_text("Satu")
        assert Post.objects.waiting().count() == 3

    def test_control_and_enter_send_the_decision_or_keep_the_note(self, at_the_desk, three_waiting):
        page = at_the_desk
        page.goto(QUEUE)
        page.locator(".desk-notes summary").click()
        page.get_by_label("catatan intern").fill("Tanya Bu Wati.")
        page.keyboard.press("Control+Enter")
        page.locator(".desk-notes blockquote").get_by_text("Tanya Bu Wati.").wait_for()
        expect(title_on(page)).to_have_text("Satu")

        page.get_by_label("catatan untuk penulis").fill("Bagus sekali.")
        page.keyboard.press("Control+Enter")

        expect(title_on(page)).to_have_text("Dua")
        assert PendingDecision.objects.get().facts["note"] == "Bagus sekali."


@pytest.fixture
def every_list(three_waiting, make_post, siti, made, places, joko):
    """Something in each list of Made's queue."""
    make_post("Terbit langsung")
    nyoman = make_officer("Nyoman", places["64.02"])
    correction = make_post("Pelurusan", type="klarifikasi", claim="Vaksin", verdict="salah")
    changed, reported, contested, hoax = [make_post(title) for title in ("Diubah", "Dilaporkan", "Digugat", "Hoaks")]
    changed.revisions.propose(changed, changed.facts | {"title": "Diganti", "body": "Kata baru."}, by=siti)
    FlaggedItem.objects.flag(reported, reason="spam", text="Ini iklan.")
    contested.hide(by=nyoman, reason="other")
    Appeal.objects.contest(contested.reviews.get(), text="Bukan iklan.", by=siti)
    return hoax, correction


class TestForEveryone:
    def test_each_list_full_refused_and_empty(self, at_the_desk, every_list):
        page = at_the_desk
        for word in ("menunggu", "sesudah", "perubahan", "laporan", "keberatan"):
            page.goto(f"{QUEUE}?daftar={word}")
            assert title_on(page).count() == 1, word
            assert faults_of(page) == [], word

        page.goto(QUEUE)
        page.get_by_role("button", name="Tolak").click()
        page.get_by_text("Pilih alasannya.").wait_for()
        assert faults_of(page) == []

        Post.objects.filter(status="in_review").update(status="draft")
        page.goto(QUEUE)
        assert faults_of(page) == []

    def test_many_at_once_and_the_mark_of_a_hoax(self, at_the_desk, every_list):
        hoax, correction = every_list
        page = at_the_desk
        page.goto("/petugas/activities/post/?status__exact=in_review")
        page.locator("#action-toggle").check()
        page.get_by_label("Aksi", exact=False).first.select_option("send_back_many")
        page.locator(".actions button[name=index], .actions button").first.click()
        page.get_by_text("3 kegiatan dipilih").wait_for()
        assert faults_of(page) == []

        page.goto(f"/petugas/activities/post/{hoax.pk}/hoaks/")
        assert faults_of(page) == []
        page.get_by_text(correction.title).click()
        page.get_by_role("button", name="Tandai sebagai hoaks").click()
        page.get_by_role("link", name="Cabut tanda hoaks").wait_for()
        page.goto(hoax.get_absolute_url())
        page.get_by_role("heading", name="Petugas menandai tulisan ini sebagai hoaks").wait_for()
        assert faults_of(page) == []

    def test_a_post_as_the_desk_keeps_it(self, at_the_desk, every_list, with_photo):
        page = at_the_desk
        post = with_photo(Post.objects.get(title="Digugat"))
        page.goto(f"/petugas/activities/post/{post.pk}/change/")
        page.get_by_text("Warga menimbang balita").first.wait_for()
        assert faults_of(page) == []
