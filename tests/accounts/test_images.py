"""What becomes of a photo, and of what only claims to be one."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

from accounts.images import BUDGETS, prepare_photo
from activities.models import Photo


def photo(size=(1600, 1200), form="JPEG", mode="RGB", **options):
    file = io.BytesIO()
    grains = Image.effect_noise((size[0] // 8, size[1] // 8), 60)
    grains.resize(size, Image.Resampling.BICUBIC).convert(mode).save(file, form, **options)
    return file


def test_a_photo_is_kept_in_three_widths_and_as_a_card():
    prepared = prepare_photo(photo())

    sizes = {name: Image.open(io.BytesIO(content)).size for name, content in prepared.files.items()}
    assert sizes == {"320.webp": (320, 240), "640.webp": (640, 480), "1280.webp": (1280, 960), "og.jpg": (1200, 630)}
    assert (prepared.width, prepared.height) == (1280, 960)


def test_a_phone_reads_a_photo_of_at_most_40_kilobytes():
    prepared = prepare_photo(photo())

    for width, budget in BUDGETS.items():
        assert len(prepared.files[f"{width}.webp"]) <= budget


def test_a_small_photo_is_never_made_larger():
    prepared = prepare_photo(photo((400, 300)))

    assert Image.open(io.BytesIO(prepared.files["1280.webp"])).size == (400, 300)


def test_no_copy_says_where_or_by_whom_a_photo_was_taken():
    exif = Image.Exif()
    exif[0x010E] = "Rumah Siti"
    exif.get_ifd(0x8825)[2] = (1.0, 2.0, 3.0)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "rahasia")

    for file in (photo(exif=exif, comment=b"rahasia"), photo(form="PNG", pnginfo=text), photo(form="WEBP", exif=exif)):
        for content in prepare_photo(file).files.values():
            image = Image.open(io.BytesIO(content))
            assert not image.getexif()
            assert not {"exif", "comment", "icc_profile", "xmp", "Comment"} & image.info.keys()
            assert b"rahasia" not in content
            assert b"Rumah Siti" not in content


def test_a_photo_held_upright_stays_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert prepare_photo(photo((800, 400), exif=exif)).height == 800


# Saving data


@pytest.fixture
def stored(make_post):
    photo = Photo.objects.create(post=make_post(), alt="Panen", width=640, height=400)
    for name in Photo.NAMES:
        default_storage.save(photo.path(name), ContentFile(name.encode()))
    return photo


def asked(client, photo, name, **headers):
    answer = client.get(photo.url(name), headers=headers)
    return answer, answer.getvalue().decode()


@pytest.mark.parametrize("name", ["640.webp", "1280.webp"])
def test_whoever_saves_data_gets_the_smallest_copy(client, stored, name):
    answer, content = asked(client, stored, name, save_data="on", sec_fetch_dest="image")

    assert content == "320.webp"
    assert answer["Cache-Control"] == "private, no-cache"
    assert client.get(stored.url(name), headers={"Save-Data": "on", "If-None-Match": answer["ETag"]}).status_code == 304
    # Who saves no more is not told that the small copy is still right.
    assert asked(client, stored, name, if_none_match=answer["ETag"])[1] == name


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("640.webp", {}),
        ("640.webp", {"save_data": "off"}),
        ("640.webp", {"save_data": "on", "cookie": "hemat=off"}),
        ("1280.webp", {"save_data": "on", "sec_fetch_dest": "document"}),
        ("320.webp", {"save_data": "on"}),
        ("og.jpg", {"save_data": "on"}),
    ],
)
def test_anyone_else_gets_what_was_asked_for_and_may_keep_it(client, stored, name, headers):
    answer, content = asked(client, stored, name, **headers)

    assert content == name
    assert "immutable" in answer["Cache-Control"]


def test_a_choice_made_here_comes_before_that_of_the_browser(client, stored):
    assert asked(client, stored, "640.webp", cookie="hemat=on")[1] == "320.webp"


def test_a_hidden_photo_has_no_small_copy_either(client, stored):
    Photo.objects.update(is_hidden=True)

    assert client.get(stored.url("640.webp"), headers={"Save-Data": "on"}).status_code == 404
