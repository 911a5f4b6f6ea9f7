"""Pictures and logos of some KIM, drawn by code as all of the demonstration."""

import io

from PIL import Image, ImageDraw

from accounts.images import prepare_photo
from communities.models import CommunityPicture
from demo.pictures import CLOTHES

ALT = "Pengurus dan anggota {name} di {place}"
LOGO_ALT = "Logo {name}: padi dan air di dalam lingkaran"
SIDE = 480


def dress(communities, prepared):
    """Give each KIM a picture among those `prepared`, and two of three a logo."""
    for number, kim in enumerate(communities):
        keep(kim, "picture", prepared[number % len(prepared)], ALT.format(name=kim.name, place=kim.seat.full_name))
        if number % 3 < 2:
            keep(kim, "logo", drawn_logo(CLOTHES[number % len(CLOTHES)]), LOGO_ALT.format(name=kim.name))


def keep(kim, kind, copies, alt):
    picture = CommunityPicture(community=kim, kind=kind, alt=alt[:200], width=copies.width, height=copies.height)
    picture.store(copies)
    picture.save()


def drawn_logo(colour):
    image = Image.new("RGB", (SIDE * 2, SIDE * 2), "white")
    pen = ImageDraw.Draw(image)
    pen.ellipse((20, 20, 940, 940), fill=colour)
    pen.ellipse((70, 70, 890, 890), fill="white")
    pen.ellipse((90, 90, 870, 870), fill=colour)
    for row in range(3):
        for x in range(150, 810, 132):
            pen.arc((x, 560 + row * 70, x + 134, 640 + row * 70), 180, 360, fill="white", width=18)
    pen.line([(480, 560), (480, 230)], fill="white", width=18)
    for row in range(4):
        for side in (-1, 1):
            x, y = 480 + side * 62, 260 + row * 66
            pen.ellipse((x - 46, y - 22, x + 46, y + 22), fill="white")
    file = io.BytesIO()
    image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(file, "PNG")
    file.seek(0)
    return prepare_photo(file)
