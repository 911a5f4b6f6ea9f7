"""What a visitor reads when something broke: our page, our words, and whether it is worth asking again."""

import base64
import errno
import io
import re
from hashlib import sha256
from urllib.parse import urlencode

import psycopg
import pytest
from botocore.exceptions import EndpointConnectionError
from conftest import break_posts, make_officer
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from PIL import Image

from activities.models import Photo
from pages import limits
from pages.typed import FILES_LOST

pytestmark = pytest.mark.django_db


@pytest.fixture
def breaks(monkeypatch):
    def with_this(error):
        def fail(*_args):
            raise error

        break_posts(monkeypatch, fail)
        return Client(raise_request_exception=False)

    return with_this


def test_a_cut_connection_to_the_database_is_said_to_be_short(breaks):
    answer = breaks(OperationalError("server closed the connection unexpectedly")).get("/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Sedang beristirahat sebentar" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert "server closed" not in answer.text


def test_a_script_is_told_so_in_one_sentence(breaks):
    answer = breaks(OperationalError()).get("/", headers={"accept": "application/json"})

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.text.startswith("Portal belum dapat dihubungi.")
    assert "<" not in answer.text


@pytest.mark.session
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/", "/ruang/kegiatan/", "/petugas/"])
def test_a_connection_that_was_really_cut_is_one_page_of_rest_and_then_mended(siti, address):
    client = Client(raise_request_exception=False)
    client.force_login(siti)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])

    cut = client.get(address)
    connection.close()  # as Django does between two requests

    assert (cut.status_code, cut["Retry-After"]) == (503, "30")
    assert "Sedang beristirahat sebentar" in cut.text
    assert not cut.cookies
    assert client.get(address).status_code in (200, 302)


def test_a_mistake_of_ours_is_called_one(breaks):
    answer = breaks(ZeroDivisionError()).get("/")

    assert answer.status_code == 500
    assert "Retry-After" not in answer
    assert "Ada yang salah di tempat kami" in answer.text


def of_a_row_that_is_gone():
    error = IntegrityError("insert or update violates foreign key constraint")
    error.__cause__ = psycopg.errors.ForeignKeyViolation()
    return error


def test_what_was_taken_back_at_that_moment_is_no_mistake_of_ours(breaks):
    page = breaks(of_a_row_that_is_gone()).get("/")
    told = breaks(of_a_row_that_is_gone()).get("/", headers={"accept": "application/json"})

    assert (page.status_code, told.status_code) == (410, 410)
    assert "baru saja ditarik petugas" in page.text
    assert told.text == "Yang Anda tuju baru saja ditarik petugas, jadi tidak ada yang tersimpan."
    assert breaks(IntegrityError()).get("/").status_code == 500


def test_both_speak_english_where_the_page_did(breaks):
    assert "Taking a short rest" in breaks(OperationalError()).get("/en/").text
    assert "Something went wrong on our side" in breaks(ZeroDivisionError()).get("/en/").text


def addresses_of(patterns, before="/"):
    """An address of each pattern, with a NUL in whatever may be any text."""
    samples = {"int": "7", "uuid": "7d1f2c4e-7f3b-4f0e-9d0a-2f1f5f8f0a11"}
    for each in patterns:
        address = before + re.sub(r"<(?:(\w+):)?\w+>", lambda part: samples.get(part[1], "a%00b"), str(each.pattern))
        if "(?" in address:
            continue
        if isinstance(each, URLPattern):
            yield address
        else:
            yield from addresses_of(each.url_patterns, address)


def test_a_nul_in_an_address_is_a_page_that_does_not_exist():
    asked = [address for address in addresses_of(get_resolver().url_patterns) if "%00" in address]
    client = Client(raise_request_exception=False)

    answers = {
        address: client.get(address) for address in [*asked, "/en/verifikasi/%00/", "/verifikasi/%00/piagam.pdf"]
    }

    assert len(asked) > 20
    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 404} == {}
    assert "Halaman ini tidak ada" in answers["/verifikasi/a%00b/"].text


@pytest.mark.parametrize("form", [{"text": "a" * 3_000_000}, {f"field-{at}": "a" for at in range(1_100)}])
def test_what_is_more_than_is_read_is_said_to_be_too_large(client, siti, mekar, form):
    client.force_login(siti)

    answer = client.post(f"/ruang/kim/{mekar.slug}/gabung/", urlencode(form), "application/x-www-form-urlencoded")

    assert answer.status_code == 413
    assert "Kiriman ini terlalu besar" in answer.text
    assert "tulisan yang lebih pendek" in answer.text
    assert "Tidak ada yang tersimpan dari kiriman ini." in answer.text


# The disk of the photos, or the store that keeps them -----------------------------------------------------------------

