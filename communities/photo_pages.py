"""Photos of the pages of a paper, joined into one PDF: upright, of a sensible size, without a word of metadata."""

import io
from datetime import UTC, datetime

from PIL import Image

from accounts.pictures import encoded, read_upright

# A page keeps so many pixels that small print can be read; where many pages share the size of a file, fewer.
LONGEST_SIDES = (2400, 1800, 1280, 960)
WORST_QUALITY = 40
# A PDF has a date; with that of the hour, the same photos sent again would be another paper.
ALWAYS = datetime.fromtimestamp(0, UTC)


def page_picture(file, budget):
    """A photo as a JPEG that is as sharp as its budget of bytes allows; raises PhotoRefused."""
    picture = read_upright(file, longest=max(LONGEST_SIDES))
    for longest in LONGEST_SIDES:
        picture.thumbnail((longest, longest))
        content = encoded(picture, "JPEG", budget, worst=WORST_QUALITY, optimize=True)
        if len(content) <= budget:
            break
    return content


def joined(pictures):
    """The bytes of a PDF with a page of A4 for each of these JPEG; the same pictures make the same bytes."""
    from fpdf import FPDF  # 20 MB with its fonts, for the processes that make a PDF alone

    pdf = FPDF()
    pdf.set_creation_date(ALWAYS)
    for picture in pictures:
        width, height = Image.open(io.BytesIO(picture)).size
        pdf.add_page(orientation="landscape" if width > height else "portrait")
        pdf.image(io.BytesIO(picture), x=0, y=0, w=pdf.w, h=pdf.h, keep_aspect_ratio=True)
    return bytes(pdf.output())
