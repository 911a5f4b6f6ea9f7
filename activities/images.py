"""Photos: refused before they cost anything, turned upright, made small, and stored without a word of metadata."""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ["JPEG", "PNG", "WEBP"]
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
# What cannot be read at a fraction of its size costs more memory: of each kind as many pixels as cost 150 MB.
WHOLE_PIXELS = {"JPEG": 12_000_000, "PNG": 12_000_000, "WEBP": 6_000_000}
MIN_SIDE, MAX_RATIO = 200, 10
# A copy of each width, and the most it may weigh: a phone on a weak line reads the 640.
BUDGETS = {320: 18_000, 640: 40_000, 1280: 150_000}
OG_SIZE, OG_BUDGET = (1200, 630), 280_000


class PhotoRefused(ValueError):
    """Why a photo is not taken, as a sentence for the person who sent it."""


@dataclass(frozen=True)
class PreparedPhoto:
    """The size of the largest copy, and each copy's bytes by the name it is stored under."""

    width: int
    height: int
    files: dict[str, bytes]


def prepare_photo(file):
    """The copies to keep of an uploaded photo; raises PhotoRefused."""
    upright = read_upright(file)
    files = {}
    largest = shrunk(upright, max(BUDGETS))
    for width, budget in BUDGETS.items():
        files[f"{width}.webp"] = encoded(shrunk(largest, width), "WEBP", budget, method=4)
    card = ImageOps.fit(largest, OG_SIZE, Image.Resampling.LANCZOS)
    files["og.jpg"] = encoded(card, "JPEG", OG_BUDGET, optimize=True)
    return PreparedPhoto(largest.width, largest.height, files)


def read_upright(file):
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if not size:
        raise PhotoRefused(_("Berkas ini kosong. Pilih fotonya sekali lagi."))
    if size > MAX_BYTES:
        raise PhotoRefused(_("Foto ini lebih besar dari 10 MB. Pilih foto yang lebih kecil."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as image:
                refuse_unfit(image)
                # Reads a JPEG at a fraction of its size: a large photo costs a quarter of the memory.
                image.draft("RGB", (max(BUDGETS) * 2,) * 2)
                image.thumbnail((max(BUDGETS) * 2,) * 2, Image.Resampling.LANCZOS)
                return without_metadata(ImageOps.exif_transpose(image))
    except PhotoRefused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PhotoRefused(_("Foto ini terlalu besar: paling banyak 40 megapiksel.")) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise PhotoRefused(_("Berkas ini bukan foto yang dapat kami baca. Kirim foto JPEG, PNG, atau WebP.")) from error


def refuse_unfit(image):
    """Decided from the header alone, before a pixel is decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise PhotoRefused(_("Foto ini terlalu besar: paling banyak 40 megapiksel."))
    is_read_whole = image.format != "JPEG" or "progressive" in image.info
    if is_read_whole and width * height > WHOLE_PIXELS[image.format]:
        raise PhotoRefused(_("Foto ini terlalu besar untuk jenis berkasnya. Kecilkan dahulu, atau kirim sebagai JPEG."))
    if min(width, height) < MIN_SIDE:
        raise PhotoRefused(_("Foto ini terlalu kecil: setiap sisi paling sedikit 200 piksel."))
    if max(width, height) > MAX_RATIO * min(width, height):
        raise PhotoRefused(_("Foto ini terlalu panjang. Potong dahulu, lalu kirim lagi."))
    if getattr(image, "n_frames", 1) > 1:
        raise PhotoRefused(_("Gambar bergerak belum dapat dikirim. Pilih foto biasa."))


def without_metadata(image):
    """The pixels alone, on white where they were transparent: a comment or a place would survive re-encoding."""
    rgba = image.convert("RGBA") if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA") else None
    if rgba:
        image = Image.new("RGB", image.size, "white")
        image.paste(rgba, mask=rgba.getchannel("A"))
    image = image.convert("RGB")
    image.info.clear()
    return image


def shrunk(image, width):
    """At most this wide; never made larger."""
    if image.width <= width:
        return image
    return image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)


def encoded(image, form, budget, **options):
    """As good as its budget of bytes allows."""
    for quality in (80, 70, 60, 50, 40, 30, 20, 10):
        output = io.BytesIO()
        image.save(output, form, quality=quality, **options)
        if output.tell() <= budget:
            break
    return output.getvalue()
