"""Writing: saved and sent without a script, one post however often it is sent, nothing typed is lost."""

import io
import subprocess
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from accounts import signed_out
from accounts.photo_limits import ACCEPTED
from activities import writing
from activities.models import Photo, Post
from activities.types import WRITTEN, foreign_to
from activities.views import writing as writing_views
from communities.models import Membership
from pages.typed import FILES_LOST
from pages.written_over import texts_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def as_siti(client, siti, mekar):
    client.force_login(siti)
    return client


@pytest.fixture
def words(sector):
    """What a member types for an ordinary post."""
    return {
        "title": "Posyandu ramai di Jembayan",
        "body": "Lima puluh balita ditimbang.\n\nSemua sehat.",
        "happened_on": "2026-05-04",
        "place": "",
        "type": "berita",
        "sector": sector.pk,
        "duties": ["diseminasi"],
        "participants": "50",
    }


def picture(size=(640, 480), color="teal", form="JPEG"):
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, form)
    return SimpleUploadedFile("IMG 1.jpg", file.getvalue(), "image/jpeg")


def address(name="write_post", key=None):
    return reverse(f"activities:{name}", args=[key or uuid.uuid4()])


def test_a_post_is_written_without_a_script_and_sent(as_siti, words, mekar, siti):
    page = as_siti.get(reverse("activities:write"))
    key = page.context["post"].client_uuid
    assert not Post.objects.exists()

    answer = as_siti.post(address(key=key), words | {"deed": "send", "photos": []}, follow=True)

    post = Post.objects.get()
    assert (post.client_uuid, post.author, post.community, post.place) == (key, siti, mekar, mekar.seat)
    assert post.status not in (Post.Status.DRAFT, Post.Status.PUBLISHED)
    assert (post.duties, post.participants) == (["diseminasi"], 50)
    assert post.summary == "Lima puluh balita ditimbang. Semua sehat."
    assertContains(answer, "Kegiatan terkirim dan menunggu diperiksa.")


def test_a_clarification_needs_no_address_of_its_source(as_siti, words):
    claim = {"type": "klarifikasi", "claim": "Beras plastik", "verdict": "salah", "source_name": "Dinas Pangan"}

    answer = as_siti.post(address(), words | claim | {"source_url": "", "deed": "send"}, follow=True)

    assertContains(answer, "Kegiatan terkirim dan menunggu diperiksa.")
    assert Post.objects.get().source_url == ""


def test_sent_twice_it_is_one_post_and_the_second_answer_is_the_first(as_siti, words):
    key = uuid.uuid4()

    first = as_siti.post(address(key=key), words | {"deed": "send"})
    second = as_siti.post(address(key=key), words | {"deed": "send"})

    assert Post.objects.count() == 1
    assert first.url == second.url
    assert Post.objects.get().steps.filter(to="submitted").count() == 1


def test_sent_by_two_pages_at_the_same_moment_it_is_found_by_the_second(as_siti, words, monkeypatch):
    path, own = address(), writing_views.mine
    as_siti.post(path, words)
    came_meanwhile = iter([Post.objects.none()])
    monkeypatch.setattr(writing_views, "mine", lambda request: next(came_meanwhile, None) or own(request))

    assert as_siti.post(path, words | {"deed": "save"}, headers={"Accept": "application/json"}).status_code == 200
    assert Post.objects.count() == 1


def test_the_post_of_a_trusted_kim_is_published_at_once_and_sent_twice_makes_no_revision(as_siti, words, mekar):
    mekar.is_trusted = True
    mekar.save()
    key = uuid.uuid4()

    answers = [as_siti.post(address(key=key), words | {"deed": "send"}) for _time in range(2)]

    post = Post.objects.get()
    assert post.is_published
    assert not post.revisions.filter(status="waiting").exists()
    assert {answer.url for answer in answers} == {address("own_post", post.pk)}


def test_a_draft_may_lack_anything(as_siti, sector):
    answer = as_siti.post(address(), {"type": "berita", "sector": sector.pk, "deed": "save"}, follow=True)

    assert Post.objects.get().status == Post.Status.DRAFT
    assertContains(answer, "Draf tersimpan di server.")


def test_an_empty_page_that_is_sent_leaves_no_draft(as_siti, sector):
    path = address()

    page = as_siti.post(path, {"type": "berita", "sector": sector.pk, "deed": "send"})

    assertContains(page, "Tulis judulnya.")
    assertContains(page, f'action="{path}"')
    assert not Post.objects.exists()


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(as_siti, words):
    words |= {"title": "", "duties": [], "deed": "send", "photos": [picture()]}

    answer = as_siti.post(address(), words)

    assertContains(answer, "Tulis judulnya.")
    assertContains(answer, "Pilih paling sedikit satu tugas KIM yang dijalankan.")
    assertContains(answer, "Tulis apa yang terlihat di foto ini.")
    assertContains(answer, "Lima puluh balita ditimbang.")
    post = Post.objects.get()
    assert (post.status, post.photos.count()) == (Post.Status.DRAFT, 1)
    assertContains(answer, str(post.photos.get().uuid))


def test_what_may_not_be_sent_yet_is_stored_and_sent_once_it_is_mended(as_siti, words):
    key = uuid.uuid4()

    refused = as_siti.post(address(key=key), words | {"duties": [], "deed": "send"})
    told = as_siti.post(address(key=key), words | {"duties": [], "deed": "send"}, headers=JSON).json()

    post = Post.objects.get()
    assert (post.status, post.title, post.body) == (Post.Status.DRAFT, words["title"], words["body"])
    assert told["state"] == "refused"
    assert told["version"] == refused.context["version"] != ""
    as_siti.post(address(key=key), words | {"deed": "send", "version": told["version"]})
    post.refresh_from_db()
    assert post.status == Post.Status.IN_REVIEW


def test_what_cannot_be_stored_is_refused_and_another_device_is_not_written_over(as_siti, words):
    key = uuid.uuid4()
    as_siti.post(address(key=key), words | {"deed": "save"})

    as_siti.post(address(key=key), words | {"title": "x" * 151, "duties": [], "deed": "send"})
    as_siti.post(address(key=key), words | {"title": "Judul lain", "duties": [], "deed": "send", "version": "lama"})

    assert Post.objects.get().title == words["title"]


