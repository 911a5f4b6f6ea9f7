"""Pictures that people send: refused before they cost anything, turned upright, and without a word of metadata."""

import io
import warnings

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ["JPEG", "PNG", "WEBP"]
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
# What cannot be read at a fraction of its size costs more memory: of each kind as many pixels as cost 150 MB.
WHOLE_PIXELS = {"JPEG": 12_000_000, "PNG": 12_000_000, "WEBP": 6_000_000}
MIN_SIDE, MAX_RATIO = 200, 10


class PhotoRefused(ValueError):
    """Why a photo is not taken, as a sentence for the person who sent it."""


def read_upright(file, longest):
    """The pixels of an uploaded picture, at most this wide and high; raises PhotoRefused."""
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
                image.draft("RGB", (longest, longest))
                image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
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
