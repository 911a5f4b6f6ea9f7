"""Anyone sends on one page: without an account, without JavaScript, and nothing typed is lost."""

import io
import uuid
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from accounts.tasks import forget_what_is_over
from aspirations.models import Aspiration, AspirationPhoto, WaitingPhoto
from aspirations.views.sending import HELD
from pages import limits, sent_before

URL = "/usulan/kirim/"


def picture(color="teal", name="jalan.jpg"):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), color).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


@pytest.fixture
def fill():
    """What a resident of Jembayan types, on one page of the form."""
    own = str(uuid.uuid4())

    def fill(**facts):
        typed = {"client_uuid": own, "kind": "usulan", "place": "64.02.02.2003", "title": "Jalan di RT 03 berlubang"}
        return typed | {"text": "Sudah tiga bulan.", "shown_for": "64.02.02.2003"} | facts

    return fill


def sent(client, typed):
    """Where the sending led, and the one row there is."""
    answer = client.post(URL, typed)
    row = Aspiration.objects.get()
    assert answer.url == reverse("aspirations:receipt", args=[row.secret])
    return row


def refused(client, typed):
    """The page that says why not; nothing was sent, and what was typed is still there."""
    answer = client.post(URL, typed)
    assert answer.status_code == 200
    assert not Aspiration.objects.exists()
    assert typed["text"] in answer.content.decode()
    return answer.content.decode()


def test_the_empty_form_sets_no_cookie(client, places):
    answer = client.get(URL)

    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_a_resident_sends_without_an_account(client, places, fill):
    row = sent(client, fill(sender_email="rini@contoh.id"))

    assert (row.status, row.place.code, row.sender, row.came_by) == ("forwarded", "64.02.02.2003", None, "situs")
    page = client.get(reverse("aspirations:receipt", args=[row.secret])).content.decode()
    assert row.code in page
    assert row.secret_path in page
    assert str(row.holder_label) in page


def test_sent_twice_it_is_one(client, places, fill):
    typed = fill()

    first, second = client.post(URL, typed), client.post(URL, typed)

    assert first.url == second.url
    assert Aspiration.objects.count() == 1


@pytest.mark.parametrize("other", [{"title": "Lain sama sekali"}, {"sender_phone": "0812 3456 7890"}, {"text": ""}])
def test_the_form_of_another_never_leads_to_their_link(client, places, fill, other):
    row = sent(client, fill(sender_email="rini@contoh.id"))

    answer = client.post(URL, fill(sender_email="rini@contoh.id") | other)

    page = answer.content.decode()
    assert (answer.status_code, row.secret in page) == (409, False)
    assert "Formulir ini sudah terkirim" in page
    assert answer.context["form"]["client_uuid"].value() != row.client_uuid
    assert Aspiration.objects.count() == 1


def test_the_same_words_lead_to_the_link_no_longer_than_a_phone_tries(client, places, fill):
    row = sent(client, fill())
    Aspiration.objects.update(created_at="2026-01-01T00:00:00Z")

    assert row.secret not in client.post(URL, fill()).content.decode()


def test_the_form_of_an_account_leads_nobody_else_to_its_link(client, places, fill, joko):
    client.force_login(joko)
    row = sent(client, fill())
    client.logout()

    assert row.secret not in client.post(URL, fill()).content.decode()


def test_what_was_changed_after_sending_is_sent_as_another(client, places, fill):
    sent(client, fill())
    again = client.post(URL, fill(title="Jembatan RT 04 lapuk", photos=[picture()])).context["form"]

    client.post(URL, fill(title="Jembatan RT 04 lapuk", client_uuid=again["client_uuid"].value()))

    other = Aspiration.objects.get(title="Jembatan RT 04 lapuk")
    assert (Aspiration.objects.count(), other.photos.count()) == (2, 1)


def test_with_an_account_it_is_one_of_ones_own(client, places, fill, joko):
    client.force_login(joko)

    assert sent(client, fill()).sender == joko