@pytest.mark.parametrize("signs", ["!!!", "...", "— —"])
def test_a_text_of_signs_alone_is_kept_in_a_draft_and_not_sent(as_siti, words, signs):
    words |= {"body": signs}
    as_siti.post(address(), words | {"deed": "save"})

    answer = as_siti.post(address(key=Post.objects.get().client_uuid), words | {"deed": "send"})

    assertContains(answer, "Tulis dengan huruf atau angka, bukan tanda saja.")
    post = Post.objects.get()
    assert (post.status, post.body) == ("draft", signs)
    assert "Ceritakan kegiatannya." in map(str, post.lacking())


@pytest.mark.parametrize(
    ("type_", "name"),
    [
        ("berita", "title"), ("agenda", "title"), ("agenda", "venue"), ("klarifikasi", "claim"),
        ("klarifikasi", "source_name"), ("potensi", "product"), ("potensi", "public_contact"), ("berita", "body"),
    ],
)  # fmt: skip
def test_of_signs_alone_each_field_says_the_same(as_siti, words, type_, name):
    others = {"venue": "Balai desa", "claim": "Bantuan lewat SMS", "verdict": "salah", "source_name": "Dinas Sosial"}
    others |= {"product": "Amplang", "public_contact": "Pasar", "starts_at": "2026-12-01T09:00", "type": type_}

    answer = as_siti.post(address(), words | others | {name: "!!!", "deed": "send"})

    assert dict(answer.context["form"].errors) == {name: ["Tulis dengan huruf atau angka, bukan tanda saja."]}
    assert getattr(Post.objects.get(), name) == "!!!"


@pytest.mark.parametrize(
    ("type_", "name"), [("agenda", "venue"), ("klarifikasi", "source_name"), ("potensi", "product")]
)
def test_a_number_is_the_name_of_no_place_no_office_and_no_product(as_siti, words, type_, name):
    others = {"venue": "RT 05", "claim": "Bantuan lewat SMS", "verdict": "salah", "source_name": "Dinas Sosial"}
    others |= {"product": "Amplang", "public_contact": "0541 12345", "starts_at": "2026-12-01T09:00", "type": type_}

    answer = as_siti.post(address(), words | others | {name: "2026-13-45", "deed": "send"})

    assert dict(answer.context["form"].errors) == {name: ["Tulis namanya dengan huruf, bukan angka saja."]}
    assert getattr(Post.objects.get(), name) == "2026-13-45"


@pytest.mark.parametrize("title", ["x", "1 2 3", "HUT"])
def test_a_title_that_says_nothing_is_kept_and_not_sent(as_siti, words, title):
    words |= {"type": "agenda", "title": title, "body": "", "starts_at": "2026-12-01T09:00", "venue": "Balai desa"}

    answer = as_siti.post(address(), words | {"deed": "send"})

    assertContains(answer, "Judul ini terlalu pendek.")
    assert (Post.objects.get().status, Post.objects.get().title) == (Post.Status.DRAFT, title)


def test_the_form_says_what_each_type_needs(as_siti):
    page = as_siti.get(reverse("activities:write"))

    assertContains(page, "Agenda memerlukan: judul, tempat, mulai, lokasi acara.")
    assertContains(page, "Galeri memerlukan: judul, tanggal kegiatan, tempat, tugas KIM (ADINDA).")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"place": "Atlantis yang hilang"}, "Wilayah ini tidak kami temukan."),
        ({"place": "100.00"}, "Wilayah ini tidak kami temukan."),
        ({"participants": "-4"}, "Angka ini terlalu kecil"),
        ({"participants": "99999999999"}, "paling banyak satu juta"),
        ({"happened_on": "0001-01-01"}, "Periksa tahunnya."),
        ({"happened_on": "31-31-2026"}, "tanggal"),
        ({"title": "x" * 151}, "150"),
        ({"body": "x" * 20_001}, "20000"),
        ({"sector": "999999"}, "Pilih dari daftar ini."),
        ({"type": "gosip"}, "Pilih dari daftar ini."),
        ({"duties": ["tidur"]}, "Pilih dari daftar ini."),
        ({"type": "klarifikasi", "source_url": "javascript:alert(1)"}, "Tulis alamat yang lengkap"),
        ({"type": "klarifikasi", "clarifies": "/kegiatan/99999/"}, "Kegiatan ini tidak kami temukan."),
        ({"type": "agenda", "starts_at": "2026-08-17T10:00", "ends_at": "2026-08-17T09:00"}, "berakhir sebelum"),
        ({"type": "agenda", "starts_at": "0206-08-17T10:00"}, "Periksa tahunnya."),
        ({"type": "agenda", "starts_at": "9999-12-31T23:00"}, "Periksa tahunnya."),
    ],
)
def test_bad_input_gets_a_sentence_and_the_rest_of_the_form_is_kept(as_siti, words, facts, sentence):
    for deed in ("save", "send"):
        answer = as_siti.post(address(), {**words, **facts, "deed": deed})

        assertContains(answer, sentence)
        assertContains(answer, 'name="participants"')
        assert not Post.objects.exclude(status="draft").exists()


AGENDA = {"type": "agenda", "starts_at": "2026-12-17T10:00", "venue": "Balai desa"}
REVERSED = AGENDA | {"ends_at": "2026-12-17T09:00"}


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ("save", "Draf tersimpan di server, kecuali yang ditandai di bawah."),
        ("send", "Belum terkirim. Periksa yang ditandai di bawah; tulisan Anda tetap ada."),
    ],
)
def test_all_but_the_wrong_date_is_saved_and_what_was_typed_stays_on_the_page(as_siti, words, deed, sentence):
    key = uuid.uuid4()

    answer = as_siti.post(address(key=key), words | REVERSED | {"deed": deed})

    assertContains(answer, f"<strong>{sentence}</strong>", html=True)
    assertContains(answer, "Agenda berakhir sebelum dimulai.")
    assertContains(answer, 'value="2026-12-17T09:00"')
    post = Post.objects.get()
    assert (post.title, post.body, post.venue) == (words["title"], words["body"], "Balai desa")
    assert (post.starts_at.isoformat(), post.ends_at) == ("2026-12-17T02:00:00+00:00", None)
    mended = words | AGENDA | {"ends_at": "2026-12-17T11:00", "deed": "save", "version": answer.context["version"]}
    as_siti.post(address(key=key), mended)
    post.refresh_from_db()
    assert post.ends_at.isoformat() == "2026-12-17T03:00:00+00:00"


