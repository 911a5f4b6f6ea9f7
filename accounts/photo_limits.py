"""How large a photo may be, of which kind and shape; `pictures.py` refuses the others by their header, and says
these numbers.

Phones make photos smaller before they send them (`static/js/reduce-photo.js`); `MOST_PHOTOS` of `activities/writing.py`
is how many a post may have.
"""

# What an iPhone calls JPEG may be an MPO, a JPEG with more pictures behind it; the first is the photo.
FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"]
# For the form: what a browser lets choose. Some do not know what a HEIC is, but its name.
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif"
MEGABYTE, MEGAPIXEL = 2**20, 1_000_000
MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 40 * MEGAPIXEL
# What cannot be read at a fraction of its size costs more memory: of each kind as many pixels as cost 150 MB.
WHOLE_PIXELS = {
    "JPEG": 12_000_000, "MPO": 12_000_000, "PNG": 12_000_000, "WEBP": 6_000_000, "AVIF": 8_000_000, "HEIF": 12_000_000,
}  # fmt: skip
# As phones make it; those of an iPhone have 24 megapixels.
PHONE_PIXELS = 25_000_000
MIN_SIDE, MAX_RATIO = 200, 10


class PhotoRefused(ValueError):
    """Why a photo is not taken, as a sentence for the person who sent it."""


class NoPhoto(PhotoRefused):
    """It is something else altogether."""


class EmptyFile(PhotoRefused):
    """Nothing is in it, so nobody can tell whether it was a photo."""
