"""A ZIP with an old blog in it: the feeds to read, and the photos to look up. Looked at before anything is opened.

Google Takeout keeps `Blogger/Blogs/<name>/feed.atom`, `settings.csv` beside it and the photos in `Blogger/Albums/`;
WordPress keeps its photos in `uploads/2019/04/`. Nothing is unpacked to a disk, and no name in it is a path of ours.
"""

import csv
import io
import re
import struct
import zipfile
from collections import defaultdict
from pathlib import PurePosixPath
from zlib import error as DamagedError

from django.utils.translation import gettext_lazy as _

from activities.blogs.pictures import COPY, PICTURE_FILE, path_of

MIB = 2**20
MOST_DIRECTORY = 4 * MIB
MOST_MEMBERS = 20_000
MOST_UNPACKED = 2048 * MIB
MOST_FEED, MOST_FEEDS = 40 * MIB, 20
MOST_SETTINGS = MIB // 4
# Takeout cuts names.
TOLD_LETTERS = 40

FEEDS = (".atom", ".xml", ".rss")
# In the folder of a blog that Takeout writes, what is not its posts.
NO_FEEDS = re.compile(r"theme|template|/Comments/|(?:^|/)(?:__MACOSX|\.)|sitemap", re.IGNORECASE)
END_OF_DIRECTORY = b"PK\x05\x06"
PLAIN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1

DAMAGED = _("ZIP ini rusak, terpotong, atau bukan ekspor blog. Unduh sekali lagi, lalu kirim lagi.")
TOO_LARGE = _("Isi ZIP ini terlalu besar. Bagi menjadi beberapa ZIP yang lebih kecil.")
LOCKED = _("ZIP ini dikunci dengan kata sandi. Buat ZIP tanpa kata sandi.")


class ArchiveRefused(ValueError):
    """A ZIP that is not opened; its text is a sentence for the person who sent it."""


class Archive:
    """An open ZIP: its `feeds()`, and a photo by what the HTML of a blog says of it."""

    def __init__(self, file):
        check_directory(file)
        try:
            self.zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error) as error:
            raise ArchiveRefused(DAMAGED) from error
        self.members = [member for member in self.zip.infolist() if not member.is_dir()]
        check_members(self.members)
        self.photos = defaultdict(list)
        for member in self.members:
            if PICTURE_FILE.search(member.filename):
                self.photos[told(PurePosixPath(member.filename).name)].append(member)

    def feeds(self):
        """`(data, where its blog was)` of each file that may hold posts."""
        found = [member for member in self.members if is_feed(member.filename)]
        for member in found[:MOST_FEEDS]:
            yield self.read(member, MOST_FEED), self.site(PurePosixPath(member.filename).parent)

    def site(self, folder):
        """Where the blog of this folder of a Takeout was, from its settings; "" where they do not say."""
        settings = next((one for one in self.members if one.filename == f"{folder}/settings.csv"), None)
        return site_in(self.read(settings, MOST_SETTINGS)) if settings else ""

    def member_of(self, picture):
        """The file of this picture; None where it is not there, or where several may be it."""
        month = month_of(path_of(picture.source))
        members = self.photos.get(told(picture.name), [])
        fitting = [member for member in members if month in (None, month_of(member.filename) or month)]
        originals = [member for member in fitting if not COPY.search(member.filename)] or fitting
        is_one = len({(member.CRC, member.file_size) for member in originals}) == 1
        return originals[0] if is_one else None

    def read(self, member, most):
        """What a member holds; one that holds more than it says, or than it may, is refused."""
        if member.file_size > most:
            raise ArchiveRefused(TOO_LARGE)
        try:
            with self.zip.open(member) as content:
                data = content.read(member.file_size + 1)
        except (zipfile.BadZipFile, DamagedError, NotImplementedError, OSError, EOFError, RuntimeError) as error:
            raise ArchiveRefused(DAMAGED) from error
        if len(data) != member.file_size:
            raise ArchiveRefused(DAMAGED)
        return data


def check_directory(file):
    """Refuse a list of members that alone would fill the memory, before it is read."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    end = file.read()
    file.seek(0)
    at = end.rfind(END_OF_DIRECTORY)
    if at < 0 or len(end) < at + 22:
        raise ArchiveRefused(DAMAGED)
    if struct.unpack("<L", end[at + 12 : at + 16])[0] > MOST_DIRECTORY:
        raise ArchiveRefused(TOO_LARGE)


def check_members(members):
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise ArchiveRefused(TOO_LARGE)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ArchiveRefused(LOCKED)
    if any(member.compress_type not in PLAIN_METHODS for member in members):
        raise ArchiveRefused(DAMAGED)


def is_feed(name):
    return name.lower().endswith(FEEDS) and not NO_FEEDS.search(name)


def told(name):
    """What tells the name of a picture from others, however it was copied or cut."""
    stem, _dot, ending = COPY.sub("", name).rpartition(".")
    return re.sub(r"[^\w()-]+|_+", "_", stem).casefold()[:TOLD_LETTERS], ending.casefold().replace("jpeg", "jpg")


def month_of(path):
    """The folders of a month that WordPress lays its files in, ("2019", "04"); None for a file laid elsewhere."""
    folders = PurePosixPath(path).parts[-3:-1]
    return folders if re.fullmatch(r"\d{4}/\d\d", "/".join(folders)) else None


def site_in(settings):
    """The site that a settings.csv of Takeout names."""
    try:
        rows = list(csv.reader(io.StringIO(settings.decode("utf-8-sig", errors="replace"))))[:2000]
    except csv.Error:
        return ""
    across = dict(zip(*rows[:2], strict=False)) if len(rows) > 1 else {}
    facts = across | {row[0]: row[1] for row in rows if len(row) == 2}
    named = {name.lower(): value.strip().lower() for name, value in facts.items()}
    domains = [value for name, value in named.items() if "domain" in name and re.fullmatch(r"[\w.-]+", value)]
    own = next((value for value in domains if "." in value), "")
    return f"https://{own}" if own else f"https://{domains[0]}.blogspot.com" if domains else ""