@pytest.mark.parametrize(
    "facts",
    [
        {"place": "Atlantis yang hilang"},
        {"participants": "99999999999"},
        {"happened_on": "31-31-2026"},
        {"happened_on": "31-31-2026", "participants": "-4", "title": "x" * 151},
        {"sector": "999999"},
        {"type": "gosip"},
        {"duties": ["tidur"]},
        {"type": "klarifikasi", "source_url": "javascript:alert(1)", "claim": "Beras plastik"},
        {"type": "klarifikasi", "clarifies": "/kegiatan/99999/"},
        {"type": "agenda", "starts_at": "0206-08-17T10:00", "ends_at": "2026-12-17T09:00"},
        {"publish_at": "2099-12-17T09:00"},
    ],
)
@pytest.mark.parametrize("deed", ["save", "send"])
def test_one_wrong_field_keeps_nothing_else_from_the_draft(as_siti, words, facts, deed):
    as_siti.post(address(), words | facts | {"deed": deed})

    post = Post.objects.get()
    assert (post.status, post.body) == ("draft", words["body"])
    assert post.claim == facts.get("claim", "")


def test_a_wrong_field_leaves_what_was_stored_there(as_siti, words):
    key, typed = uuid.uuid4(), words | AGENDA | {"ends_at": "2026-12-17T11:00"}
    as_siti.post(address(key=key), typed | {"deed": "save"})
    known = {"deed": "save", "version": version_of(Post.objects.get())}

    told = as_siti.post(address(key=key), typed | known | {"title": "Rapat", "place": "Atlantis"}, headers=JSON).json()
    as_siti.post(address(key=key), typed | {"ends_at": "2026-12-17T09:00", "deed": "save", "version": told["version"]})

    post = Post.objects.get()
    assert (told["state"], told["is_kept"], list(told["errors"])) == ("refused", True, ["place"])
    assert (post.title, post.ends_at.isoformat()) == (words["title"], "2026-12-17T03:00:00+00:00")


def test_a_script_is_given_the_places_that_may_be_meant(as_siti, words):
    told = as_siti.post(address(), words | {"place": "Jembayn", "deed": "save"}, headers=JSON).json()

    assert "64.02.02.2003" in told["offered"]["place"]


def test_what_another_device_wrote_is_not_written_over_by_what_is_half_right(as_siti, words):
    key = uuid.uuid4()
    as_siti.post(address(key=key), words | {"deed": "save"})

    answer = as_siti.post(address(key=key), words | REVERSED | {"title": "Lain", "deed": "save", "version": "lama"})

    assertContains(answer, "Belum tersimpan di server. Periksa yang ditandai di bawah")
    assert Post.objects.get().title == words["title"]


def test_an_agenda_that_has_no_beginning_yet_is_a_draft_and_not_sent(as_siti, words):
    typed = words | AGENDA | {"starts_at": "", "ends_at": "2026-12-17T11:00"}

    saved = as_siti.post(address(), typed | {"deed": "save"}, follow=True)
    sent = as_siti.post(address(key=Post.objects.get().client_uuid), typed | {"deed": "send"})

    assertContains(saved, "Draf tersimpan di server.")
    assertContains(sent, "Pilih waktu mulainya.", count=1)
    assert Post.objects.get().ends_at.isoformat() == "2026-12-17T03:00:00+00:00"


def test_what_hides_in_a_text_is_taken_out_and_lines_stay_lines(as_siti, words):
    words |= {"title": "Panen\u202eraya\x00 di\r\nLoa Kulu", "body": "Satu\u200b\r\ndua\x07\u2066"}

    as_siti.post(address(), words | {"deed": "save"})

    post = Post.objects.get()
    assert (post.title, post.body) == ("Panenraya di Loa Kulu", "Satu\ndua")


OF_TYPES = {
    "agenda": {"starts_at": "2026-12-01T09:00", "ends_at": "2026-12-01T11:00", "venue": "Balai desa"},
    "klarifikasi": {
        "claim": "Beras plastik", "verdict": "salah", "source_name": "Dinas Pangan",
        "source_url": "https://pangan.go.id/beras",
    },
    "potensi": {"product": "Madu kelulut", "public_contact": "0812 3456 7890"},
    "pengumuman": {},
    "galeri": {"happened_on": "2026-05-04", "participants": "50"},
    "berita": {"happened_on": "2026-05-04", "participants": "50"},
}  # fmt: skip


def form_of(page):
    """What the fields of the page hold, as a browser would send it."""
    form = page.context["form"]
    typed = {name: texts_of(field, form[name].value()) for name, field in form.fields.items()}
    return typed | {"version": page.context["version"]}


@pytest.mark.parametrize("type_", OF_TYPES)
@pytest.mark.parametrize("deed", ["save", "photos", "send"])
def test_what_was_typed_for_a_type_is_there_when_its_writer_changes_back(as_siti, words, type_, deed):
    key, typed = uuid.uuid4(), words | OF_TYPES[type_] | {"type": type_}
    as_siti.post(address(key=key), typed | {"deed": "save"})
    before = form_of(as_siti.get(address(key=key)))

    for other in OF_TYPES:  # one of them lacks its title, so that nothing is sent
        page = as_siti.get(address(key=key))
        as_siti.post(address(key=key), form_of(page) | {"type": other, "title": "", "deed": deed})
    page = as_siti.get(address(key=key))
    as_siti.post(address(key=key), form_of(page) | {"type": type_, "title": words["title"], "deed": "save"})

    after = form_of(as_siti.get(address(key=key)))
    assert after | {"version": ""} == before | {"version": ""}
    assert {name: after[name] for name in OF_TYPES[type_]} == {name: [text] for name, text in OF_TYPES[type_].items()}


@pytest.mark.parametrize("type_", OF_TYPES)
def test_only_what_the_page_of_its_type_shows_is_sent(as_siti, words, type_):
    key = uuid.uuid4()
    everything = {name: text for facts in OF_TYPES.values() for name, text in facts.items()}
    typed = words | everything | {"type": type_, "claim": "Hubungi 0812 3456 7890"}
    as_siti.post(address(key=key), typed | {"deed": "save"})
    if type_ == "galeri":
        as_siti.post(address("write_photo", key), {"file": picture()})
        typed |= {"photo": (name := str(Photo.objects.get().uuid)), f"foto-{name}-alt": "Menimbang"}

    as_siti.post(address(key=key), typed | {"deed": "send"})

    post = Post.objects.get()
    assert post.status != "draft"
    assert [name for name in foreign_to(type_) if getattr(post, name)] == []
    assert (post.over_at is None) == (type_ != "agenda")
    assert (post.held_for != []) == (type_ == "klarifikasi")
    # Whoever sends the same once more is told that it is there.
    again = as_siti.post(address(key=key), typed | {"deed": "send"})
    assert again.url == post.own_path


