"""Pictures that people send: refused before they cost anything, turned upright, and without a word of metadata."""

import io
import math
from threading import Semaphore

import pillow_heif
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from accounts.photo_limits import (
    FORMATS,
    MAX_BYTES,
    MAX_PIXELS,
    MAX_RATIO,
    MEGABYTE,
    MEGAPIXEL,
    MIN_SIDE,
    PHONE_PIXELS,
    WHOLE_PIXELS,
    EmptyFile,
    NoPhoto,
    PhotoRefused,
)

# These play one after the other; an MPO and a HEIF hold several pictures that stand still, and one that is meant.
MOVING = ["PNG", "WEBP", "AVIF"]
STRIP = 64

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.createProfile("sRGB")

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)

# The worst photo allowed costs over 100 MB while it is decoded: a process opens one at a time, the others wait.
decoding = Semaphore()


def read_upright(file, longest):
    """The pixels of an uploaded picture in sRGB, at most this wide and high; raises PhotoRefused and nothing else."""
    refuse_weight(file)
    with decoding:
        try:
            with Image.open(file, formats=FORMATS) as image:
                refuse_unfit(image)
                profile = image.info.get("icc_profile")
                return without_metadata(in_srgb(turned(small(image, file, longest)), profile))
        except PhotoRefused:
            raise
        except Image.DecompressionBombError as error:
            raise too_many_pixels() from error
        except UnidentifiedImageError as error:
            raise NoPhoto(
                _("Berkas ini bukan foto yang dapat kami baca. Kirim foto JPEG, PNG, WebP, AVIF, atau HEIC.")
            ) from error
        except Exception as error:  # each decoder has its own ways to say that a file is broken
            raise PhotoRefused(_("Foto ini rusak atau terpotong. Kirim sekali lagi, atau pilih foto lain.")) from error


def refuse_weight(file):
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        raise EmptyFile(_("Berkas ini kosong. Pilih foto lain."))
    if size > MAX_BYTES:
        most = {"most": MAX_BYTES // MEGABYTE}
        raise PhotoRefused(_("Foto ini lebih besar dari %(most)s MB. Pilih foto yang lebih kecil.") % most)


def too_many_pixels():
    most = {"most": MAX_PIXELS // MEGAPIXEL}
    return PhotoRefused(_("Foto ini terlalu besar: paling banyak %(most)s megapiksel.") % most)


def refuse_unfit(image):
    """Decided from the header alone, before a pixel is decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise too_many_pixels()
    is_read_whole = image.format not in ("JPEG", "MPO") or "progressive" in image.info
    if is_read_whole and width * height > most_whole_pixels(image):
        raise PhotoRefused(_("Foto ini terlalu besar untuk jenis berkasnya. Kecilkan dahulu, atau kirim sebagai JPEG."))
    if min(width, height) < MIN_SIDE:
        least = {"least": MIN_SIDE}
        raise PhotoRefused(_("Foto ini terlalu kecil: setiap sisi paling sedikit %(least)s piksel.") % least)
    if max(width, height) > MAX_RATIO * min(width, height):
        raise PhotoRefused(_("Foto ini terlalu panjang. Potong dahulu, lalu kirim lagi."))
    if image.format in MOVING and getattr(image, "n_frames", 1) > 1:
        raise PhotoRefused(_("Gambar bergerak belum dapat dikirim. Pilih foto biasa."))


def most_whole_pixels(image):
    info = image.info
    is_of_phone = image.format == "HEIF" and (image.mode, info.get("chroma"), info.get("bit_depth")) == ("RGB", 420, 8)
    return PHONE_PIXELS if is_of_phone else WHOLE_PIXELS[image.format]


def small(image, file, longest):
    """At most this wide and high, in a mode that can be shrunk and turned: L, LA, RGB, RGBA or CMYK."""
    if image.format == "HEIF":
        return in_strips(file, longest)
    # Reads a JPEG at a fraction of its size: a large photo costs a quarter of the memory.
    image.draft("RGB", (longest, longest))
    seen = in_whole_tones(image)
    seen.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return seen


def in_whole_tones(image):
    """Grey of 8 bits instead of 16 or 1, and colours instead of numbers of a palette."""
    if image.mode.startswith("I"):  # of 65,535 shades; converted alone, all but the darkest 255 would be white
        return image.point(lambda value: value / 257).convert("L")
    if "transparency" in image.info:
        return image.convert("RGBA")
    whole = {"1": "L", "P": "RGB", "PA": "RGBA"}
    return image.convert(whole[image.mode]) if image.mode in whole else image


def in_strips(file, longest):
    """A HEIF, which is decoded whole, without a second whole copy of it beside the first; upright already."""
    file.seek(0)
    heif = pillow_heif.open_heif(file)
    width, height = heif.size
    pixels, stride, mode = heif.data, heif.stride, heif.mode
    factor = math.ceil(max(width, height) / longest)
    whole = Image.new("L" if mode.startswith("I") else mode, (math.ceil(width / factor), math.ceil(height / factor)))
    for top in range(0, height, STRIP * factor):
        rows = min(STRIP * factor, height - top)
        part = pixels[top * stride : (top + rows) * stride]
        strip = in_whole_tones(Image.frombuffer(mode, (width, rows), part, "raw", mode, stride, 1))
        whole.paste(strip.reduce(factor), (0, top // factor))
    return whole


def turned(image):
    """As it was held. What a camera wrote about a photo may be nonsense, and the photo is good all the same."""
    try:
        way = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # each camera has its own ways to break the rules
        return image
    return image.transpose(TURNS[way]) if way in TURNS else image


def in_srgb(image, profile):
    """On white where it is transparent, in the colours of the web: a phone's P3 would look pale."""
    if image.mode in ("RGBA", "RGBa", "LA"):
        seen = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(seen, mask=seen.getchannel("A"))
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # a profile that is broken, or of another kind of picture
        return image


def without_metadata(image):
    """The pixels alone: a comment or a place would survive re-encoding."""
    image = image.convert("RGB")
    image.info.clear()
    return image


def encoded(image, form, budget, *, worst=10, **options):
    """As good as its budget of bytes allows, and never worse than this quality."""
    for quality in range(80, worst - 1, -10):
        output = io.BytesIO()
        image.save(output, form, quality=quality, **options)
        if output.tell() <= budget:
            break
    return output.getvalue()
