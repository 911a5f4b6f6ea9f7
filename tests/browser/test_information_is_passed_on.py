"""A bulletin on a cheap phone: it comes, is opened, passed on in each way, and recalled, all counted once."""

import pytest
from playwright.sync_api import expect

from activities.models import Post, Redissemination
from browser.faults import DESK, PHONE, faults_of, faulty
from bulletins import sending
from bulletins.models import Delivery
from regions.clocks import today

NO_PHOTO = {"name": "papan.jpg", "mimeType": "image/jpeg", "buffer": b"bukan foto"}


@pytest.fixture
def sent(make_bulletin, mekar):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    return bulletin


def test_a_bulletin_is_opened_passed_on_and_recalled(siti_page, sent, made, small_photo):
    page = siti_page
    page.goto("/ruang/informasi/")
    expect(page.get_by_text("1 belum dibaca")).to_be_visible()
    page.get_by_role("link", name="Imunisasi polio").click()
    expect(page.get_by_role("heading", name="Imunisasi polio")).to_be_visible()
    assert Delivery.objects.get().opened_at

    # As a post: two taps, one draft, which the officer lets out.
    for _tap in range(2):
        page.goto(sent.room_path)
        page.get_by_role("button", name="Sebarkan sebagai kegiatan").click()
        expect(page.get_by_text("Meneruskan informasi:")).to_be_visible()
    assert Post.objects.count() == 1
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**/ruang/kegiatan/**")
    Post.objects.get().publish(by=made)
    assert Delivery.objects.get().passed_on_at

    # Outside the portal: a bad file is refused in words, and what was typed is still there.
    page.goto(sent.room_path)
    page.get_by_role("link", name="Catat di sini").click()
    form = page.locator("#catat")
    form.get_by_label("cara menyebarkan").select_option("papan")
    form.get_by_label("jumlah orang").fill("40")
    form.get_by_label("keterangan").fill("Balai RT 03")
    form.get_by_label("foto bukti").set_input_files(NO_PHOTO)
    form.get_by_role("button", name="Catat", exact=True).click()
    expect(page.get_by_text("Belum terkirim. Periksa")).to_be_visible()
    expect(form.get_by_label("keterangan")).to_have_value("Balai RT 03")
    form.get_by_label("foto bukti").set_input_files(small_photo)
    form.get_by_role("button", name="Catat", exact=True).dblclick()
    expect(page.get_by_text("Tercatat.")).to_be_visible()
    assert Redissemination.objects.filter(channel="papan").count() == 1
    assert Delivery.objects.get().reach_claimed == 40

    sent.refresh_from_db()
    sent.recall(by=made, reason="Tanggalnya keliru.")
    page.goto(Post.objects.get().get_absolute_url())
    expect(page.get_by_text("Tanggalnya keliru.")).to_be_visible()
    page.goto("/ruang/informasi/")
    expect(page.get_by_text("Ditarik")).to_be_visible()


def test_sharing_opens_what_the_phone_shares_with_and_is_counted(siti_page, sent):
    page = siti_page
    page.add_init_script("navigator.share = async (what) => { window.shared = what.text; }")
    page.goto(sent.room_path)

    with page.expect_response(lambda answer: answer.url.endswith("/bagikan/")):
        page.get_by_role("button", name="Bagikan lewat WhatsApp").click()

    assert sent.deliveries.get().short_url in page.evaluate("window.shared")
    assert Redissemination.objects.get().channel == "bagikan"


def test_each_page_of_it_is_fit_for_everyone(siti_page, sent, make_post, made):
    delivery = sent.deliveries.get()
    Redissemination.objects.record(
        delivery, "papan", by=made, people=40, happened_on=today(delivery.place), note="Balai RT 03"
    ).refuse("Fotonya dari tahun lalu.", by=made)
    make_post(bulletin=sent)
    own = f"/ruang/informasi/kiriman/{delivery.pk}/sebarkan/"

    assert faulty(siti_page, ["/ruang/informasi/", sent.room_path, own, "/informasi/", sent.get_absolute_url()]) == {}


def test_an_officer_looks_at_a_claim(page, sign_in, made, siti, sent, ordinary_photo):
    made.authenticator_set.create(type="totp", data={"secret": ""})
    sign_in(made)
    page.set_viewport_size(DESK)
    facts = {"people": 40, "happened_on": today(sent.issuer), "photo": ordinary_photo}
    Redissemination.objects.record(sent.deliveries.get(), "papan", by=siti, **facts)
    page.goto("/petugas/activities/redissemination/?contoh=menunggu")
    page.get_by_role("link", name="Imunisasi polio").click()
    assert faults_of(page) == []
    page.set_viewport_size(PHONE)

    page.get_by_label("jumlah orang yang terbukti").fill("30")
    page.get_by_role("button", name="Terverifikasi").click()

    expect(page.get_by_text("Tersimpan:")).to_be_visible()
    assert Delivery.objects.get().reach_verified == 30