def test_what_a_draft_cannot_keep_of_another_type_stays_on_the_page(as_siti, words):
    wrong = {"source_url": "bukan alamat", "starts_at": "2026-12-02T09:00", "ends_at": "2026-12-01T09:00"}

    page = as_siti.post(address(), words | wrong | {"deed": "save"})

    assertContains(page, "Draf tersimpan, kecuali isian jenis lain yang belum benar: ")
    for text in wrong.values():
        assertContains(page, f'value="{text}"')
    assert Post.objects.get().title == words["title"]
    assert as_siti.post(address(), words | wrong | {"deed": "send"}).status_code == 302


@pytest.mark.parametrize("deed", ["save", "send"])
@pytest.mark.parametrize("starts", ["2026-12-20T10:00", "2026-12-20T13:00"])
def test_what_stood_in_a_draft_stays_where_what_was_typed_for_another_type_is_wrong(as_siti, words, deed, starts):
    event = {"type": "agenda", "starts_at": "2026-12-20T10:00", "ends_at": "2026-12-20T12:00"}
    claim = {"source_url": "https://contoh.id/asli"}
    at = address(key=uuid.uuid4())
    as_siti.post(at, words | event | claim | {"deed": "save"})
    as_siti.post(at, words | {"type": "klarifikasi"} | claim | {"deed": "save"})
    was = Post.objects.get()

    wrong = {
        "starts_at": starts,
        "ends_at": "2026-12-20T09:00",
        "source_url": "bukan alamat",
        "happened_on": "2999-01-01",
    }
    as_siti.post(at, words | event | wrong | {"type": "berita", "happened_on": "2999-01-01", "deed": deed})

    post = Post.objects.get()
    assert (post.status, post.source_url) == ("draft", was.source_url)
    assert (post.starts_at, post.ends_at) == (was.starts_at, was.ends_at)


def test_a_post_that_is_let_out_after_it_was_sent_back_has_the_columns_of_its_type_alone(
    as_siti, make_post, words, made
):
    post = make_post(status="returned", body="Lima puluh balita.", happened_on="2026-05-04", duties=["diskusi"])
    as_siti.post(
        address(key=post.client_uuid), form_of(as_siti.get(address(key=post.client_uuid))) | {"claim": "Beras"}
    )
    post.refresh_from_db()
    assert post.claim == "Beras"

    post.restore(by=made)

    post.refresh_from_db()
    assert (post.status, post.claim, str(post.happened_on)) == ("published", "", "2026-05-04")


def test_an_agenda_begins_by_the_clock_of_its_place(as_siti, words):
    words |= {"type": "agenda", "starts_at": "2026-12-01T09:00", "venue": "Balai desa", "claim": "bukan milik agenda"}

    as_siti.post(address(), words | {"deed": "send"})

    post = Post.objects.get()
    assert post.starts_at.isoformat() == "2026-12-01T01:00:00+00:00"  # 9 in the morning, WITA
    assert post.claim == ""
    assertContains(as_siti.get(address("own_post", post.pk)), "09.00 WITA")


def test_a_place_elsewhere_in_the_country_is_refused(as_siti, words, places):
    other = places["64"].__class__.objects.create(
        code="31", level=1, kind="provinsi", local_term="provinsi", name="DKI Jakarta", slug="dki", parent=places["0"],
        search_name="dki jakarta", search_text="dki jakarta", names=["dkijakarta"],
    )  # fmt: skip
    other.province = other
    other.save()

    answer = as_siti.post(address(), words | {"place": "DKI Jakarta", "deed": "send"})

    assertContains(answer, "Pilih tempat di provinsi KIM Anda")


def version_of(post):
    return writing.version_of(post.facts)


def test_a_phone_that_never_saw_the_draft_overwrites_nothing(as_siti, words):
    key = uuid.uuid4()
    as_siti.post(address(key=key), words | {"deed": "save"})

    answer = as_siti.post(address(key=key), words | {"title": "Lain", "version": "", "deed": "save"})

    assert (answer.status_code, Post.objects.get().title) == (409, words["title"])


# Who


def test_only_its_author_sees_a_draft(client, siti, joko, mekar, make_post, made, ratna, with_second_factor):
    Membership.objects.create(community=mekar, user=joko, name="Joko")
    draft = make_post("Rahasia", status="draft")
    by_joko = make_post("Tulisan Joko", status="draft", author=joko)
    seen = {}
    for person in (siti, joko, with_second_factor(made), with_second_factor(ratna)):
        client.force_login(person)
        for post in (draft, by_joko):
            for page in (address(key=post.client_uuid), address("own_post", post.pk)):
                seen.setdefault((person.name, post.title), set()).add(client.get(page).status_code)

    assert seen == {
        ("Siti", "Rahasia"): {200}, ("Siti", "Tulisan Joko"): {404},
        ("Joko", "Rahasia"): {404}, ("Joko", "Tulisan Joko"): {200},
        ("Made", "Rahasia"): {404}, ("Made", "Tulisan Joko"): {404},
        ("Ratna", "Rahasia"): {404}, ("Ratna", "Tulisan Joko"): {404},
    }  # fmt: skip


def test_who_left_the_kim_writes_no_more(as_siti, words, mekar, siti, make_post):
    draft = make_post("Lama", status="draft", body="Isi lama")
    mekar.positions.update(ends_on="2027-01-01")
    mekar.memberships.update(status="left", left_on="2027-01-01")

    answer = as_siti.post(address(key=draft.client_uuid), words | {"deed": "send"})

    draft.refresh_from_db()
    assert (answer.status_code, draft.status, draft.title) == (404, "draft", "Lama")


