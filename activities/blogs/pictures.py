"""The pictures of an old blog by what their HTML says of them: which file, what is seen, and which are only signs."""

import re
from dataclasses import dataclass
from unicodedata import category
from urllib.parse import unquote, urlsplit

SOURCES = ["data-orig-file", "data-lazy-src", "data-src", "data-original", "data-large-file", "src"]
SIGN_CLASSES = re.compile(r"\b(?:wp-smiley|emoji|emoticon|smiley)\b")
SIGN_SOURCES = re.compile(r"/(?:emoji|smilies|emoticons?)[/.]|emoji\.php")
CODE_POINTS = re.compile(r"(?:^|/)([0-9a-f]{2,5}(?:-[0-9a-f]{2,5}){0,7})\.(?:png|svg|gif)$", re.IGNORECASE)
BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
PICTURE_FILE = re.compile(r"\.(?:jpe?g|jfif|png|webp|avif|gif|hei[cf]|bmp)$", re.IGNORECASE)
# panen-300x200.jpg is a small copy of panen.jpg, panen-scaled.jpg a large one.
BLOGGER_COPY = re.compile(r"/[swh]\d{2,4}(?:-[a-z0-9-]+)?/(?=[^/]*$)|=[swh]\d{2,4}(?:-[a-z0-9-]+)?$")
# WordPress.com hands out the pictures of other sites, under the name of their site.
PHOTON = re.compile(r"^(?:https?:)?//i\d\.wp\.com/", re.IGNORECASE)
COPY = re.compile(r"-(?:\d{2,4}x\d{2,4}|scaled|e\d{10,13})(?=\.[a-z]{3,4}$)", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """Where it was, and what was said of it for those who do not see it."""

    source: str
    alt: str = ""

    @property
    def name(self):
        """The name of its file, for people to find it again."""
        return file_name(self.source)

    @property
    def key(self):
        """The same for the large and the small copies of a picture."""
        return (
            self.source
            if self.source.startswith("data:")
            else COPY.sub("", BLOGGER_COPY.sub("/", path_of(PHOTON.sub("https://", self.source))))
        )


def picture_of(attrs, link=""):
    """The picture of an <img>, the large one where it led to it; None for what only counts readers."""
    source = next((attrs[name] for name in SOURCES if attrs.get(name)), "") or largest_of(attrs.get("srcset", ""))
    if not source or is_counter(attrs, source):
        return None
    if link and PICTURE_FILE.search(path_of(link)) and not source.startswith("data:"):
        source = link
    return Picture(source.strip()[:2000], " ".join(attrs.get("alt", "").split())[:300])


def largest_of(srcset):
    return srcset.rpartition(",")[2].split()[0] if srcset.strip(", ") else ""


def is_counter(attrs, source):
    sizes = [attrs.get(side, "").removesuffix("px") for side in ("width", "height")]
    is_tiny = any(size.isdecimal() and int(size) <= 2 for size in sizes)
    return is_tiny or bool(re.search(r"stats\.wordpress|pixel\.wp\.com|medium\.com/_/stat|feeds\.feedburner", source))


def said_by(attrs):
    """The letters that a picture stands for, 🙂 for one; "" for a picture that is one."""
    source, alt = attrs.get("src", ""), attrs.get("alt", "").strip()
    is_sign = SIGN_CLASSES.search(attrs.get("class", "")) or SIGN_SOURCES.search(source) or is_emoji(alt)
    if not is_sign:
        return ""
    return alt or from_code_points(path_of(source)) or " "


def is_emoji(alt):
    """Whether it is the one sign that a picture of Facebook or Gmail stands for."""
    return 0 < len(alt) < 9 and all(category(sign) in ("So", "Sk", "Mn", "Me", "Cf") for sign in alt)


def from_code_points(path):
    found = CODE_POINTS.search(path)
    points = [int(point, 16) for point in found[1].split("-")] if found else []
    return (
        "".join(map(chr, points))
        if all(0x20 < point < 0x110000 and not 0xD800 <= point < 0xE000 for point in points)
        else ""
    )


def background_of(attrs):
    """What lies behind a block, as in the covers of WordPress."""
    found = BACKGROUND.search(attrs.get("style", ""))
    is_picture = found and PICTURE_FILE.search(path_of(found[1]))
    return Picture(found[1].strip()[:2000]) if is_picture else None


def path_of(source):
    try:
        return urlsplit(source.strip()).path
    except ValueError:
        return source


def file_name(source):
    """The last part of a URL, as its file is called; twice encoded, as Blogger has it, it is read twice."""
    if source.startswith("data:"):
        return "gambar"
    name = path_of(source).rstrip("/").rpartition("/")[2]
    for _once_more in range(2):
        name = unquote(name, errors="replace")
    if "googleusercontent" in source or "blogspot" in source:
        name = name.replace("+", " ")
    return re.sub(r"[\x00-\x1f\[\]/]", "", COPY.sub("", name))[:80] or "gambar"
