"""The copies that are kept of a photo: made small, each within its budget of bytes."""

from dataclasses import dataclass

# A copy of each width, and the most it may weigh: a phone on a weak line reads the 640.
BUDGETS = {320: 18_000, 640: 40_000, 1280: 150_000}
OG_SIZE, OG_BUDGET = (1200, 630), 280_000


@dataclass(frozen=True)
class PreparedPhoto:
    """The size of the largest copy, and each copy's bytes by the name it is stored under."""

    width: int
    height: int
    files: dict[str, bytes]


def prepare_photo(file):
    """The copies to keep of an uploaded photo; raises PhotoRefused."""
    # All that reads pictures takes 9 MB, which a process to which nobody sends one does not need.
    from PIL import Image, ImageOps

    from accounts.pictures import encoded, read_upright

    upright = read_upright(file, longest=max(BUDGETS) * 2)
    files = {}
    largest = shrunk(upright, max(BUDGETS))
    for width, budget in BUDGETS.items():
        files[f"{width}.webp"] = encoded(shrunk(largest, width), "WEBP", budget, method=4)
    card = ImageOps.fit(largest, OG_SIZE, Image.Resampling.LANCZOS)
    files["og.jpg"] = encoded(card, "JPEG", OG_BUDGET, optimize=True)
    return PreparedPhoto(largest.width, largest.height, files)


def shrunk(image, width):
    """At most this wide; never made larger."""
    from PIL import Image

    if image.width <= width:
        return image
    return image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