def test_a_member_of_two_kims_chooses_and_a_foreign_kim_is_no_choice(as_siti, words, siti, make_community):
    second = make_community("KIM Melati")
    foreign = make_community("KIM Asing")
    Membership.objects.create(community=second, user=siti, name="Siti")

    assertContains(as_siti.get(reverse("activities:write")), "Untuk KIM yang mana?")
    as_siti.post(address(), words | {"kim": second.slug, "deed": "save"})
    as_siti.post(address(), words | {"kim": foreign.slug, "deed": "save"})

    assert [post.community for post in Post.objects.all()] == [second]


@pytest.mark.parametrize("status", ["submitted", "suspended", "expired"])
def test_a_kim_that_may_not_publish_learns_why(as_siti, words, mekar, status):
    mekar.status = status
    mekar.save()

    assertContains(as_siti.get(reverse("activities:write")), "KIM Mekar")
    as_siti.post(address(), words | {"deed": "send"})

    assert not Post.objects.exclude(status="draft").exists()


# Two devices


def test_two_devices_see_the_difference_and_nothing_is_overwritten(as_siti, words):
    key = uuid.uuid4()
    as_siti.post(address(key=key), words | {"deed": "save"})
    version = as_siti.get(address(key=key)).context["version"]
    as_siti.post(address(key=key), words | {"title": "Dari laptop", "version": version, "deed": "save"})

    answer = as_siti.post(address(key=key), words | {"title": "Dari HP", "version": version, "deed": "save"})

    assert answer.status_code == 409
    assertContains(answer, "Dari laptop", status_code=409)
    assertContains(answer, 'value="Dari HP"', status_code=409)
    assert Post.objects.get().title == "Dari laptop"

    known = answer.context["version"]
    as_siti.post(address(key=key), words | {"title": "Dari HP", "version": known, "deed": "save"})
    assert Post.objects.get().title == "Dari HP"


def test_a_published_post_stays_until_its_change_has_passed(as_siti, words, make_post):
    post = make_post("Yang lama", body="Isi", happened_on="2026-05-04", duties=["diskusi"])
    version = as_siti.get(address(key=post.client_uuid)).context["version"]

    for _time in range(2):
        as_siti.post(address(key=post.client_uuid), words | {"title": "Yang baru", "version": version, "deed": "send"})

    post.refresh_from_db()
    assert post.title == "Yang lama"
    revision = post.revisions.get(status="waiting")
    assert (revision.facts["title"], set(revision.facts)) == ("Yang baru", set(WRITTEN))
    assertContains(as_siti.get(address(key=post.client_uuid)), 'value="Yang baru"')
    assertNotContains(as_siti.get(post.get_absolute_url()), "Yang baru")


@pytest.mark.parametrize("headers", [{}, JSON])
@pytest.mark.parametrize(
    ("is_trusted", "sentence"),
    [(False, "Perubahan terkirim. Tulisan yang lama tampil"), (True, "Perubahan sudah tampil.")],
)
def test_a_change_that_was_sent_says_so_once_with_a_script_and_without(
    as_siti, words, mekar, make_post, headers, is_trusted, sentence
):
    mekar.is_trusted = is_trusted
    mekar.save()
    post = make_post("Yang lama", body="Isi", happened_on="2026-05-04", duties=["diskusi"])
    page, sent = address(key=post.client_uuid), words | {"title": "Yang baru", "deed": "send"}
    sent["version"] = as_siti.get(page).context["version"]

    answer = as_siti.post(page, sent, headers=headers, follow=True)
    if headers:
        answer = as_siti.get(answer.json()["next"], follow=True)

    assert answer.redirect_chain[-1][0] == post.own_path
    assertContains(answer, sentence, count=1)
    assertNotContains(as_siti.get(post.own_path), sentence)


def test_what_was_never_sent_is_not_said_to_be(as_siti, make_post):
    draft = make_post("Draf", status="draft")

    for word in ("kegiatan", "perubahan"):
        page = as_siti.get(f"{draft.own_path}?terkirim={word}", follow=True)
        assert page.redirect_chain == [(draft.own_path, 302)]
        assertNotContains(page, "Perubahan sudah tampil.")
        assertNotContains(page, "terkirim dan menunggu")


# Photos


def upload(client, key, file, **extra):
    return client.post(address("write_photo", key), {"file": file}, headers=JSON, **extra)


@pytest.fixture
def draft(make_post, mekar):
    return make_post("Draf", status="draft")


@pytest.mark.parametrize("form", ["MPO", "HEIF", "AVIF"])
def test_a_photo_is_taken_as_a_phone_makes_it(as_siti, draft, form):
    answer = upload(as_siti, draft.client_uuid, picture(form=form))

    assert answer.status_code == 200
    assert draft.photos.count() == 1


def test_a_phone_offers_what_the_portal_reads(as_siti):
    assertContains(as_siti.get(address()), f'accept="{ACCEPTED}"')


def test_a_photo_sent_again_is_the_same_photo(as_siti, draft):
    answers = [upload(as_siti, draft.client_uuid, picture()).json() for _time in range(2)]

    assert answers[0] == answers[1]
    assert draft.photos.count() == 1
    assert as_siti.get(answers[0]["src"]).status_code == 200


def test_a_photo_that_a_stopped_process_left_half_is_stored_whole(as_siti, draft):
    name = uuid.uuid5(draft.client_uuid, writing.digest_of(picture()))
    half = Photo(post=draft, uuid=name)
    writing.default_storage.save(half.path("320.webp"), io.BytesIO(b"RIFF"))

    answer = upload(as_siti, draft.client_uuid, picture())

    assert b"".join(as_siti.get(answer.json()["src"])).endswith(b"RIFF") is False
    assert len(b"".join(as_siti.get(answer.json()["src"]))) > 100