def test_where_there_is_a_kim_its_sender_is_asked_first(client, mekar, fill):
    asked = client.post(URL, fill(shown_for="")).content.decode()

    assert '<p class="box"><a href="#langkah">Tinggal satu langkah: pilih lewat siapa' in asked
    assert 'id="langkah" tabindex="-1" autofocus>' in asked
    assert 'class="box box--bad"' not in asked
    assert not Aspiration.objects.exists()
    assert sent(client, fill(through=mekar.slug)).community == mekar


def test_the_nearest_kim_is_suggested(client, mekar, fill):
    assert sent(client, fill()).community == mekar


def test_it_may_go_straight_to_the_office(client, mekar, fill):
    row = sent(client, fill(through="kantor"))

    assert (row.community, row.status) == (None, "forwarded")


def test_a_kim_of_elsewhere_is_not_chosen_by_hand(client, make_community, mekar, fill):
    far = make_community("KIM Manggar", seat="64.71.01.1001")

    assert sent(client, fill(through=far.slug)).community == mekar


def test_a_kim_that_nobody_looks_after_is_not_suggested(client, make_community, fill):
    make_community("KIM Sepi")

    assert sent(client, fill(shown_for="")).community is None


def test_what_others_said_is_shown_before_it_is_sent(client, make_aspiration, fill):
    other = make_aspiration("Jalan RT 03 berlubang parah")

    asked = client.post(URL, fill(shown_for="")).content.decode()

    assert other.get_absolute_url() in asked
    assert "lihat apakah sudah ada yang menyampaikannya" in asked
    assert Aspiration.objects.count() == 1


def test_a_place_that_may_be_several_is_asked(client, places, fill):
    page = refused(client, fill(place="Jembayann"))

    assert "Pilih wilayah yang dimaksud" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "NIK saya 6402024108900001", "Jangan menulis NIK"),
        ("title", "NIK 6402024108900001", "Jangan menulis NIK"),
        ("sender_name", "Rini 6402024108900001", "Jangan menulis NIK"),
        ("title", "", "Tulis judulnya."),
        ("text", " ", "Ceritakan sedikit"),
        ("place", "", "Tulis di desa atau kelurahan mana."),
        ("place", "0", "Tulis di desa atau kelurahan mana."),
        ("place", "\0\u202e", "Tulis di desa atau kelurahan mana."),
        ("kind", "lain", "lain"),
        ("title", "a" * 121, "120"),
        ("text", "a" * 4001, "4000"),
        ("sender_email", "bukan surel", "Tulis alamat surel"),
        ("sender_email", "a@contoh.id\r\nBcc: b@contoh.id", "Tulis alamat surel"),
        ("sender_phone", "telepon saja", "Tulis nomor telepon"),
        ("is_name_public", "on", "Tulis nama yang boleh tampil"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, places, fill, field, value, sentence):
    page = refused(client, fill(**{field: value}))

    assert sentence in page
    assert "Belum terkirim" in page


def test_what_a_program_fills_in_is_held_and_not_refused(client, places, fill):
    row = sent(client, fill(website="https://contoh.id"))

    assert (row.status, row.held_for, row.published_at) == ("held", ["spam"], None)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert "Petugas memeriksanya" in client.get(reverse("aspirations:receipt", args=[row.secret])).content.decode()


def test_an_unreadable_uuid_costs_nothing(client, places, fill):
    assert sent(client, fill(client_uuid="x'; --")).client_uuid


