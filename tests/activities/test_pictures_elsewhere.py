"""Pictures of published posts where others show them: readers of feeds, and whoever shares a link."""

import io
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from accounts.images import prepare_photo
from activities.models import Photo

pytestmark = pytest.mark.django_db

POLICY = "Cross-Origin-Resource-Policy"


@pytest.fixture
def photo(make_post):
    file = io.BytesIO()
    Image.new("RGB", (400, 900), "teal").save(file, "JPEG")
    prepared = prepare_photo(file)
    post = make_post(title="Panen raya")
    photo = Photo.objects.create(post=post, alt="Sawah", width=prepared.width, height=prepared.height)
    photo.store(prepared)
    post.lead_photo = photo
    post.save()
    return photo


def test_readers_of_feeds_may_show_photos_and_covers_of_published_posts(client, photo, make_post):
    drawn = make_post(title="Rapat desa")
    pictures = [photo.url(name) for name in Photo.NAMES]
    pictures += [drawn.cover_url, drawn.og_image_url, f"/sampul/kegiatan-{drawn.pk}-1.jpg"]

    assert {client.get(address)[POLICY] for address in pictures} == {"cross-origin"}
    assert client.get(photo.src1280, headers={"Save-Data": "on"})[POLICY] == "cross-origin"


def test_a_copy_that_is_still_good_keeps_its_policy(client, make_post):
    address = make_post().cover_url
    answer = client.get(address, headers={"If-None-Match": client.get(address)["ETag"]})

    assert answer.status_code == 304
    assert POLICY not in answer


def test_nothing_else_is_for_pages_of_others(client, photo, siti):
    client.force_login(siti)
    for address in ("/", photo.post.get_absolute_url(), "/feed/", "/ruang/", f"/ruang/foto/{photo.uuid}/640.webp"):
        answer = client.get(address)
        assert (answer.status_code, answer[POLICY]) == (200, "same-origin"), address


def test_a_photo_that_is_hidden_is_not_for_them_either(client, photo, made):
    photo.hide(by=made, reason="other")

    answer = client.get(photo.src640)

    assert (answer.status_code, answer[POLICY]) == (404, "same-origin")


def test_every_page_tells_the_true_size_of_the_picture_that_goes_with_its_link(client, photo, make_post, mekar, places):
    drawn, hoax = make_post(title="Rapat desa"), make_post(title="Beras plastik", is_hoax=True)
    pages = [photo.post, drawn, hoax, mekar, places["64.02"]]

    for address in ["/", "/en/", "/kegiatan/", "/akun/login/", *(page.get_absolute_url() for page in pages)]:
        told = dict(re.findall(r'<meta property="(og:image[a-z:]*)" content="([^"]+)">', client.get(address).text))
        with Image.open(picture_at(client, told["og:image"].removeprefix(settings.SITE_URL))) as picture:
            assert (told["og:image:width"], told["og:image:height"]) == tuple(map(str, picture.size)), address


def picture_at(client, path):
    if path.startswith(settings.STATIC_URL):
        return finders.find(path.removeprefix(settings.STATIC_URL))
    return io.BytesIO(client.get(path).getvalue())