def test_a_bad_photo_is_refused_with_a_sentence_and_the_others_are_kept(as_siti, draft):
    upload(as_siti, draft.client_uuid, picture())

    answer = upload(as_siti, draft.client_uuid, SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>"))

    assert answer.status_code == 422
    assert "bukan foto" in answer.json()["error"]
    assert draft.photos.count() == 1


def test_an_eleventh_photo_is_refused(as_siti, draft):
    for number in range(writing.MOST_PHOTOS):
        draft.photos.create(alt=f"Foto {number}", position=number, width=640, height=480)

    answer = upload(as_siti, draft.client_uuid, picture())

    assert answer.json()["error"] == "Satu kegiatan memuat paling banyak 10 foto."
    assert draft.photos.count() == 10


def test_buttons_put_photos_in_order_and_the_first_is_the_cover(as_siti, draft, words):
    one, two, three = (
        upload(as_siti, draft.client_uuid, picture(color=color)).json()["uuid"] for color in ("red", "green", "blue")
    )

    def press(deed, name):
        draft.refresh_from_db()
        as_siti.post(address(key=draft.client_uuid), words | {"deed": f"{deed}:{name}", "version": version_of(draft)})
        draft.refresh_from_db()
        return [str(photo.uuid) for photo in draft.photos.all()]

    assert press("cover", three) == [three, one, two]
    assert str(draft.lead_photo.uuid) == three
    assert press("down", three) == [one, three, two]
    assert press("up", two) == [one, two, three]
    assert press("remove", one) == [two, three]
    assert str(draft.lead_photo.uuid) == two
    assert press("remove", str(uuid.uuid4())) == [two, three]


def test_the_photo_of_a_draft_is_for_its_author_alone(client, siti, draft, made, joko, with_second_factor):
    client.force_login(siti)
    photo = upload(client, draft.client_uuid, picture()).json()
    answer = client.get(photo["src"])
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert client.get(f"/foto/{photo['uuid']}/320.webp").status_code == 404

    for person in (joko, with_second_factor(made)):
        client.force_login(person)
        assert client.get(photo["src"]).status_code == 404
        assert upload(client, draft.client_uuid, picture()).status_code == 404

    Post.objects.filter(pk=draft.pk).update(status="submitted")
    client.force_login(made)
    assert client.get(photo["src"]).status_code == 200
    assert upload(client, draft.client_uuid, picture(color="red")).status_code == 404


def test_a_sent_post_takes_no_more_photos(as_siti, make_post):
    post = make_post("Terkirim", status="submitted")

    answer = upload(as_siti, post.client_uuid, picture())

    assert answer.status_code == 422
    assert not post.photos.exists()


def test_a_gallery_needs_a_photo_with_words(as_siti, draft, words):
    words |= {"type": "galeri", "deed": "send", "version": version_of(draft)}
    assertContains(as_siti.post(address(key=draft.client_uuid), words), "paling sedikit satu foto")

    name = upload(as_siti, draft.client_uuid, picture()).json()["uuid"]
    draft.refresh_from_db()
    words |= {"version": version_of(draft), "photo": [name]}
    assertContains(as_siti.post(address(key=draft.client_uuid), words), "Tulis apa yang terlihat di foto ini.")

    as_siti.post(address(key=draft.client_uuid), words | {f"foto-{name}-alt": "Balita ditimbang", "photo": [name]})
    draft.refresh_from_db()
    assert draft.status != "draft"
    assert draft.lead_photo.alt == "Balita ditimbang"


@pytest.mark.django_db(transaction=True)
def test_one_photo_sent_by_two_threads_is_stored_once(siti, draft):
    found = at_once(*[lambda: writing.add_photo(Post.objects.get(pk=draft.pk), picture()).uuid] * 3)

    assert len(found) == 3
    assert len(set(found)) == 1
    assert draft.photos.count() == 1


# Sent with the photos that were seen


def sending(draft, *photos, **words):
    """A form that names these photos, each with words."""
    draft.refresh_from_db()
    names = [str(photo) for photo in photos]
    alts = {f"foto-{name}-alt": "Balita ditimbang" for name in names}
    return words | alts | {"photo": names, "version": version_of(draft), "deed": "send"}


def test_a_post_is_sent_only_with_all_the_photos_that_its_sender_names(as_siti, draft, words):
    there = upload(as_siti, draft.client_uuid, picture()).json()["uuid"]
    on_its_way = uuid.uuid5(draft.client_uuid, writing.digest_of(picture(color="red")))

    told = as_siti.post(address(key=draft.client_uuid), sending(draft, there, on_its_way, **words), headers=JSON)

    draft.refresh_from_db()
    assert (told.status_code, told.json()["state"], draft.status) == (409, "photos", "draft")
    assert [photo["uuid"] for photo in told.json()["photos"]] == [there]
    assert draft.title == words["title"]

    upload(as_siti, draft.client_uuid, picture(color="red"))
    told = as_siti.post(address(key=draft.client_uuid), sending(draft, there, on_its_way, **words), headers=JSON)
    assert told.json()["state"] == "sent"


def test_a_photo_that_another_device_added_is_looked_at_first_and_keeps_its_words(as_siti, draft, words):
    seen, unseen = (
        upload(as_siti, draft.client_uuid, picture(color=color)).json()["uuid"] for color in ("red", "blue")
    )
    Photo.objects.filter(uuid=unseen).update(alt="Dari HP lain", caption="Sore hari")
    form = sending(draft, seen, **words)

    answer = as_siti.post(address(key=draft.client_uuid), form)

    assert answer.status_code == 409
    assertContains(answer, "Foto kegiatan ini berubah di perangkat lain.", status_code=409)
    assertContains(answer, "Dari HP lain", status_code=409)
    assert list(draft.photos.values_list("alt", "caption")) == [("Balita ditimbang", ""), ("Dari HP lain", "Sore hari")]

    form |= {"title": "Posyandu lagi", "version": answer.context["version"]}
    for line in answer.context["lines"]:
        form |= {line.add_prefix("alt"): line["alt"].value(), line.add_prefix("caption"): line["caption"].value()}
    form["photo"] = [seen, unseen]
    assert as_siti.post(address(key=draft.client_uuid), form).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.status != "draft") == ("Posyandu lagi", True)
    assert draft.photos.last().caption == "Sore hari"


def test_what_was_saved_with_a_photo_without_words_is_known_to_the_page(as_siti, draft, words):
    name = upload(as_siti, draft.client_uuid, picture()).json()["uuid"]
    form = sending(draft, name, **words) | {f"foto-{name}-alt": ""}

    refused = as_siti.post(address(key=draft.client_uuid), form)
    assertContains(refused, "Tulis apa yang terlihat di foto ini.")
    form |= {f"foto-{name}-alt": "Balita", "title": "Judul lain", "version": refused.context["version"]}

    assert as_siti.post(address(key=draft.client_uuid), form).status_code == 302


def at_once(*deeds):
    """Do these in threads at the same moment; what each returned."""
    start = threading.Barrier(len(deeds))

    def carry_out(deed):
        start.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(carry_out, deeds))