def test_nobody_sends_from_another_site(client, places, fill):
    answer = client.post(URL, fill(), headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://lain.id"})

    assert answer.status_code == 403
    assert not Aspiration.objects.exists()


def test_too_many_from_one_address_wait_and_lose_nothing(client, places, fill, settings, monkeypatch):
    settings.SEARCHES_PER_MINUTE = 30
    monkeypatch.setattr("pages.limits.take", lambda name, most, seconds: False)

    answer = client.post(URL, fill())

    assert answer.status_code == 429
    assert "Sudah tiga bulan." in answer.content.decode()
    assert not Aspiration.objects.exists()


# Photos


def test_photos_come_along_with_words_of_their_own(client, places, fill):
    row = sent(client, fill(photos=[picture(), picture("navy")]))

    assert [photo.alt for photo in row.photos.all()] == ["Foto dari pengirim"] * 2
    assert not WaitingPhoto.objects.exists()
    photo = row.photos.first()
    assert client.get(photo.src640)["Content-Type"] == "image/webp"


def test_a_photo_may_have_a_name_of_any_length(client, places, fill):
    photo = picture()
    photo._name = f"{'foto-jalan-rusak-' * 180}.jpg"  # a phone, or a chat, may name it so

    row = sent(client, fill(photos=[photo]))

    assert row.photos.count() == 1


def test_a_bad_photo_among_good_ones_keeps_them(client, places, fill):
    bad = SimpleUploadedFile("surat.pdf", b"%PDF-1.4", content_type="application/pdf")

    page = refused(client, fill(photos=[picture(), bad]))

    assert "surat.pdf:" in page
    assert 'role="alert" tabindex="-1" autofocus>Belum terkirim.' in page
    kept = WaitingPhoto.objects.get()
    assert client.get(reverse("aspirations:waiting_photo", args=[kept.uuid, "320.webp"])).status_code == 200
    row = sent(client, fill(**{f"foto-{kept.uuid}-alt": "Lubang sedalam ember"}))
    assert [(photo.uuid, photo.alt) for photo in row.photos.all()] == [(kept.uuid, "Lubang sedalam ember")]


def test_a_photo_is_taken_out_again(client, mekar, fill):
    client.post(URL, fill(photos=[picture()], shown_for=""))
    kept = WaitingPhoto.objects.get()

    row = sent(client, fill(removed=str(kept.uuid)))

    assert not row.photos.exists()
    assert not default_storage.exists(kept.path("640.webp"))


def test_the_sixth_photo_is_refused_with_a_sentence(client, places, fill):
    page = refused(client, fill(photos=[picture((n * 30, 0, 0)) for n in range(6)]))

    assert "paling banyak 5 foto" in page
    assert WaitingPhoto.objects.count() == 5


def test_a_personal_number_in_the_words_of_a_photo_is_refused(client, mekar, fill):
    client.post(URL, fill(photos=[picture()], shown_for=""))
    kept = WaitingPhoto.objects.get()

    page = refused(client, fill(**{f"foto-{kept.uuid}-alt": "NIK 6402024108900001"}))

    assert "Jangan menulis NIK" in page


def test_photos_of_a_form_that_nobody_sent_are_dropped(client, mekar, fill):
    client.post(URL, fill(photos=[picture()], shown_for=""))
    kept = WaitingPhoto.objects.get()
    WaitingPhoto.objects.update(created_at="2026-01-01T00:00:00Z")

    forget_what_is_over.call()

    assert not WaitingPhoto.objects.exists()
    assert not default_storage.exists(kept.path("640.webp"))


def test_a_double_click_costs_no_photo_that_was_sent(client, places, fill):
    row = sent(client, fill(photos=[picture()]))
    photo = row.photos.get()
    # As the second click leaves it that was on its way before the first was through.
    WaitingPhoto.objects.add(row.client_uuid, picture())
    WaitingPhoto.objects.update(created_at="2026-01-01T00:00:00Z")

    forget_what_is_over.call()

    assert not WaitingPhoto.objects.exists()
    assert client.get(photo.src640).status_code == 200


def test_no_photo_waits_any_longer_for_a_form_that_was_sent(client, places, fill):
    row = sent(client, fill(photos=[picture()]))
    WaitingPhoto.objects.add(row.client_uuid, picture("navy"))

    client.post(URL, fill(photos=[picture()]))

    assert not WaitingPhoto.objects.exists()
    assert client.get(row.photos.get().src640).status_code == 200


def test_a_photo_that_was_dropped_meanwhile_does_not_come_along(client, places, fill):
    client.post(URL, fill(photos=[picture()], shown_for="", title=""))
    kept = WaitingPhoto.objects.get()
    WaitingPhoto.objects.all().drop()

    row = Aspiration.objects.send(
        **{"client_uuid": kept.client_uuid, "title": "Jalan", "text": "Rusak.", "place": places["64.02"]},
        waiting=[(kept, "Lubang")],
    )

    assert not row.photos.exists()


def test_nobody_sees_the_photo_of_what_is_hidden(client, places, fill, made):
    row = sent(client, fill(photos=[picture()]))
    row.hide(by=made, note="Memuat wajah anak.")

    assert client.get(AspirationPhoto.objects.get().src640).status_code == 404


# While somebody writes


def test_what_is_around_a_place(client, mekar, make_aspiration):
    other = make_aspiration("Jalan RT 03 berlubang parah")

    page = client.get("/usulan/kirim/sekitar/", {"place": "64.02.02.2003", "q": "Jalan berlubang RT 03"})

    assert mekar.name in page.content.decode()
    assert other.get_absolute_url() in page.content.decode()


@pytest.mark.parametrize("params", [{}, {"place": "tak ada"}, {"place": "0"}, {"place": "\0", "q": "\0"}])
def test_around_nowhere_is_nothing(client, places, params):
    answer = client.get("/usulan/kirim/sekitar/", params)

    assert answer.status_code == 200
    assert not answer.content.strip()


def test_a_position_is_matched_and_not_kept(client, places):
    answer = client.post("/usulan/kirim/terdekat/", {"lat": "-0.56", "lng": "117.01"})

    assert answer.json()["places"][0]["code"] == "64.02.02.2003"
    assert client.post("/usulan/kirim/terdekat/", {"lat": "x", "lng": "1e999"}).status_code == 422


def test_by_a_region_or_a_kim_the_place_is_known(client, mekar):
    for params in ({"wilayah": "64.02.02.2003"}, {"kim": mekar.slug}):
        page = client.get(URL, params).content.decode()

        assert mekar.seat.long_name in page
        assert mekar.name in page
    assert client.get(URL, {"wilayah": "x", "kim": "\0"}).status_code == 200


# Filled in without a line, and sent by the phone


def phone_sends(client, typed, *, writer="", seconds_ago=60):
    return client.post(
        URL, typed | {"writer": writer, "seconds_ago": str(seconds_ago)}, headers={"accept": "application/json"}
    ).json()


def test_a_phone_is_told_the_receipt_however_often_it_sends(client, mekar, fill):
    typed = fill(shown_for="luring", through="")

    first, second = (phone_sends(client, typed | {"photos": picture()}) for _time in range(2))

    row = Aspiration.objects.get()
    assert first == second == {"state": "sent", "next": reverse("aspirations:receipt", args=[row.secret])}
    assert (row.community, row.photos.count()) == (mekar, 1)


def test_without_a_line_one_may_choose_the_office(client, mekar, fill):
    phone_sends(client, fill(shown_for="luring", through="kantor"))

    assert Aspiration.objects.get().community is None


def test_a_phone_is_told_what_is_wrong_by_field(client, mekar, fill):
    told = phone_sends(client, fill(place="Atlantis", title="", photos=picture(name="bukan.jpg")))

    assert (told["state"], told["errors"].keys()) == ("refused", {"place", "title"})
    assert told["client_uuid"] == fill()["client_uuid"]


def test_a_phone_is_given_the_places_that_may_be_meant(client, mekar, fill):
    told = phone_sends(client, fill(place="Jembayn"))

    assert "Pilih yang Anda maksud" in told["errors"]["place"][0]
    assert told["offered"].keys() == {"place"}
    assert '<input type="radio" name="place" value="64.02.02.2003">' in told["offered"]["place"]
    assert phone_sends(client, fill(title=""))["offered"] == {}


def test_a_phone_is_told_which_photo_is_none(client, mekar, fill):
    told = phone_sends(client, fill(photos=SimpleUploadedFile("catatan.txt", b"bukan foto")))

    assert "catatan.txt" in told["errors"]["photos"][0]


def test_a_phone_is_asked_through_whom_where_that_was_not_seen(client, mekar, fill):
    told = phone_sends(client, fill(shown_for=""))

    assert "lewat siapa" in told["step"]
    assert told["errors"] == {}


def test_other_words_of_a_form_that_was_sent_go_on_under_another_name(client, mekar, fill):
    phone_sends(client, fill())

    told = phone_sends(client, fill(title="Jembatan di RT 04 lapuk"))

    assert told["client_uuid"] != fill()["client_uuid"]
    phone_sends(client, fill(title="Jembatan di RT 04 lapuk", client_uuid=told["client_uuid"]))
    assert Aspiration.objects.count() == 2


def test_a_photo_that_a_phone_does_not_send_again_does_not_go_along(client, mekar, fill):
    phone_sends(client, fill(place="Atlantis", photos=[picture("teal"), picture("maroon")]))

    phone_sends(client, fill(photos=[picture("maroon")]))

    assert Aspiration.objects.get().photos.count() == 1
    assert not WaitingPhoto.objects.exists()


def test_what_a_visitor_wrote_is_not_sent_for_who_signed_in_since(client, mekar, fill, joko):
    client.force_login(joko)

    phone_sends(client, fill())

    assert Aspiration.objects.get().sender is None


def test_what_somebody_wrote_is_sent_for_them(client, mekar, fill, joko):
    client.force_login(joko)

    phone_sends(client, fill(), writer=str(joko.pk))

    assert Aspiration.objects.get().sender == joko


def test_a_phone_that_sends_too_often_is_asked_to_wait(client, mekar, fill, settings, monkeypatch):
    settings.SEARCHES_PER_MINUTE = 60
    monkeypatch.setitem(limits.SENT, "aspiration", limits.Most(account=0, account_an_hour=0, ip=0, visitors=0))

    answer = client.post(URL, fill(), headers={"accept": "application/json"})

    assert answer.status_code == 429
    assert not Aspiration.objects.exists()


# Who goes back


@pytest.fixture
def later(time_machine):
    """Long after a second tap, and no longer than somebody goes back to a page."""

    def move(minutes=2):
        time_machine.shift(timedelta(minutes=minutes))

    time_machine.move_to(timezone.now())
    return move


@pytest.fixture
def client_of_a_neighbour():
    return Client()


def other_page():
    """The key of a page that is opened again."""
    return {"client_uuid": str(uuid.uuid4())}


def test_who_goes_back_and_sends_the_same_is_led_to_what_was_sent(client, places, fill, later):
    first = client.post(URL, fill(sender_email="rini@contoh.id"))
    later()

    again = client.post(URL, fill(sender_email="rini@contoh.id", shown_for="", photos=[picture()]) | other_page())

    assert again.url == f"{first.url}?sudah=terkirim"
    assert (Aspiration.objects.count(), WaitingPhoto.objects.count()) == (1, 0)
    assert "Usulan yang sama sudah Anda kirim" in client.get(again.url).content.decode()
    assert "Usulan yang sama" not in client.get(first.url).content.decode()


def test_a_page_that_was_kept_as_it_was_tells_it_too(client, places, fill, later):
    client.post(URL, fill())
    later()

    assert client.post(URL, fill()).url.endswith("?sudah=terkirim")


def test_a_phone_that_pressed_again_is_told_so_and_one_that_tries_again_is_not(client, places, fill, later):
    client.post(URL, fill())
    later()

    pressed, tried = phone_sends(client, fill(), seconds_ago=1), phone_sends(client, fill(), seconds_ago=180)

    assert pressed["next"] == f"{tried['next']}?sudah=terkirim"


@pytest.mark.parametrize("other", [{"text": "Sudah empat bulan."}, {"place": "64.02"}, {"kind": "pengaduan"}])
def test_who_goes_back_and_says_something_else_sends_another(client, places, fill, later, other):
    client.post(URL, fill())
    later()

    client.post(URL, fill(shown_for=other.get("place", "64.02.02.2003")) | other | other_page())

    assert Aspiration.objects.count() == 2


def test_the_same_words_of_another_browser_are_another(client, client_of_a_neighbour, places, fill):
    row = sent(client, fill())

    answer = client_of_a_neighbour.post(URL, fill() | other_page())

    assert row.secret not in answer.url
    assert Aspiration.objects.count() == 2


def test_a_cookie_that_somebody_made_up_leads_nowhere(client, client_of_a_neighbour, places, fill):
    row = sent(client, fill())
    client_of_a_neighbour.cookies[sent_before.COOKIE] = f'["{row.client_uuid}"]:1abcde:x'

    assert row.secret not in client_of_a_neighbour.post(URL, fill() | other_page()).url


def test_after_an_hour_the_same_words_are_another(client, places, fill, later):
    client.post(URL, fill())
    later(61)

    client.post(URL, fill() | other_page())

    assert Aspiration.objects.count() == 2


def test_what_was_withdrawn_may_be_sent_anew(client, places, fill, later):
    sent(client, fill()).withdraw()
    later()

    client.post(URL, fill() | other_page())

    assert Aspiration.objects.count() == 2


def test_what_somebody_sent_leads_nobody_who_signs_in_there_to_it(client, places, fill, later, joko, siti):
    client.force_login(joko)
    row = sent(client, fill())
    cookie = client.cookies[sent_before.COOKIE].value
    client.logout()
    client.cookies[sent_before.COOKIE] = cookie
    client.force_login(siti)
    later()

    assert row.secret not in client.post(URL, fill() | other_page()).url


def test_a_visitor_may_go_back_to_the_last_step(client, mekar, fill):
    """The page is an answer to a POST: a browser has what it kept, whatever cookie it got since, or an error."""
    asked = client.post(URL, fill(shown_for=""))

    assert asked["Cache-Control"] == "private, no-cache"
    assert "Cookie" not in asked.get("Vary", "")
    assert "no-store" in client.post(URL, fill())["Cache-Control"]


def test_who_is_signed_in_goes_back_to_a_url_and_nothing_is_kept(client, mekar, fill, joko, later):
    client.force_login(joko)

    step = client.post(URL, fill(shown_for="", photos=[picture()]))
    page = client.get(step.url)

    assert "no-store" in page["Cache-Control"]
    assert "Tinggal satu langkah" in page.content.decode()
    assert page.context["form"]["text"].value() == "Sudah tiga bulan."
    assert len(page.context["lines"]) == 1
    row = sent(client, fill(through=mekar.slug))
    assert (row.photos.count(), HELD in client.session) == (1, False)
    later()
    assert client.get(step.url).url == reverse("aspirations:receipt", args=[row.secret]) + "?sudah=terkirim"


def test_what_is_wrong_is_said_at_that_url_too(client, places, fill, joko):
    client.force_login(joko)

    page = client.get(client.post(URL, fill(title="")).url).content.decode()

    assert "Tulis judulnya." in page
    assert "Sudah tiga bulan." in page


def test_what_somebody_has_yet_to_send_opens_for_nobody_else(client, mekar, fill, joko, siti):
    client.force_login(joko)
    step = client.post(URL, fill(shown_for=""))
    client.logout()

    assert "Sudah tiga bulan." not in client.get(step.url).content.decode()
    client.force_login(siti)
    assert "Sudah tiga bulan." not in client.get(step.url).content.decode()
    assert client.get(f"{URL}?formulir=x").status_code == 200


def test_who_is_signed_out_is_told_how_to_go_on_with_a_form(client, mekar, fill, joko):
    client.force_login(joko)
    step = client.post(URL, fill(shown_for=""))
    client.logout()

    page = client.get(step.url)

    assertContains(page, "Masuk untuk melanjutkannya")
    assert quote(step.url) in page.text
    assert "Sudah tiga bulan." not in page.text
    client.force_login(joko)
    assertContains(client.get(step.url), "Isi formulir itu tidak tersimpan lagi di sini.")
    assertNotContains(client.get(f"{URL}?formulir=x"), "Isi formulir itu")


def test_the_receipt_of_what_was_withdrawn_leads_to_where_it_says_so(client, make_aspiration):
    row = make_aspiration()
    row.withdraw(note="Sudah diperbaiki.")

    answer = client.get(reverse("aspirations:receipt", args=[row.secret]), follow=True)

    assert answer.redirect_chain == [(row.secret_path, 302)]
    assertContains(answer, "Anda sudah menarik usulan ini.")
