"""A ZIP made piece by piece: what goes into it is never held together, and nobody goes back in it."""

import io
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from django.utils import timezone

PIECE = 64 * 1024  # bytes


class Passage(io.RawIOBase):
    """What is written is taken away piece by piece."""

    def __init__(self):
        self.held = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.held += data
        return len(data)

    def taken(self):
        piece, self.held = bytes(self.held), bytearray()
        return piece


def put(packed, passage, name, source, compression=ZIP_STORED):
    """The pieces of a file that goes in; as it is unless told otherwise, since photos are compressed already."""
    with source, packed.open(entry(name, compression), "w", force_zip64=True) as file:
        while piece := source.read(PIECE):
            file.write(piece)
            yield from full(passage)


def entry(name, compression=ZIP_DEFLATED):
    made = ZipInfo(name, timezone.localtime().timetuple()[:6])
    made.compress_type = compression
    return made


def full(passage):
    if len(passage.held) >= PIECE:
        yield passage.taken()
