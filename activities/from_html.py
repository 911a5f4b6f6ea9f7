"""From the HTML of a blog to our small Markdown: paragraphs, headings, bold, italics, lists, quotes and links.

Nothing is trusted and nothing is fetched: what comes out is text, which `communities.markup` renders like any other.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urlsplit

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
HEADINGS = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "### ", "h5": "### ", "h6": "### "}
BLOCKS = {
    *("p", "div", "section", "article", "header", "footer", "aside", "figure", "figcaption", "table", "tr"),
    *("pre", "address", "dl", "dt", "dd", "center", "form"),
}
UNREAD = {"script", "style", "noscript", "template", "title", "select", "textarea", "svg"}
# Deeper than anybody writes; it bounds what each line can cost.
MOST_OPEN = 10
MOST_DEPTH = 4
PICTURES = 200

# A tag with its attributes, or text. The parser of the standard library takes minutes over some broken pages.
TOKEN = re.compile(
    r"""<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)"""
    r"""(?P<attrs>(?:[^<>"']++|"[^"]{0,2000}+"|'[^']{0,2000}+'){0,100}+)>"""
    r"""|<[!?][^<>]{0,2000}+>|[^<]++|<"""
)
ATTRIBUTE = re.compile(r"""(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]++))""")

# What would be read as a mark where it was only a letter.
MARK_LETTERS = re.compile(r"[\\*]|(?<!\w)_|_(?!\w)|\](?=\()|<(?=[a-zA-Z/])")
MARK_AT_START = re.compile(r"^([-+](?=\s|$)|-(?=[-\s]*$)|#{1,6}(?=\s|$)|>)", re.MULTILINE)
NUMBER_AT_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)", re.MULTILINE)


@dataclass
class Converted:
    """The text, and the file names of the pictures that stood in it."""

    text: str
    pictures: list = field(default_factory=list)


def from_html(html):
    """What a piece of HTML says."""
    reader = Reader()
    reader.read(without_comments(html))
    return Converted("".join(reader.blocks).strip(), list(dict.fromkeys(reader.pictures)))


def without_comments(html):
    before, *others = html.split("<!--")
    return before + "".join(other.partition("-->")[2] for other in others)


def with_breaks(text):
    """The HTML of a text whose lines are its paragraphs, as WordPress stores it."""
    if re.search(r"<(?:p|div|br)\b", text, re.IGNORECASE):
        return text
    return text.replace("\r\n", "\n").replace("\n", "<br>")


class Reader:
    """Collects blocks of lines; what is open when a block ends is closed there and opened again in the next."""

    def __init__(self):
        self.blocks, self.pictures = [], []
        self.lists, self.bullet = [], ""
        self.unread, self.quotes, self.heading = None, 0, ""
        self.open, self.parts = [], [[]]
        self.has_broken = False

    def read(self, html):
        for token in TOKEN.finditer(html):
            tag = token["tag"] and token["tag"].lower()
            if self.unread:
                self.unread = None if token["end"] and tag == self.unread else self.unread
            elif not tag:
                self.say(token[0])
            elif token["end"]:
                self.leave(tag)
            else:
                self.enter(tag, token["attrs"])
        self.end_block()

    # Tags and text

    def enter(self, tag, attrs):
        if tag in UNREAD:
            self.unread = tag
        elif tag == "br":
            self.line_break()
        elif tag == "img":
            self.picture(attributes(attrs))
        elif tag == "a":
            self.begin(tag, link_target(attributes(attrs).get("href")))
        elif tag in MARKS:
            self.begin(tag, MARKS[tag])
        elif tag in ("td", "th"):
            self.say(" ")
        else:
            self.begin_block(tag)

    def leave(self, tag):
        if tag == "a" or tag in MARKS:
            self.end(tag)
        elif tag in HEADINGS or tag in BLOCKS or tag == "li":
            self.end_block()
            self.heading = ""
        elif tag in ("ul", "ol") and self.lists:
            self.end_block()
            self.lists.pop()
        elif tag == "blockquote":
            self.end_block()
            self.quotes = max(0, self.quotes - 1)

    def say(self, text):
        if text.startswith(("<!", "<?")):
            return
        words = re.sub(r"\s+", " ", unescape(text))
        if words.strip():
            self.has_broken = False
        self.parts[-1].append(MARK_LETTERS.sub(r"\\\g<0>", words))

    # Lines

    def line_break(self):
        """A line break; the second in a row begins a paragraph."""
        if self.has_broken:
            self.end_block()
        else:
            self.parts[-1].append("\n")
            self.has_broken = True

    def begin(self, tag, mark):
        if mark and len(self.open) < MOST_OPEN:
            self.open.append((tag, mark))
            self.parts.append([])

    def end(self, tag):
        if tag not in (opened for opened, _mark in self.open):
            return
        while self.fold() != tag:
            pass

    def fold(self):
        """Close the innermost mark around what is in it; its tag."""
        tag, mark = self.open.pop()
        text = "".join(self.parts.pop())
        words = text.strip()
        before, _, after = text.partition(words) if words else (text, "", "")
        if words and tag == "a":
            words = f"[{words}]({mark})"
        elif words:
            words = f"{mark}{words}{mark}"
        self.parts[-1].append(f"{before}{words}{after}")
        return tag

    def picture(self, attrs):
        source = attrs.get("data-src") or attrs.get("src") or ""
        if source and len(self.pictures) < PICTURES:
            self.pictures.append(file_name(source))

    # Blocks

    def begin_block(self, tag):
        if tag in ("ul", "ol"):
            self.end_block()
            self.lists.append([tag, 0])
        elif tag == "li":
            self.end_block()
            self.bullet = self.next_bullet()
        elif tag == "blockquote":
            self.end_block()
            self.quotes += 1
        elif tag == "hr":
            self.end_block()
            self.blocks.append("---\n\n")
        elif tag in HEADINGS or tag in BLOCKS:
            self.end_block()
            self.heading = HEADINGS.get(tag, "")

    def next_bullet(self):
        if not self.lists or self.lists[-1][0] == "ul":
            return "- "
        self.lists[-1][1] += 1
        return f"{self.lists[-1][1]}. "

    def end_block(self):
        still_open = self.open[:]
        while self.open:
            self.fold()
        text = "\n".join(" ".join(line.split()) for line in "".join(self.parts[0]).split("\n")).strip()
        self.open, self.parts, self.has_broken = still_open, [[] for _ in range(len(still_open) + 1)], False
        if text:
            self.blocks.append(self.laid_out(text))
            self.bullet = ""

    def laid_out(self, text):
        """The lines of a block behind what says where they belong."""
        text = NUMBER_AT_START.sub(r"\1\\\2", MARK_AT_START.sub(r"\\\1", text))
        if self.heading and not self.lists:
            return f"{self.heading}{text.replace('\n', ' ')}\n\n"
        inset = "   " * min(len(self.lists) - 1, MOST_DEPTH) if self.lists else ""
        first = inset + self.bullet
        later = inset + " " * len(self.bullet or "  ") if self.lists else ""
        quote = "> " * min(self.quotes, MOST_DEPTH)
        lines = text.split("\n")
        begun = [first if self.bullet else later, *[later] * (len(lines) - 1)]
        return "\n".join(f"{quote}{start}{line}" for start, line in zip(begun, lines, strict=True)) + (
            "\n" if self.bullet else "\n\n"
        )


def attributes(text):
    """The first of each name, as a browser takes them."""
    found = {}
    for name, *values in ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def link_target(address):
    """An address that may stand in a link, or "" for one that may not."""
    address = "".join((address or "").split())
    if not re.match(r"(?:https?://|mailto:)\S", address, re.IGNORECASE) or len(address) > 2000:
        return ""
    return re.sub(r"[()<>\\]", lambda found: f"%{ord(found[0]):02X}", address)


def file_name(source):
    """The name of a picture's file, for people to find it again."""
    if source.startswith("data:"):
        return "gambar"
    try:
        path = urlsplit(source.strip()).path
    except ValueError:
        path = source
    name = unquote(path.rstrip("/").rpartition("/")[2], errors="replace")
    return re.sub(r"[\x00-\x1f\[\]]", "", name)[:80] or "gambar"
