"""The page to write on in browsers that lack what newer ones have."""

import io
import re

import pytest
from PIL import ExifTags, Image, ImageOps
from playwright.sync_api import expect

from activities.models import Post
from browser.writing_page import add_photo, open_writing, press, write_words

SENT = re.compile(r"/ruang/kegiatan/\d+/$")

# Chromium before 107, Firefox before 111 and Safari before 16.
REFUSES_FROM_IMAGE = """const make = window.createImageBitmap;
window.createImageBitmap = (source, options) => {
    if (options?.imageOrientation === "from-image") return Promise.reject(new TypeError("not a valid enum value"));
    return make.call(window, source, options);
};"""
# As before browsers turned pictures: what a file says of how it was held is not read.
TURNS_NOTHING = """const turning = window.createImageBitmap;
window.createImageBitmap = async (source, options) => {
    if (options) throw new TypeError("not a valid enum value");
    const bytes = new Uint8Array(await source.arrayBuffer());
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    bytes.fill(0, text.indexOf("Exif"), text.indexOf("Exif") + 4);
    return turning.call(window, new Blob([bytes], { type: source.type }));
};"""
NO_BITMAPS = "delete window.createImageBitmap;"
# Chromium 85, and what the page asks for that is younger.
OF_2020 = """delete Crypto.prototype.randomUUID;
delete AbortSignal.timeout;
delete Element.prototype.replaceChildren;
delete Array.prototype.at;
delete Object.hasOwn;
delete window.structuredClone;
delete Array.prototype.findLast;"""
NAMES_NO_SUBMITTER = "delete SubmitEvent.prototype.submitter;"

REDUCED = """async (bytes) => {
    const { reduce } = await import("/static/js/reduce-photo.js");
    const file = new Blob([new Uint8Array(bytes)], { type: "image/jpeg" });
    const blob = await reduce(file, { enough: 1000 });
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
}"""


def photo_held(orientation):
    """200 x 100 as stored, red in its upper left corner; noise keeps it large."""
    picture = Image.effect_noise((200, 100), 20).convert("RGB")
    picture.paste("red", (0, 0, 100, 50))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif, quality=95)
    return file.getvalue()


def size_and_red_corner(picture):
    wide, high = picture.size
    corners = [(x, y) for x in (wide // 4, wide * 3 // 4) for y in (high // 4, high * 3 // 4)]
    return picture.size, max(corners, key=lambda place: picture.getpixel(place)[0] - picture.getpixel(place)[1])


@pytest.mark.parametrize(
    "engine", ["", REFUSES_FROM_IMAGE, TURNS_NOTHING, NO_BITMAPS], ids=["new", "refuses", "turns nothing", "no bitmaps"]
)
def test_a_photo_is_reduced_and_stands_upright_in_every_engine(siti_page, engine):
    page = siti_page
    page.add_init_script(engine)
    open_writing(page)
    for orientation in range(1, 9):
        photo = photo_held(orientation)
        upright = ImageOps.exif_transpose(Image.open(io.BytesIO(photo)))

        reduced = bytes(page.evaluate(REDUCED, list(photo)))

        picture = Image.open(io.BytesIO(reduced)).convert("RGB")
        assert len(reduced) < len(photo)
        assert size_and_red_corner(picture) == size_and_red_corner(upright), orientation


@pytest.mark.parametrize("engine", [OF_2020, NAMES_NO_SUBMITTER, OF_2020 + NAMES_NO_SUBMITTER])
def test_an_old_browser_sends_and_does_not_only_save(siti_page, small_photo, engine):
    page = siti_page
    page.add_init_script(engine)
    open_writing(page)
    write_words(page, "Tanam padi")
    add_photo(page, small_photo)

    press(page, "Kirim")

    page.wait_for_url(SENT)
    post = Post.objects.get()
    assert (post.status != "draft", post.photos.count()) == (True, 1)


def test_where_the_script_fails_the_browser_sends_the_form_with_its_photos(siti_page, context, small_photo, complaints):
    page = siti_page
    open_writing(page)
    context.set_offline(True)
    write_words(page, "Tanam padi")
    add_photo(page, small_photo, "Menanam")
    expect(page.locator("[data-photo-state]").last).to_contain_text("menunggu diunggah")
    page.evaluate("() => { window.FormData = function () { throw new Error('broken'); }; }")
    context.set_offline(False)

    press(page, "Kirim")

    page.wait_for_url(SENT)
    complaints.clear()
    assert list(Post.objects.get().photos.values_list("alt", flat=True)) == ["Menanam"]
