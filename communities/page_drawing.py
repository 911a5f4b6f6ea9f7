"""A program of its own, without the portal: reads a paper from standard input, and draws one page of it as a WebP.

    page_drawing.py            prints how many pages it has; 0 of what is locked, broken, or neither a PDF nor a photo
    page_drawing.py NUMBER     prints the picture of that page, from 1 on

Links, forms and scripts are left out: what an officer sees is pixels. The memory and the time that it may take are
limited, and whoever runs it (communities/paper_pages.py) takes any other end for what cannot be drawn.
"""

import io
import resource
import sys

from PIL import Image, ImageOps

MEMORY, CPU_SECONDS = 2**30, 6
# A page of A4 at 150 dots an inch: small print and stamps can be read.
LONGEST = 1754
MOST_PIXELS_OF_A_PHOTO = 60_000_000
QUALITY = 60


def count_of(content):
    return pages_of(content) if is_pdf(content) else int(is_photo(content))


def drawn(content, number):
    """A page as WebP."""
    picture = page_of(content, number) if is_pdf(content) else photo_of(content)
    picture = picture.convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=2)
    return file.getvalue()


def is_pdf(content):
    return content.startswith(b"%PDF-")


def pages_of(content):
    import pypdfium2  # a photo needs none of its 8 MB

    try:
        return len(pypdfium2.PdfDocument(content))
    except pypdfium2.PdfiumError:
        return 0


def page_of(content, number):
    import pypdfium2

    page = pypdfium2.PdfDocument(content)[number - 1]
    # However large the sheet says it is, the picture is of this size.
    return page.render(scale=LONGEST / max(*page.get_size(), 1), may_draw_forms=False).to_pil()


def is_photo(content):
    try:
        photo = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    except (OSError, ValueError, SyntaxError):
        return False
    return photo.width * photo.height <= MOST_PIXELS_OF_A_PHOTO


def photo_of(content):
    photo = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    photo.draft("RGB", (LONGEST, LONGEST))
    return ImageOps.exif_transpose(photo)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    paper = sys.stdin.buffer.read()
    if len(sys.argv) > 1:
        sys.stdout.buffer.write(drawn(paper, int(sys.argv[1])))
    else:
        print(count_of(paper))