@pytest.mark.django_db(transaction=True)
def test_while_a_post_is_sent_no_photo_slips_in_or_out(as_siti, siti, draft, words):
    def phone():
        client = Client()
        client.force_login(siti)
        return client

    def post(form):
        return lambda: phone().post(address(key=draft.client_uuid), form, headers=JSON)

    one, two, three = (
        str(uuid.uuid5(draft.client_uuid, writing.digest_of(picture(color=color))))
        for color in ("red", "green", "blue")
    )
    for _round in range(3):
        for color in ("red", "green"):
            upload(as_siti, draft.client_uuid, picture(color=color))
        first, second = (sending(draft, one, other, **words) for other in (two, three))

        at_once(
            post(first),
            post(second),
            post(first | {"deed": f"remove:{two}"}),
            lambda: upload(phone(), draft.client_uuid, picture(color="blue")),
        )

        draft.refresh_from_db()
        there = {str(photo.uuid) for photo in draft.photos.all()}
        assert draft.status == "draft" or there in ({one, two}, {one, three})
        Post.objects.filter(pk=draft.pk).update(status="draft")


def test_other_words_for_a_post_that_was_sent_are_not_thrown_away(as_siti, words):
    key = uuid.uuid4()
    as_siti.post(address(key=key), words | {"deed": "send"})
    late = words | {"title": "Judul dari laptop", "deed": "save"}

    page, told = (as_siti.post(address(key=key), late, headers=headers) for headers in ({}, JSON))

    assertContains(page, "Kegiatan ini sudah dikirim", status_code=409)
    assertContains(page, 'value="Judul dari laptop"', status_code=409)
    assert told.json() == {"state": "late", "next": Post.objects.get().own_path}
    assert Post.objects.get().title == words["title"]


def test_an_agenda_sent_twice_is_the_same_by_whatever_clock(as_siti, words):
    key = uuid.uuid4()
    words |= {"type": "agenda", "starts_at": "2026-12-01T09:00", "venue": "Balai desa", "deed": "send"}

    first, second = (as_siti.post(address(key=key), words) for _time in range(2))

    assert (first.status_code, first.url) == (second.status_code, second.url)
    post = Post.objects.get()
    assert post.facts["starts_at"] == "2026-12-01T01:00:00+00:00"


# Without a script: the words first, then the photos


def test_without_a_script_the_words_are_stored_before_a_photo_is_chosen(as_siti, words):
    key = uuid.uuid4()

    chosen = as_siti.post(address(key=key), words | {"deed": "photos"}, follow=True)

    post = Post.objects.get()
    assert chosen.redirect_chain == [(address("write_photo", key), 302)]
    assertContains(chosen, words["title"])
    assert (post.title, post.status) == (words["title"], "draft")

    added = as_siti.post(address("write_photo", key), {"file": [picture(), picture(color="red")]}, follow=True)
    assertContains(added, words["title"])
    assert post.photos.count() == 2


def test_one_bad_file_among_good_ones_is_named_on_the_page_of_photos_and_the_good_ones_are_there(as_siti, draft):
    files = [picture(), SimpleUploadedFile("surat.jpg", b"bukan foto", "image/jpeg"), picture(color="red")]

    answer = as_siti.post(address("write_photo", draft.client_uuid), {"file": files})

    assertContains(answer, "surat.jpg: Berkas ini bukan foto yang dapat kami baca.")
    assertContains(answer, 'aria-invalid="true"')
    assert [line.instance for line in answer.context["lines"]] == list(draft.photos.all())
    assert draft.photos.count() == 2


def test_who_chose_no_photo_is_asked_to(as_siti, draft):
    assertContains(as_siti.post(address("write_photo", draft.client_uuid)), "Pilih fotonya.")


def test_photos_that_come_with_the_words_come_with_theirs_though_one_is_no_photo(as_siti, words):
    files = [picture(), SimpleUploadedFile("surat.jpg", b"bukan foto", "image/jpeg"), picture(color="red")]
    form = words | {"photos": files, "photos-alt": ["Balita", "Surat", "Ibu-ibu"], "deed": "send"}
    form["photos-caption"] = ["Posyandu", "Undangan", ""]

    answer = as_siti.post(address(), form)

    assertContains(answer, "surat.jpg: Berkas ini bukan foto yang dapat kami baca.")
    post = Post.objects.get()
    assert post.status == "draft"
    assert list(post.photos.values_list("alt", "caption")) == [("Balita", "Posyandu"), ("Ibu-ibu", "")]


# Signed out in the middle


def sign_in_again(client, user, wanted):
    client.get(wanted)  # the browser shows the page to sign in
    client.force_login(user)
    return client.get(wanted)


def test_what_was_typed_is_there_after_signing_in_again(client, siti, mekar, words):
    key = uuid.uuid4()
    form = words | {"writer": siti.pk, "deed": "send"}

    answer = client.post(address(key=key), form)
    assert answer.url.startswith(reverse("account_login"))
    page = sign_in_again(client, siti, address(key=key))

    assertContains(page, words["title"])
    assertContains(page, "Lima puluh balita ditimbang.")
    assertContains(page, "Tulisan Anda tidak hilang.")
    assertNotContains(page, FILES_LOST)
    assertNotContains(client.get(address(key=key)), words["title"])
    assert not Post.objects.exists()
    client.post(address(key=key), form)
    assert Post.objects.get().status != "draft"


def test_a_photo_that_was_sent_along_is_said_to_be_lost_after_signing_in_again(client, siti, mekar, words):
    key = uuid.uuid4()

    client.post(address(key=key), words | {"writer": siti.pk, "photos": [picture()]})
    page = sign_in_again(client, siti, address(key=key))

    assertContains(page, "Tulisan Anda tidak hilang.")
    assertContains(page, FILES_LOST)


def test_the_photos_of_a_draft_keep_what_was_typed_for_them_before_signing_in_again(client, siti, draft, words):
    photo = writing.add_photo(draft, picture())
    form = words | {"writer": siti.pk, "photo": [photo.uuid], f"foto-{photo.uuid}-alt": "Balita ditimbang"}
    form |= {"version": version_of(draft), "title": "Judul baru", "deed": "send"}

    client.post(address(key=draft.client_uuid), form)
    page = sign_in_again(client, siti, address(key=draft.client_uuid))

    assertContains(page, "Judul baru")
    assertContains(page, "Balita ditimbang")
    assert page.context["version"] == form["version"]


