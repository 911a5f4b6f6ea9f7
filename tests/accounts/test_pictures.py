"""Which files are read as a picture, how they then look, and what is said of the others."""

import io
import random
import struct
import warnings
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from accounts import pictures
from accounts.photo_limits import PhotoRefused
from accounts.pictures import read_upright

DATA = Path(__file__).parent / "data"
ORANGE, GREEN, BLUE, WHITE = CORNERS = [(200, 100, 50), (20, 160, 80), (40, 60, 220), (250, 250, 250)]
SIZE = WIDTH, HEIGHT = 400, 300


def card(mode="RGB"):
    """Four colours, one in each corner."""
    image = Image.new("RGB", SIZE)
    for number, colour in enumerate(CORNERS):
        left, top = number % 2 * WIDTH // 2, number // 2 * HEIGHT // 2
        image.paste(colour, (left, top, left + WIDTH // 2, top + HEIGHT // 2))
    if mode == "I;16":
        return image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    return image.quantize(8) if mode == "P" else image.convert(mode)


def saved(image, form, **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file


def corners(image):
    """The colours a quarter of the way in from each corner."""
    places = [
        (x, y) for y in (image.height // 4, image.height * 3 // 4) for x in (image.width // 4, image.width * 3 // 4)
    ]
    return [image.getpixel(place) for place in places]


def look_alike(found, wanted, within=4):
    return all(
        abs(one - other) <= within
        for first, second in zip(found, wanted, strict=True)
        for one, other in zip(first, second, strict=True)
    )


MORE = {"save_all": True, "append_images": [card("L")]}
CLEAR = [(255, 255, 255), *CORNERS[1:]]
GREYS = [(shade,) * 3 for shade in (124, 109, 72, 250)]
READ = {
    "a JPEG": ("JPEG", "RGB", {"quality": 95}, CORNERS),
    "a progressive JPEG": ("JPEG", "RGB", {"quality": 95, "progressive": True}, CORNERS),
    "a grey JPEG": ("JPEG", "L", {"quality": 95}, GREYS),
    "a JPEG for printing": ("JPEG", "CMYK", {"quality": 95}, CORNERS),
    "a JPEG with several pictures": ("MPO", "RGB", {"quality": 95} | MORE, CORNERS),
    "a PNG": ("PNG", "RGB", {}, CORNERS),
    "a PNG with a palette": ("PNG", "P", {}, CORNERS),
    "a PNG with a palette and a clear colour": ("PNG", "P", {"transparency": card("P").getpixel((0, 0))}, CLEAR),
    "a PNG with transparency": ("PNG", "RGBA", {}, CORNERS),
    "a PNG with a clear colour": ("PNG", "RGB", {"transparency": ORANGE}, CLEAR),
    "a grey PNG": ("PNG", "L", {}, GREYS),
    "a grey PNG with transparency": ("PNG", "LA", {}, GREYS),
    "a grey PNG of 16 bits": ("PNG", "I;16", {}, GREYS),
    "a grey PNG of 16 bits with a clear shade": ("PNG", "I;16", {"transparency": 65535}, GREYS),
    "a WebP": ("WEBP", "RGB", {"quality": 95}, CORNERS),
    "a WebP with transparency": ("WEBP", "RGBA", {"lossless": True}, CORNERS),
    "an AVIF": ("AVIF", "RGB", {"quality": 95}, CORNERS),
    "an AVIF with transparency": ("AVIF", "RGBA", {"quality": 95}, CORNERS),
    "a HEIC": ("HEIF", "RGB", {"quality": 95}, CORNERS),
    "a HEIC of tiles, as iPhones make it": ("HEIF", "RGB", {"quality": 95, "tile_size": 128}, CORNERS),
    "a HEIC with transparency": ("HEIF", "RGBA", {"quality": 95}, CORNERS),
    "a grey HEIC of 10 bits": ("HEIF", "I;16", {"quality": 95}, GREYS),
    "a HEIC with several pictures": ("HEIF", "RGB", {"quality": 95} | MORE, CORNERS),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_it_looks_as_it_did_to_who_sent_it(name):
    form, mode, options, colours = READ[name]

    image = read_upright(saved(card(mode), form, **options), 1000)

    assert (image.mode, image.size, image.info) == ("RGB", SIZE, {})
    assert look_alike(corners(image), colours)


@pytest.mark.parametrize("name", READ)
def test_it_looks_the_same_when_it_is_made_smaller(name):
    form, mode, options, colours = READ[name]

    image = read_upright(saved(card(mode), form, **options), 200)

    assert max(image.size) <= 200
    assert look_alike(corners(image), colours)


def test_a_photo_in_black_and_white_keeps_its_greys_when_it_is_made_smaller():
    image = read_upright(saved(Image.linear_gradient("L").resize(SIZE).convert("1"), "PNG"), 200)

    assert 60 < image.getpixel((100, 75))[0] < 200


def test_the_portrait_of_a_phone_is_its_first_picture():
    with (DATA / "foto-mpo-1mp.jpg").open("rb") as file:
        image = read_upright(file, 600)

    assert image.size == (600, 450)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(("way", "upright"), [
    (2, [GREEN, ORANGE, WHITE, BLUE]), (3, [WHITE, BLUE, GREEN, ORANGE]), (4, [BLUE, WHITE, ORANGE, GREEN]),
    (5, [ORANGE, BLUE, GREEN, WHITE]), (6, [BLUE, ORANGE, WHITE, GREEN]), (7, [WHITE, GREEN, BLUE, ORANGE]),
    (8, [GREEN, WHITE, ORANGE, BLUE]),
])  # fmt: skip
def test_it_stands_as_it_was_held(form, way, upright):
    exif = Image.Exif()
    exif[0x0112] = way

    image = read_upright(saved(card(), form, exif=exif, quality=95), 1000)

    assert image.size == (SIZE if way < 5 else (HEIGHT, WIDTH))
    assert look_alike(corners(image), upright, within=6)


def test_a_heic_is_turned_once():
    exif = Image.Exif()
    exif[0x0112] = 6

    image = read_upright(saved(card(), "HEIF", exif=exif.tobytes(), quality=95), 1000)

    assert image.size == (HEIGHT, WIDTH)
    assert look_alike(corners(image), [BLUE, ORANGE, WHITE, GREEN], within=6)


@pytest.mark.parametrize("exif", [b"Exif\0\0" + b"nonsense" * 100, b"Exif\0\0MM\0*\xff\xff\xff\xff", b"\0" * 60_000])
def test_a_photo_is_taken_whatever_its_camera_wrote_about_it(exif):
    assert look_alike(corners(read_upright(saved(card(), "JPEG", exif=exif, quality=95), 1000)), CORNERS)


def test_a_photo_is_taken_however_much_its_camera_wrote_about_it():
    exif = Image.Exif()
    exif[0x0112], exif[0x927C] = 6, b"x" * 64_000

    assert read_upright(saved(card(), "JPEG", exif=exif), 1000).size == (HEIGHT, WIDTH)


# Colours


def profile_of(red, green, blue, gamma=2.2):
    """An ICC profile of a screen with these primaries, each as XYZ under D50."""
    tags = {b"desc": b"desc\0\0\0\0\0\0\0\x01\0" + bytes(78), b"wtpt": xyz(0.9642, 1, 0.8249)}
    tags |= {b"rXYZ": xyz(*red), b"gXYZ": xyz(*green), b"bXYZ": xyz(*blue)}
    tags |= dict.fromkeys([b"rTRC", b"gTRC", b"bTRC"], b"curv\0\0\0\0\0\0\0\x01" + struct.pack(">H", int(gamma * 256)))
    table, data, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + struct.pack(">II", start + len(data), len(content))
        data += content
    size = 128 + len(table) + len(data)
    head = struct.pack(">I", size) + bytes(4) + b"\x02\x20\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    return head + xyz(0.9642, 1, 0.8249)[8:] + bytes(48) + table + data


def xyz(*values):
    return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65536)) for value in values)


P3 = profile_of(red=(0.51512, 0.2412, -0.00105), green=(0.29198, 0.69225, 0.04189), blue=(0.1571, 0.06657, 0.78407))
# Worked out by hand from the two standards: linear light, the matrix from P3 to sRGB, and back.
SEEN_ON_AN_IPHONE = {(200, 100, 50): (216, 93, 24), (128, 128, 128): (129, 129, 129), (40, 60, 220): (28, 58, 230)}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("colour", SEEN_ON_AN_IPHONE)
def test_the_colours_of_a_phone_stay_what_they_were(form, colour):
    file = saved(Image.new("RGB", SIZE, colour), form, icc_profile=P3, quality=95)

    assert look_alike([read_upright(file, 1000).getpixel((9, 9))], [SEEN_ON_AN_IPHONE[colour]])


@pytest.mark.parametrize("profile", [b"", b"nonsense", P3[:200], P3.replace(b"RGB XYZ", b"GRAYXYZ")])
def test_a_photo_is_taken_whatever_it_says_of_its_colours(profile):
    file = saved(card(), "JPEG", icc_profile=profile, quality=95)

    assert look_alike(corners(read_upright(file, 1000)), CORNERS)


def test_a_grey_photo_and_one_for_printing_may_carry_the_profile_of_a_screen():
    for mode in ("L", "CMYK"):
        image = read_upright(saved(card(mode), "JPEG", icc_profile=P3, quality=95), 1000)
        assert look_alike(corners(image), GREYS if mode == "L" else CORNERS)


# What is not taken


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width, height):
    """A PNG in a few bytes that says it is as large as this."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


def moving(form):
    return saved(card(), form, save_all=True, append_images=[card().rotate(180)])


def cut(file, share):
    content = file.getvalue()
    return io.BytesIO(content[: int(len(content) * share)])


def said_to_be(width, height, form, mode="RGB"):
    """A HEIC or an AVIF whose header gives another size than it has."""
    content = saved(card(mode), form).getvalue()
    at = content.index(b"ispe") + 8
    return io.BytesIO(content[:at] + struct.pack(">II", width, height) + content[at + 8 :])


REFUSED = {
    "nothing": (io.BytesIO(), "kosong"),
    "too heavy": (io.BytesIO(b"x" * 10_485_761), "10 MB"),
    "a drawing": (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "bukan foto"),
    "a document": (io.BytesIO(b"%PDF-1.7 ..."), "bukan foto"),
    "a GIF": (saved(card(), "GIF"), "bukan foto"),
    "a moving GIF": (moving("GIF"), "bukan foto"),
    "a TIFF": (saved(card(), "TIFF"), "bukan foto"),
    "a bitmap": (saved(card(), "BMP"), "bukan foto"),
    "a film that begins like a HEIC": (io.BytesIO(b"\0\0\0\x18ftypheic" + b"\0" * 500), "bukan foto"),
    "a moving PNG": (moving("PNG"), "bergerak"),
    "a moving WebP": (moving("WEBP"), "bergerak"),
    "a moving AVIF": (moving("AVIF"), "bergerak"),
    "half a JPEG": (cut(saved(card(), "JPEG", quality=95), 0.5), "terpotong"),
    "half a PNG": (cut(saved(Image.effect_noise(SIZE, 60), "PNG"), 0.5), "terpotong"),
    "half a WebP": (cut(saved(card(), "WEBP"), 0.5), "terpotong"),
    "half a HEIC": (cut(saved(card(), "HEIF"), 0.8), "terpotong"),
    "a PNG of 400 megapixels": (png_of(20_000, 20_000), "40 megapiksel"),
    "a PNG of 100 megapixels": (png_of(10_000, 10_000), "40 megapiksel"),
    "a PNG of 13 megapixels": (png_of(4_000, 3_250), "jenis berkasnya"),
    "a HEIC of 30 megapixels": (said_to_be(6000, 5000, "HEIF"), "jenis berkasnya"),
    "a HEIC that says it is small": (said_to_be(210, 210, "HEIF"), "rusak"),
    "a HEIC of 13 megapixels with transparency": (said_to_be(4_000, 3_250, "HEIF", mode="RGBA"), "jenis berkasnya"),
    "an AVIF of 9 megapixels": (said_to_be(3_000, 3_000, "AVIF"), "jenis berkasnya"),
    "too small": (saved(Image.new("RGB", (199, 300)), "JPEG"), "terlalu kecil"),
    "too long": (saved(Image.new("RGB", (2200, 210)), "JPEG"), "terlalu panjang"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_of_what_is_no_fit_photo_a_sentence_is_said(name):
    file, sentence = REFUSED[name]

    with pytest.raises(PhotoRefused, match=sentence):
        read_upright(file, 1000)


def test_the_sentences_say_the_limits_that_are_kept(monkeypatch):
    monkeypatch.setattr(pictures, "MIN_SIDE", 1234)
    monkeypatch.setattr(pictures, "MAX_BYTES", 3 * 2**20)

    with pytest.raises(PhotoRefused, match="1234 piksel"):
        read_upright(saved(card(), "JPEG"), 1000)
    with pytest.raises(PhotoRefused, match="3 MB"):
        read_upright(io.BytesIO(b"x" * (3 * 2**20 + 1)), 1000)


@pytest.mark.parametrize("name", READ)
def test_whatever_became_of_a_file_on_its_way_it_is_read_or_a_sentence_is_said(name):
    form, mode, options, _colours = READ[name]
    whole, rng = saved(card(mode), form, **options).getvalue(), random.Random(name)

    for _each in range(40):
        broken = bytearray(whole)
        for place in rng.choices(range(min(len(whole), 2000)), k=rng.choice([1, 3, 20])):
            broken[place] = rng.randrange(256)
        end = rng.choice([None, rng.randrange(len(whole))])
        with warnings.catch_warnings(action="ignore"), suppress(PhotoRefused):
            assert read_upright(io.BytesIO(broken[:end]), 1000).mode == "RGB"
