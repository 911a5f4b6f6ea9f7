"""What becomes of a photo, and of what only claims to be one."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from activities.images import BUDGETS, PhotoRefused, prepare_photo


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


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1", "I;16"])
def test_every_kind_of_colour_can_be_read(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    file = io.BytesIO()
    image = Image.effect_noise((300, 300), 60)
    (Image.new(mode, (300, 300)) if mode == "I;16" else image.convert(mode)).save(file, form)

    assert prepare_photo(file).width == 300


def bomb():
    """A PNG header of 20,000 x 20,000 pixels in a few bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


def animation():
    file = io.BytesIO()
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    return file


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (io.BytesIO(), "kosong"),
        (io.BytesIO(b"x" * 10_485_761), "10 MB"),
        (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "bukan foto"),
        (io.BytesIO(b"GIF89a" + b"\0" * 50), "bukan foto"),
        (io.BytesIO(photo().getvalue()[:5000]), "bukan foto"),
        (bomb(), "40 megapiksel"),
        (animation(), "bergerak"),
        (photo((199, 300)), "terlalu kecil"),
        (photo((2200, 210)), "terlalu panjang"),
    ],
)
def test_what_is_not_a_fit_photo_is_refused_with_a_sentence(file, sentence):
    with pytest.raises(PhotoRefused, match=sentence):
        prepare_photo(file)
