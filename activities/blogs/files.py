"""The posts of an old blog out of its export: RSS, WordPress's WXR, Atom, Blogger's Atom of any year, or their ZIP.

Read without entities and without a network. Raises BlogRefused with a sentence on a file that is none of these.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError, tostring

from django.utils.translation import gettext_lazy as _

from accounts.typed import only_seen
from activities.blogs.archives import Archive, ArchiveRefused
from activities.blogs.broken_xml import mended
from activities.blogs.dates import day_in, read_moment
from activities.blogs.pictures import PICTURE_FILE, Picture, path_of
from activities.blogs.shortcodes import without_shortcodes

ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
ROOTS = {"rss", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF", f"{ATOM}feed"}
ENTRIES = {"item", f"{RSS1}item", f"{ATOM}entry"}
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
# Pictures of which the whole file stands in the text.
WHOLE_FILE = re.compile(r"(data:image/[a-z+.-]{1,20});base64,[A-Za-z0-9+/=%\s]+")
# What WordPress adds below each post of its feed: where it stood first.
FOOTER = re.compile(
    r"<p>\s*[\w ]{1,30}<a\b[^<>]{0,500}>[^<>]{0,300}</a>\s*"
    r"(?:appeared first on|first appeared on|pertama kali (?:tampil|muncul|terbit) (?:di|pada))\s*"
    r"<a\b[^<>]{0,500}>[^<>]{0,300}</a>\s*\.?\s*</p>\s*$",
    re.IGNORECASE,
)
TAG = re.compile(r"<(?:p|div|br|li|h[1-6]|blockquote|table|tr|pre|figure)\b", re.IGNORECASE)
WEB_URL = re.compile(r"https?://[^\s<>\"\\]+$")

MOST_PARTS = 400_000
MOST_DEPTH = 100
MOST_LETTERS = 400_000
MOST_LABELS = 20
LONGEST_URL = 200  # what a post keeps

# What a site calls its news where it is not "post".
POST_KINDS = {"post", "berita", "kegiatan", "artikel", "article", "news", "pengumuman"}
# What WordPress and its plugins keep beside the categories and tags of a post.
NO_LABELS = {"post_format", "author", "language", "post_translations", "nav_menu", "wp_theme"}
UNLABELLED = {"uncategorized", "uncategorised", "tak berkategori", "tidak berkategori", "tanpa kategori", "umum"}

NOT_A_BLOG = _(
    "Berkas ini bukan ekspor blog: yang kami baca adalah RSS, Atom, atau ekspor WordPress (WXR) dan Blogger,"
    " juga di dalam ZIP."
)
BROKEN = _("Berkas ini tidak dapat dibaca: isinya rusak atau terpotong. Coba ekspor sekali lagi dari blog Anda.")
TOO_INVOLVED = _("Susunan berkas ini terlalu rumit untuk dibaca.")

# What an export calls its parts that are no posts, and our word for it.
LEFT_OUT = {
    "page": _("halaman tetap, bukan kegiatan"),
    "attachment": _("berkas lampiran"),
    "comment": _("komentar"),
    "trash": _("sudah dibuang di blog lama"),
    "empty": _("tanpa judul dan tanpa isi"),
    "twice": _("tertulis dua kali di berkas"),
    "other": _("menu, templat, dan setelan blog"),
    "unreadable": _("berkas di dalam ZIP yang bukan blog atau rusak"),
}


class BlogRefused(ValueError):
    pass


@dataclass
class Entry:
    """A post of the old blog: `key` names it in every export, `html` is its body as it was."""

    key: str
    former_key: str
    title: str
    url: str
    moment: datetime | None
    html: str
    # Of WordPress, which stores what was typed.
    has_lines: bool = False
    # How it stood there: "" for everyone to read, else a key of blog_import.STOOD.
    stood: str = ""
    labels: list[str] = field(default_factory=list)
    # Pictures that do not stand in the text.
    pictures: list[Picture] = field(default_factory=list)

    def day(self, zone):
        return self.moment and day_in(zone, self.moment)


@dataclass
class Blog:
    entries: list[Entry] = field(default_factory=list)
    left_out: Counter = field(default_factory=Counter)
    archive: Archive | None = None


@dataclass
class Attached:
    """A file that WordPress keeps as a post of its own, and the post it was uploaded to."""

    url: str
    parent: str
    alt: str


def read_export(file, site=""):
    """The blog of an uploaded file; `site` is where it was, for an export that does not say."""
    if not is_archive(file):
        return read_blog(file.read(), site)
    try:
        return read_archive(Archive(file), site)
    except ArchiveRefused as refusal:
        raise BlogRefused(str(refusal)) from refusal


def is_archive(file):
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return start == b"PK\3\4"


def read_archive(archive, site):
    gathering, refusal = Gathering(), None
    for data, own_site in archive.feeds():
        try:
            gathering.add(parts_of(data), own_site or site)
        except BlogRefused as one:
            gathering.left_out["unreadable"] += 1
            refusal = refusal or one
    if not gathering.entries:
        raise refusal or BlogRefused(_("Tidak ada ekspor blog (RSS, Atom, atau WXR) di dalam ZIP ini."))
    return gathering.blog(archive)


def read_blog(data, site=""):
    """The posts of an export given as bytes."""
    gathering = Gathering()
    gathering.add(parts_of(data), site)
    return gathering.blog()


def parts_of(data):
    """The entries of a feed, each as `Parts`; BlogRefused for what is none."""
    from defusedxml import DefusedXmlException

    if not data.strip():
        raise BlogRefused(_("Berkas ini kosong."))
    if b"\0" not in data[:200]:
        # Control characters that WordPress lets through and XML forbids, and the empty lines of PHP before it.
        data = mended(data.translate(None, CONTROLS).lstrip())
    try:
        for element in elements(data):
            yield Parts(element)
    except DefusedXmlException as error:
        raise BlogRefused(_("Berkas ini memuat bagian (entitas XML) yang tidak kami buka.")) from error
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, BlogRefused):
            raise
        raise BlogRefused(NOT_A_BLOG if looks_like_html(data) else BROKEN) from error


def looks_like_html(data):
    start = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return not start.startswith(b"<") or b"<!doctype html" in start or start.startswith(b"<html")


def elements(data):
    """Each entry when it is complete; what is done with is let go of."""
    from defusedxml.ElementTree import iterparse

    depth = 0
    for number, (event, element) in enumerate(iterparse(BytesIO(data), events=("start", "end"))):
        if not number and element.tag not in ROOTS:
            raise BlogRefused(NOT_A_BLOG)
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH or number > 2 * MOST_PARTS:
            raise BlogRefused(TOO_INVOLVED)
        if event == "end" and element.tag in ENTRIES:
            yield element
            element.clear()


class Gathering:
    """Entries of one or several files, each once; what they attach is known when all of them are read."""

    def __init__(self):
        self.entries, self.left_out, self.attached = {}, Counter(), {}
        # Of posts of WordPress: their number, and the number of their featured picture.
        self.numbers = {}

    def add(self, all_parts, site):
        for parts in all_parts:
            self.left_out["comment"] += parts.comments
            reason = parts.reason_to_leave_out
            if parts.kind == "attachment":
                self.attached[parts.text("post_id")] = parts.attached
            if reason:
                self.left_out[reason] += 1
            else:
                self.add_entry(parts, site.rstrip("/"))

    def add_entry(self, parts, site):
        entry = parts.entry(site)
        if not (entry.title or entry.html.strip()):
            self.left_out["empty"] += 1
            return
        same = self.entries.get(entry.key)
        if same and (same.title, same.url) != (entry.title, entry.url) and not parts.text("post_id"):
            # Feeds made by hand call several posts by one name.
            entry.key = f"{entry.key} {entry.url or entry.title}"[:500]
        if entry.key in self.entries:
            self.left_out["twice"] += 1
            return
        self.entries[entry.key] = entry
        self.numbers[entry.key] = (parts.text("post_id"), parts.post_meta.get("_thumbnail_id", ""))

    def blog(self, archive=None):
        for entry in self.entries.values():
            self.complete(entry)
        return Blog(list(self.entries.values()), self.left_out, archive)

    def complete(self, entry):
        """Say in HTML what the brackets of WordPress stand for, and which picture was featured."""
        number, featured = self.numbers[entry.key]
        entry.html = without_shortcodes(entry.html, lambda ids: self.urls_of(ids, number))
        if featured.isdecimal():
            attached = self.attached.get(featured)
            source = attached.url if attached else f"foto-{featured}"
            entry.pictures.insert(0, Picture(source, attached.alt if attached else ""))

    def urls_of(self, ids, parent):
        """The URLs of attached files; of all that were uploaded to a post where it names none."""
        if ids is None:
            files = [file for file in self.attached.values() if parent and file.parent == parent]
            return [file.url for file in files if PICTURE_FILE.search(path_of(file.url))]
        known = [self.attached.get(number) for number in ids]
        return [file.url if file else f"foto-{number}" for file, number in zip(known, ids, strict=True)]


class Parts:
    """What one entry is made of, by local names; formats and versions differ in their namespaces only."""

    def __init__(self, element):
        self.by_name = {}
        for child in element:
            if isinstance(child.tag, str):
                self.by_name.setdefault(child.tag.rpartition("}")[2], []).append(child)

    def text(self, *names):
        """The first of these that says anything."""
        for name in names:
            for child in self.by_name.get(name, []):
                if said := (child.text or "").strip():
                    return said
        return ""

    # What it is

    @property
    def kind(self):
        """ "post", or whatever else WordPress or Blogger says it is."""
        for category in self.by_name.get("category", []):
            if category.get("scheme", "").endswith("#kind"):
                return category.get("term", "").rpartition("#")[2]
        blogger = [child.text or "" for child in self.by_name.get("type", []) if "blogger" in child.tag]
        if "in-reply-to" in self.by_name:
            return "comment"
        return (self.text("post_type") or next(iter(blogger), "") or "post").strip().lower()

    @property
    def reason_to_leave_out(self):
        if self.kind not in POST_KINDS:
            return self.kind if self.kind in LEFT_OUT else "other"
        if self.status in ("auto-draft", "inherit") or "trash" in self.status or self.text("trashed"):
            return "trash"
        return None

    @property
    def status(self):
        return self.text("status").lower()

    @property
    def stood(self):
        """How it stood in the old blog, where not everyone could read it."""
        drafts = [child for control in self.by_name.get("control", []) for child in control]
        if any((child.text or "").strip().lower() == "yes" for child in drafts):
            return "draft"
        if self.text("post_password"):
            return "password"
        known = {"pending": "draft", "future": "scheduled"}
        status = known.get(self.status, self.status)
        return status if status in ("draft", "private", "scheduled") else ""

    @property
    def comments(self):
        """Those that WordPress keeps inside the post."""
        return sum(len(child) > 0 for child in self.by_name.get("comment", []))

    @property
    def post_meta(self):
        """What WordPress notes of a post: `{"_thumbnail_id": "12"}`."""
        pairs = ([(part.text or "").strip() for part in meta] for meta in self.by_name.get("postmeta", []))
        return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}

    @property
    def attached(self):
        return Attached(
            self.text("attachment_url", "guid"),
            self.text("post_parent"),
            self.post_meta.get("_wp_attachment_image_alt", ""),
        )

    # What it says

    def entry(self, site):
        title, url, moment = self.title, self.url(site), self.moment
        named = self.text("guid", "id") or url or f"{title} {moment}"
        number = self.text("post_id")
        return Entry(
            key=f"{named} {number}".strip()[:500],
            former_key=named[:500],
            title=title,
            url=url,
            moment=moment,
            html=self.html,
            has_lines=self.has_lines,
            stood=self.stood,
            labels=self.labels,
            pictures=self.pictures,
        )

    @property
    def title(self):
        said = "".join("".join(child.itertext()) for child in self.by_name.get("title", [])[:1])
        # Once more: many blogs escape what was escaped.
        return only_seen(re.sub(r"</?[a-zA-Z][^<>]{0,500}>", "", html.unescape(said)), one_line=True)

    def url(self, site):
        """Where it was: in full, or of a Takeout that does not say on which site, the path on it."""
        links = self.by_name.get("link", [])
        atom = [link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"]
        path = self.text("filename")
        of_site = f"{site}{path}" if site and path.startswith("/") else ""
        for said in [self.text("origLink"), self.text("link"), *atom, of_site, self.text("guid"), path]:
            if (WEB_URL.match(said) or (said == path and path.startswith("/"))) and len(said) <= LONGEST_URL:
                return said
        return ""

    @property
    def moment(self):
        own, in_utc = read_moment(self.text("post_date")), read_moment(self.text("post_date_gmt"))
        if own and own == in_utc:
            return own.replace(tzinfo=UTC)  # a blog that was never told where it is
        said = (self.text(*names) for names in (["pubDate"], ["date"], ["published", "created"], ["updated"]))
        return own or next(filter(None, map(read_moment, said)), None)

    @property
    def labels(self):
        """Its categories and tags."""
        said = [
            category.get("term") or category.text or ""
            for name in ("category", "subject")
            for category in self.by_name.get(name, [])
            if not category.get("scheme", "").endswith("#kind") and category.get("domain") not in NO_LABELS
        ]
        labels = [only_seen(html.unescape(label), one_line=True)[:60] for label in said]
        shown = [label for label in labels if label and label.lower() not in UNLABELLED and "://" not in label]
        return list(dict.fromkeys(shown))[:MOST_LABELS]

    @property
    def pictures(self):
        """Those that a feed names beside the text; not of its author, and not the small copies for lists."""
        media = [*self.by_name.get("enclosure", []), *self.by_name.get("content", [])]
        sources = [
            part.get("url") or ""
            for part in media
            if part.get("type", "").startswith("image/") or part.get("medium") == "image"
        ]
        return [Picture(source[:2000]) for source in sources if WEB_URL.match(source) and not is_portrait(source)]

    # The body

    @property
    def has_lines(self):
        return "post_type" in self.by_name or not TAG.search(self.html)

    @property
    def html(self):
        """The first of what the formats call the body that says anything; an excerpt where nothing else does."""
        named = ("encoded", "content", "description", "summary")
        parts = [child for name in named for child in self.by_name.get(name, [])]
        body = next(filter(str.strip, map(body_of, sorted(parts, key=is_excerpt))), "")
        return FOOTER.sub("", WHOLE_FILE.sub(r"\1", body)[:MOST_LETTERS])


def is_portrait(source):
    return "gravatar.com" in source or "/avatar" in source


def is_excerpt(element):
    return element.tag.endswith("}encoded") and "excerpt" in element.tag


def body_of(element):
    if element.get("type") == "text":
        return html.escape(element.text or "")
    if not len(element):
        return element.text or ""
    for part in element.iter():
        part.tag = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else "span"
        part.attrib = {name: value for name, value in part.attrib.items() if name in KEPT_ATTRIBUTES}
    return tostring(element, encoding="unicode", method="html")


# Of XHTML, what `from_html` reads.
KEPT_ATTRIBUTES = {
    "href",
    "src",
    "alt",
    "class",
    "style",
    "start",
    "value",
    "type",
    "width",
    "height",
    "name",
    "srcset",
}
