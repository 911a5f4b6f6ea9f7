"""A sheet to print on, with fonts for names as people write them: “quotes”, dashes, Ḥ and ʿ."""

import unicodedata
from functools import cache
from pathlib import Path

from anyascii import anyascii

FONTS = Path(__file__).parent / "fonts"
# (family, style): file
FACES = {
    ("sans", ""): "NotoSans-Regular.ttf",
    ("sans", "B"): "NotoSans-Bold.ttf",
    ("serif", "B"): "NotoSerif-Bold.ttf",
    ("serif", "I"): "NotoSerif-Italic.ttf",
}


def new_sheet(**options):
    """An empty PDF that can write in the FACES."""
    from fpdf import FPDF  # 20 MB with its fonts, for the processes that draw a sheet alone

    pdf = FPDF(**options)
    for (family, style), file in FACES.items():
        pdf.add_font(family, style, FONTS / file)
    return pdf


@cache
def letters():
    """The characters that every face can write."""
    from fontTools.ttLib import TTFont

    return frozenset.intersection(
        *(frozenset(map(chr, TTFont(FONTS / file, lazy=True).getBestCmap())) for file in FACES.values())
    )


def printable(text):
    """The text in letters that the faces have: others as they sound in Latin, pictures left out."""
    return " ".join("".join(map(in_letters, unicodedata.normalize("NFC", str(text)))).split())


def in_letters(character):
    if character in letters():
        return character
    plain = unicodedata.normalize("NFKC", character)  # 𝗠 is an M
    if letters().issuperset(plain):
        return plain
    kind = unicodedata.category(character)[0]
    return anyascii(character) if kind in "LMN" else " " if kind == "Z" else ""
