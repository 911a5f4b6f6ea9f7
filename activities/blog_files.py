"""The posts of an old blog out of its export: RSS, WordPress's WXR, Atom, or Blogger's Atom.

Read without entities and without a network. Raises BlogRefused with a sentence on a file that is none of these.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_lazy as _

from accounts.plain import only_seen
from activities.from_html import with_breaks

ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
ROOTS = {"rss", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF", f"{ATOM}feed"}
ENTRIES = {"item", f"{RSS1}item", f"{ATOM}entry"}
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
SHORTCODES = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\]\n]{0,500}\]")

MOST_PARTS = 400_000
MOST_DEPTH = 100
MOST_LETTERS = 400_000
FIRST_YEAR = 1995

NOT_A_BLOG = _(
    "Berkas ini bukan ekspor blog: yang kami baca adalah RSS, Atom, atau ekspor WordPress (WXR) dan Blogger."
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
}


class BlogRefused(ValueError):
    pass


@dataclass
class Entry:
    """A post of the old blog: `key` names it in every export, `html` is its body as it was."""

    key: str
    title: str
    url: str
    day: date | None
    html: str


@dataclass
class Blog:
    entries: list = field(default_factory=list)
    left_out: Counter = field(default_factory=Counter)


def read_blog(data):
    """The posts of an export given as bytes."""
    if not data.strip():
        raise BlogRefused(_("Berkas ini kosong."))
    if b"\0" not in data[:200]:
        # Control characters that WordPress lets through and XML forbids.
        data = data.translate(None, CONTROLS)
    try:
        return gathered(elements(data))
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


def gathered(elements):
    blog, known = Blog(), set()
    for element in elements:
        parts = Parts(element)
        reason = parts.reason_to_leave_out
        entry = None if reason else parts.entry
        if entry and not (entry.title or entry.html.strip()):
            reason = "empty"
        elif entry and entry.key in known:
            reason = "twice"
        blog.left_out["comment"] += parts.comments
        if reason:
            blog.left_out[reason] += 1
        else:
            known.add(entry.key)
            blog.entries.append(entry)
    return blog


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

    @property
    def kind(self):
        """ "post", or whatever else WordPress or Blogger says it is."""
        for category in self.by_name.get("category", []):
            if category.get("scheme", "").endswith("#kind"):
                return category.get("term", "").rpartition("#")[2]
        return (self.text("post_type", "type") or "post").lower()

    @property
    def reason_to_leave_out(self):
        if self.kind != "post":
            return self.kind if self.kind in LEFT_OUT else "other"
        if self.text("status").lower() in ("trash", "auto-draft", "inherit", "soft_trashed"):
            return "trash"
        return None

    @property
    def comments(self):
        """Those that WordPress keeps inside the post."""
        return sum(len(child) > 0 for child in self.by_name.get("comment", []))

    @property
    def entry(self):
        title, url, day = self.title, self.url, self.day
        key = self.text("guid", "id") or url or f"{title} {day}"
        return Entry(key=key[:500], title=title, url=url, day=day, html=self.html)

    @property
    def title(self):
        said = "".join("".join(child.itertext()) for child in self.by_name.get("title", [])[:1])
        # Once more: many blogs escape what was escaped.
        return only_seen(re.sub(r"<[^<>]{0,500}>", "", html.unescape(said)), one_line=True)

    @property
    def url(self):
        links = self.by_name.get("link", [])
        atom = [link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"]
        for address in [self.text("link"), *atom, self.text("guid")]:
            if re.match(r"https?://[^\s<>\"\\]+$", address) and len(address) <= 200:
                return address
        return ""

    @property
    def day(self):
        for said in (
            self.text("post_date"),
            self.text("pubDate"),
            self.text("date"),
            self.text("published", "updated"),
        ):
            if day := read_day(said):
                return day
        return None

    @property
    def html(self):
        """The longest of what the formats call the body."""
        bodies = [
            body_of(child)
            for name in ("encoded", "content", "description", "summary")
            for child in self.by_name.get(name, [])
        ]
        body = next((body for body in bodies if body.strip()), "")[:MOST_LETTERS]
        if "post_type" in self.by_name:
            body = with_breaks(SHORTCODES.sub("", body))
        return body


def body_of(element):
    if element.tag.endswith("}encoded") and "excerpt" in element.tag:
        return ""
    if element.get("type") == "text":
        return with_breaks(html.escape(element.text or ""))
    if not len(element):
        return element.text or ""
    for part in element.iter():
        part.tag = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else "span"
        part.attrib = {name: value for name, value in part.attrib.items() if name in ("href", "src")}
    return tostring(element, encoding="unicode", method="html")


def read_day(text):
    """A day between the first blogs and tomorrow; None for anything else."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text.strip())
            if FIRST_YEAR <= moment.year <= datetime.now(UTC).year + 1 and str(moment.year) in text:
                return moment.date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