def test_what_one_person_typed_is_not_shown_to_the_next(client, siti, mekar, joko, words):
    mekar.memberships.create(user=joko, name="Joko")
    key = uuid.uuid4()

    client.post(address(key=key), words | {"writer": siti.pk})

    assertNotContains(sign_in_again(client, joko, address(key=key)), words["title"])
    assertNotContains(sign_in_again(client, siti, address(key=key)), words["title"])


def test_what_was_typed_for_a_post_that_another_device_sent_is_shown_after_signing_in(client, siti, mekar, words):
    key = uuid.uuid4()
    client.force_login(siti)
    client.post(address(key=key), words | {"deed": "send"})
    client.logout()

    client.post(address(key=key), words | {"title": "Judul lain", "writer": siti.pk})
    page = sign_in_again(client, siti, address(key=key))

    assertContains(page, "Kegiatan ini sudah dikirim", status_code=409)
    assertContains(page, 'value="Judul lain"', status_code=409)


def test_a_session_holds_no_endless_text(client, siti, mekar, words):
    client.post(address(), words | {"body": "a" * signed_out.MOST_HELD, "writer": siti.pk})

    assert signed_out.HELD not in client.session


def test_a_form_that_was_open_too_long_shows_what_was_typed_in_it(siti, mekar, words):
    client = Client(enforce_csrf_checks=True)
    client.force_login(siti)

    answer = client.post(address(), words | {"password": "kata sandi saya"})

    assertContains(answer, "Lima puluh balita ditimbang.", status_code=403)
    assertContains(answer, words["title"], status_code=403)
    assertNotContains(answer, "kata sandi saya", status_code=403)


WORST = [
    ("JPEG", (7300, 5479), "RGB", {}),
    ("JPEG", (4000, 3000), "CMYK", {"progressive": True, "subsampling": 0}),
    ("PNG", (4000, 3000), "RGBA", {}),
    ("WEBP", (2800, 2140), "RGBA", {"quality": 1}),
    ("AVIF", (3264, 2448), "RGBA", {"quality": 1, "speed": 10, "subsampling": "4:4:4"}),
    ("HEIF", (5712, 4284), "RGB", {"quality": 1}),
    ("HEIF", (4000, 3000), "RGBA", {"quality": 1, "chroma": 444}),
]
COST = """
import re, sys
from accounts.images import prepare_photo
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
prepare_photo(open(sys.argv[2], "rb"))  # what reads pictures is loaded with the first
before = peak()
prepare_photo(open(sys.argv[1], "rb"))
print(peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Memory is read from /proc.")
@pytest.mark.parametrize(("form", "size", "mode", "options"), WORST)
def test_the_worst_photo_allowed_costs_a_process_at_most_150_megabytes(tmp_path, form, size, mode, options):
    color = (1, 2, 3) if mode == "RGB" else (1, 2, 3, 200)
    Image.new(mode, size, color).save(tmp_path / "worst", form, **options)
    Image.new("RGB", (640, 400)).save(tmp_path / "first", form)

    told = subprocess.run(
        [sys.executable, "-c", COST, tmp_path / "worst", tmp_path / "first"],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
    )

    assert float(told.stdout) <= 150


# A device


def test_a_device_is_answered_in_json(as_siti, words):
    key = uuid.uuid4()
    saved = as_siti.post(address(key=key), words | {"deed": "save"}, headers=JSON).json()
    refused = as_siti.post(address(key=key), words | {"title": "", "deed": "send"}, headers=JSON)
    differs = as_siti.post(address(key=key), words | {"version": "old", "title": "Lain", "deed": "save"}, headers=JSON)

    assert saved["state"] == "saved"
    assert (refused.json()["state"], refused.json()["errors"]["title"]) == ("refused", ["Tulis judulnya."])
    assert (differs.status_code, differs.json()["there"]["duties"]) == (409, ["diseminasi"])
    sent = as_siti.post(address(key=key), words | {"deed": "send"}, headers=JSON).json()
    own_path = address("own_post", Post.objects.get().pk)
    assert sent == {"state": "sent", "next": f"{own_path}?terkirim=kegiatan"}

    page = as_siti.get(sent["next"], follow=True)
    assert page.redirect_chain == [(own_path, 302)]
    assertContains(page, "Kegiatan terkirim dan menunggu diperiksa.")
    assertNotContains(as_siti.get(own_path), "Kegiatan terkirim dan menunggu diperiksa.")


def test_a_device_learns_whose_key_it_has(as_siti, siti):
    answer = as_siti.get(reverse("activities:write_key"))

    assert answer.json()["user"] == siti.pk
    assert len(answer.json()["token"]) > 20
    assert answer["Cache-Control"] == "private, no-store"


def test_a_preview_is_as_safe_as_the_page(as_siti):
    answer = as_siti.post(reverse("activities:write_preview"), {"body": "**Tebal** <script>alert(1)</script>"})

    assert "<strong>Tebal</strong>" in answer.text
    assert "<script" not in answer.text


def test_a_draft_is_thrown_away_with_its_photos_and_what_was_sent_is_not(as_siti, draft, make_post):
    upload(as_siti, draft.client_uuid, picture())
    sent = make_post("Terkirim", status="submitted")

    for post in (draft, sent):
        as_siti.post(address("write_discard", post.client_uuid))

    assert list(Post.objects.all()) == [sent]
    assert not Photo.objects.exists()


def test_own_posts_are_listed_by_what_they_wait_for(as_siti, make_post, mekar, joko):
    for status in ("draft", "returned", "submitted", "published", "hidden"):
        post = make_post(f"Post {status}", status=status)
        if status == "returned":
            post.reviews.create(decision="returned", reason="incomplete", note="Siapa yang hadir?", by=joko)

    answer = as_siti.get(reverse("activities:own_posts"))

    assert [part.title for part in answer.context["parts"]] == [
        "Perlu perbaikan", "Draf", "Menunggu diperiksa", "Terbit", "Tidak tampil",
    ]  # fmt: skip
    assertContains(answer, "Siapa yang hadir?")
    assertNotContains(answer, "ditulis")


def test_a_chair_reads_whose_each_post_is(as_siti, make_post, mekar, joko):
    make_post("Post Siti", status="published")
    make_post("Post Joko", status="published", author=joko)

    assertContains(as_siti.get(reverse("activities:own_posts")), f"ditulis {joko.get_full_name()}", count=1)