FULL = OSError(errno.ENOSPC, "No space left on device")
GONE = EndpointConnectionError(endpoint_url="http://10.0.0.9")


@pytest.mark.parametrize("error", [FULL, GONE])
def test_a_photo_that_finds_no_room_is_sent_again_later_and_nothing_is_kept_by_half(
    monkeypatch, siti, mekar, make_post, error
):
    draft, client = make_post("Draf", status="draft"), Client(raise_request_exception=False)
    client.force_login(siti)
    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", lambda *_args: fail_with(error))
        answer = send(client, draft)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert answer.text.startswith("Portal belum dapat dihubungi.")
        assert not draft.photos.exists()

    assert send(client, draft).status_code == 200
    assert draft.photos.count() == 1


def fail_with(error):
    raise error


def send(client, draft):
    photo = io.BytesIO()
    Image.new("RGB", (1600, 1200)).save(photo, "JPEG")
    file = SimpleUploadedFile("foto.jpg", photo.getvalue(), "image/jpeg")
    url = reverse("activities:write_photo", args=[draft.client_uuid])
    return client.post(url, {"file": file}, headers={"accept": "application/json"})


def test_while_the_store_of_photos_is_away_pages_are_read_and_a_photo_is_asked_for_later(monkeypatch, make_post):
    photo = Photo.objects.create(post=make_post(), alt="Balita ditimbang", width=640, height=400)
    monkeypatch.setattr(default_storage, "open", lambda *_args: fail_with(GONE))
    client = Client(raise_request_exception=False)

    assert client.get(photo.post.get_absolute_url()).status_code == 200
    assert client.get(photo.src640).status_code == 503


# What was typed -------------------------------------------------------------------------------------------------------

TYPED = {"text": "Panen raya di <b>Loa Ipuh</b>.\nHasilnya naik.", "name": "Siti", "password": "rahasia sekali"}


@pytest.mark.parametrize(("error", "status"), [(OperationalError(), 503), (ZeroDivisionError(), 500)])
def test_what_was_sent_when_the_portal_broke_is_there_to_be_copied(breaks, error, status):
    client = breaks(error)

    answer = client.post("/lapor/kegiatan/7/", TYPED)

    assert answer.status_code == status
    assert "Panen raya di &lt;b&gt;Loa Ipuh&lt;/b&gt;.\nHasilnya naik.</textarea>" in answer.text
    assert "mungkin belum tersimpan" in answer.text
    assert "rahasia" not in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert "belum tersimpan" not in client.get("/lapor/kegiatan/7/").text


def test_files_that_were_sent_when_the_portal_broke_are_to_be_chosen_again(breaks):
    file = SimpleUploadedFile("foto.jpg", b"foto", "image/jpeg")

    assert str(FILES_LOST) in breaks(ZeroDivisionError()).post("/lapor/kegiatan/7/", {"file": file}).text


def test_what_was_sent_too_often_is_there_to_be_copied(monkeypatch, client, siti, mekar):
    monkeypatch.setitem(limits.SENT, "message", limits.Most(account=0, account_an_hour=9, ip=9))
    client.force_login(siti)

    answer = client.post(f"/ruang/kim/{mekar.slug}/gabung/", TYPED)

    assert answer.status_code == 429
    assert "Hasilnya naik.</textarea>" in answer.text
    assert "Tidak tersimpan." in answer.text


# The pages of nginx and Varnish, while the portal itself is away ------------------------------------------------------

DEPLOY = settings.BASE_DIR / "deploy"


@pytest.mark.parametrize("name", ["unavailable", "not-found", "not-understood"])
@pytest.mark.parametrize("server", ["nginx.conf", "varnish.vcl"])
def test_a_page_of_the_server_in_front_is_allowed_its_looks(name, server):
    style = re.search(r"<style>(.*?)</style>", (DEPLOY / f"errors/{name}.html").read_text(), re.DOTALL)[1]

    known_by = base64.b64encode(sha256(style.encode()).digest()).decode()

    assert f"style-src 'sha256-{known_by}'" in (DEPLOY / server).read_text()


def test_what_was_sent_to_a_page_that_is_not_there_is_shown(client):
    answer = client.post("/tidak-ada/", {"note": "Rapat di balai desa."})

    assert answer.status_code == 404
    assert "Rapat di balai desa." in answer.text
    assert "tidak tersimpan" not in client.get("/tidak-ada/").text


def test_what_was_sent_by_who_may_not_is_shown(client, made, mekar, places, with_second_factor):
    client.force_login(with_second_factor(make_officer("Wati", places["64"])))

    answer = client.post(f"/petugas/communities/community/{mekar.pk}/langkah/bekukan/", {"note": "Tidak lagi aktif."})

    assert answer.status_code == 403
    assert "Tidak lagi aktif." in answer.text
