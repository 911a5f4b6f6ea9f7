"""A newcomer on a small phone, counted in taps: from an invitation to a first post, from home to a village followed."""

import re

from django.core import mail
from playwright.sync_api import expect

from activities.models import Post
from communities.models import InvitationLink

MOST_TAPS, MOST_TO_FOLLOW = 25, 6
SMALL = {"width": 360, "height": 740}


class Thumb:
    """Taps, and counts each; typing costs the tap that opens the keyboard."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, what):
        self.taps += 1
        what.click()

    def type(self, label, text, **options):
        field = self.page.get_by_label(label, **options)
        self.tap(field)
        field.fill(text)

    def choose_photo(self, photo):
        with self.page.expect_file_chooser() as chooser:
            self.tap(self.page.get_by_text("Tambah foto", exact=True))
        self.taps += 1  # in the gallery of the phone
        chooser.value.set_files(photo)

    def button(self, name):
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name):
        self.tap(self.page.locator("main").get_by_role("link", name=name, exact=True))


def test_from_an_invitation_to_a_first_post_it_takes_few_taps(page, mekar, siti, small_photo, capsys):
    link = InvitationLink.objects.issue(mekar, by=siti)
    page.set_viewport_size(SMALL)
    page.goto(link.get_absolute_url())
    thumb = Thumb(page)

    thumb.link("Buat akun")
    thumb.type("Nama", "Wati")
    thumb.type("Surel", "wati@contoh.id")
    thumb.type("Kata sandi", "panen-raya-di-desa-2026", exact=True)
    thumb.button("Daftar")
    code = page.get_by_label("Kode")
    expect(code).to_be_visible()
    thumb.tap(code)
    code.fill(re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE)[1])
    thumb.button("Konfirmasi")
    thumb.button("Ya, saya bergabung")
    thumb.link("Tulis kegiatan")
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()
    thumb.choose_photo(small_photo)
    expect(page.locator(".photo")).to_have_count(1)
    thumb.type("Judul", "Kerja bakti membersihkan sungai")
    thumb.type("Isi", "Empat puluh warga ikut, sampah terangkut dua truk.", exact=True)
    thumb.tap(page.locator("[data-idea] button"))
    expect(page.locator(".photo").get_by_label("Apa yang terlihat di foto ini?")).to_have_value(re.compile("sungai, "))
    thumb.tap(page.locator(".send-bar").get_by_role("button", name="Kirim", exact=True))

    expect(page.get_by_text("Perjalanan")).to_be_visible()
    post = Post.objects.get()
    assert (post.status, post.duties, post.photos.count()) == ("in_review", ["diseminasi"], 1)
    with capsys.disabled():
        print(f"\nsign-up to first post at 360 px: {thumb.taps} taps")
    assert thumb.taps <= MOST_TAPS


def test_finding_ones_village_and_following_it_takes_few_taps(page, places, make_post, capsys):
    make_post()
    page.set_viewport_size(SMALL)
    page.goto("/")
    thumb = Thumb(page)

    thumb.tap(page.locator(".site-nav").get_by_role("link", name="Cari"))
    search = page.locator("#id_q")
    expect(search).to_have_attribute("role", "combobox")
    thumb.tap(search)
    search.press_sequentially("jembayan")
    thumb.tap(page.get_by_role("option").filter(has_text=re.compile("^Desa Jembayan,")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Desa Jembayan")
    thumb.link("Ikuti")
    thumb.type("surel Anda", "budi@contoh.id")
    thumb.button("Ikuti")

    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa surel Anda")
    with capsys.disabled():
        print(f"\nfinding and following a village at 360 px: {thumb.taps} taps")
    assert thumb.taps <= MOST_TO_FOLLOW
