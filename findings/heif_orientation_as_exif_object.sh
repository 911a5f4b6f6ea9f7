#!/usr/bin/env bash
# pillow-heif 1.8.1 with Pillow 13.0.0: a picture saved as HEIF with `exif=image.getexif()`, as one saves a JPEG, loses
# which way it was held. Of EXIF as bytes the encoder makes the rotation that HEIF has of its own (irot); of an Exif
# object it writes the EXIF alone, whose orientation every reader of HEIF ignores, and this one resets to 1: the picture
# lies on its side. So hand over `image.getexif().tobytes()`, or turn the pixels before.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 pillow-heif==1.8.1

"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
import io

import pillow_heif
from PIL import Image, ImageOps

pillow_heif.register_heif_opener()
picture, exif = Image.new("RGB", (400, 300), "teal"), Image.Exif()
exif[0x0112] = 6  # held upright: 300 wide and 400 high

for form in ("JPEG", "HEIF"):
    for how, given in (("Exif object", exif), ("bytes", exif.tobytes())):
        file = io.BytesIO()
        picture.save(file, form, exif=given)
        print(form, how, "->", ImageOps.exif_transpose(Image.open(file)).size, "irot" if b"irot" in file.getvalue() else "-")
PYTHON

diff "$folder/seen" - <<'EXPECTED'
JPEG Exif object -> (300, 400) -
JPEG bytes -> (300, 400) -
HEIF Exif object -> (400, 300) -
HEIF bytes -> (300, 400) irot
EXPECTED
