"""The picture of a post without a photo where its link is shared: batik of its sector, its title, its place."""

import io

from PIL import Image, ImageDraw, ImageFont

from activities.covers import PALETTES

SIZE = (1200, 630)
MARGIN, TEXT_WIDTH = 80, 860
LARGEST, SMALLEST = 76, 44
MOST_LINES = 4


def draw_share_picture(sector, title, place, community):
    """A JPEG of 1200 x 630."""
    ground, motif, accent = PALETTES.get(sector) or next(iter(PALETTES.values()))
    picture = Image.new("RGB", SIZE, ground)
    draw = ImageDraw.Draw(picture)
    kawung_band(draw, motif, accent)
    font, lines = fitted(draw, title)
    top = MARGIN
    for line in lines:
        draw.text((MARGIN, top), line, font=font, fill="white")
        top += font.size * 1.22
    for words, size, height in ((place, 38, 150), (f"{community} · Portal KIM", 30, 98)):
        small = ImageFont.load_default(size)
        draw.text((MARGIN, SIZE[1] - height), wrapped(draw, words, small)[0], font=small, fill=accent)
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=82, optimize=True)
    return output.getvalue()


def fitted(draw, title):
    """The largest letters in which the title takes at most four lines; what is still too long ends in dots."""
    for size in range(LARGEST, SMALLEST - 1, -8):
        font = ImageFont.load_default(size)
        lines = wrapped(draw, title, font)
        if len(lines) <= MOST_LINES:
            return font, lines
    return font, [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"]


def wrapped(draw, text, font):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= TEXT_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def kawung_band(draw, motif, accent):
    """Kawung at the right edge: four ovals around each point, two lying and two standing."""
    step, long, thin = 90, 38, 20
    for row in range(8):
        for column in range(3):
            x, y = SIZE[0] - 210 + column * step, row * step
            for dx, dy, across, down in (
                (-45, 0, long, thin),
                (45, 0, long, thin),
                (0, -45, thin, long),
                (0, 45, thin, long),
            ):
                draw.ellipse((x + dx - across, y + dy - down, x + dx + across, y + dy + down), fill=motif)
            draw.ellipse((x - 6, y - 6, x + 6, y + 6), fill=accent)
