"""From the HTML of a blog to the marks of our members: paragraphs, bold, italics, lists, quotes, tables, links.

Nothing is trusted and nothing is fetched: what comes out is text, which `pages.markup` renders like any other.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from activities.blogs.embeds import SOURCES, absolute, replaced_by_script, shown_elsewhere
from activities.blogs.marks import BOLD, ITALIC, LINK, LINK_END, MONO, NUMBER_END, SIGNS, STRUCK, tidy, written
from activities.blogs.pictures import Picture, background_of, picture_of, said_by

MARKS = {
    **dict.fromkeys(["b", "strong"], BOLD),
    **dict.fromkeys(["i", "em", "cite", "dfn", "var"], ITALIC),
    **dict.fromkeys(["s", "strike", "del"], STRUCK),
    **dict.fromkeys(["code", "kbd", "tt", "samp"], MONO),
}
HEADINGS = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "### ", "h5": "### ", "h6": "### "}
BLOCKS = {
    *("p", "div", "section", "article", "header", "footer", "aside", "figure", "figcaption", "main", "nav", "details"),
    *("table", "caption", "pre", "address", "dl", "dt", "dd", "center", "form", "fieldset", "legend", "summary"),
}
# What in a row of cells begins nothing, and what plays the first of several films.
IN_CELLS, PLAYERS = {"ul", "ol", "li", "blockquote", *HEADINGS}, ("video", "audio", "object", "amp-video")
UNREAD = {"script", "style", "noscript", "template", "title", "select", "textarea", "svg", "button"}
# What a page keeps from its readers: words that were smuggled into it, as a rule. What a click would show is read.
HIDDEN = re.compile(
    r"style\s*=[^>]*?(?:(?<![\w-])left\s*:\s*-\d{3}|text-indent\s*:\s*-\d{4}|visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
CLOSED = re.compile(r"style\s*=[^>]*?display\s*:\s*none", re.IGNORECASE)
# Buttons to pass a page on, and what else there is to read.
SHARING = re.compile(
    r"""class\s*=\s*["'][^"']*\b(?:sharedaddy|jp-relatedposts|addtoany_share|a2a_kit|heateor)""", re.IGNORECASE
)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Deeper than anybody writes; it bounds what each line can cost.
MOST_OPEN = 10
MOST_DEPTH = 4
MOST_PICTURES = 200
MOST_LETTERS, MOST_BLOCKS = 40_000, 4_000  # more than a post may have
LONG = 100  # a URL that nobody reads

# A tag with its attributes, or text. The parser of the standard library takes minutes over some broken pages.
TOKEN = re.compile(
    r"""<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)"""
    r"""(?P<attrs>(?:[^<>"']++|"[^"]{0,4000}+"|'[^']{0,4000}+'){0,100}+)>"""
    r"""|<[!?][^<>]{0,2000}+>|[^<]++|<"""
)
ATTRIBUTE = re.compile(r"""(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]++))""")
NEWLINES = re.compile(r"(\n[ \t\r]*\n\s*|\n)")
CELL, ROW_END = re.compile(r"<t[dh]\b", re.IGNORECASE), re.compile(r"</?(?:tr|table)\b", re.IGNORECASE)
LONGEST_ROW = 5000


@dataclass
class Converted:
    """The text, the pictures that stood in it, and whether it was too long to be read to its end."""

    text: str
    pictures: list[Picture] = field(default_factory=list)
    is_cut: bool = False


@dataclass
class Block:
    """Lines that belong together, within so many quotes and lists; in a list it may begin an item."""

    lines: list[str]
    quotes: int
    # The number of the outermost of its quotes.
    quote: int
    lists: int
    is_item: bool


class Opened(NamedTuple):
    """A tag that is open, and the signs that it put before its words and will put after them."""

    tag: str
    before: str = ""
    after: str = ""


def from_html(html, *, base="", has_lines=False):
    """What a piece of HTML says.

    With `has_lines` its line breaks are some, as in what WordPress stores; where it stores blocks, outside of these.
    """
    reader = Reader(base, has_lines, is_of_blocks="<!-- wp:" in html)
    reader.read(without_comments(html))
    pictures = {}
    for picture in reader.pictures:
        pictures.setdefault(picture.key, picture)
    return Converted(joined(reader.blocks), list(pictures.values()), reader.is_full)


def without_comments(html):
    before, *others = html.split("<!--")
    return before + "".join(other.partition("-->")[2] for other in others)


def joined(blocks):
    """The blocks below each other; a quote goes on between those that are in it."""
    text = "\n".join(blocks[0].lines) if blocks else ""
    for block, following in pairwise(blocks):
        is_near = block.lists and following.is_item
        quote = "> " * min(block.quotes, following.quotes) * (block.quote == following.quote)
        text += "\n" if is_near else f"\n{quote.rstrip()}\n"
        text += "\n".join(following.lines)
    return text.strip()


class Reader:
    """Collects blocks of lines; what is open when a block ends is closed there and opened again in the next."""

    def __init__(self, base="", has_lines=False, *, is_of_blocks=False):
        self.base, self.has_lines, self.is_of_blocks = base, has_lines, is_of_blocks
        self.blocks, self.pictures, self.urls, self.letters = [], [], [], 0
        self.lists, self.bullet, self.quotes, self.quote, self.heading = [], "", 0, 0, ""
        self.within, self.unread, self.inside, self.is_pre, self.cells, self.tables = 0, None, 0, False, None, 0
        self.open, self.parts = [], []
        self.has_broken = self.is_after_break = self.is_playing = False
        self.shown = set()

    def read(self, html):
        can_open = "onclick" in html
        for token in TOKEN.finditer(html):
            tag = token["tag"] and token["tag"].lower()
            if self.unread:
                self.pass_over(tag, token["end"])
            elif self.is_full and tag != "img":
                continue
            elif not tag:
                self.hear(token[0])
            elif token["end"]:
                self.leave(tag)
            elif tag in UNREAD or (tag in ("div", "p", "span") and is_kept_from_readers(token["attrs"], can_open)):
                self.unread, self.within = tag, 1
            else:
                self.enter(tag, token["attrs"], html, token.end())
        self.end_block()

    @property
    def is_full(self):
        return self.letters > MOST_LETTERS or len(self.blocks) > MOST_BLOCKS

    def pass_over(self, tag, is_end):
        """What nobody reads, to its end; a block may lie within another of its kind."""
        if tag == self.unread:
            self.within += -1 if is_end else tag in ("div", "span")
            self.unread = self.unread if self.within else None

    # Tags

    def enter(self, tag, attrs, html, position):
        if tag == "br":
            self.line_break()
            self.is_after_break = True
        elif tag == "img":
            self.picture(attributes(attrs))
        elif tag in SOURCES:
            self.show(tag, attributes(attrs))
        elif self.cells is not None and tag in IN_CELLS:
            self.begin_in_cell(tag)
        elif tag == "tr":
            self.begin_row(html, position)
        elif tag in ("td", "th"):
            self.begin_cell()
        elif tag == "a":
            self.begin_link(attributes(attrs))
        elif tag in MARKS or tag in ("span", "font"):
            self.begin_mark(tag, attributes(attrs).get("style", ""))
        elif tag in ("sup", "q"):
            self.begin(tag)
            self.say("“" if tag == "q" else "")
        else:
            self.begin_block(tag, attrs)

    def leave(self, tag):
        if tag == "q":
            self.say("”")
        if any(opened.tag == tag for opened in self.open):
            while self.close() != tag:
                pass
        elif tag == "tr":
            self.cells = None
        elif self.cells is not None and tag in IN_CELLS:
            self.parts.append("" if tag == "li" else " ")
        elif tag in HEADINGS or tag in BLOCKS or tag == "li":
            self.end_block()
            # Of an item without words nothing begins.
            self.bullet = "" if tag == "li" else self.bullet
            self.heading, self.inside = "", max(0, self.inside - 1)
            self.is_pre, self.tables = self.is_pre and tag != "pre", max(0, self.tables - (tag == "table"))
        elif tag in ("ul", "ol") and self.lists:
            self.end_block()
            self.lists.pop()
            self.inside = max(0, self.inside - 1)
        elif tag == "blockquote":
            self.end_block()
            self.quotes, self.inside = max(0, self.quotes - 1), max(0, self.inside - 1)

    # Words and lines

    def hear(self, text):
        """Text, and its line breaks where they are some."""
        if text.startswith(("<!", "<?")) or (self.tables and text.isspace()):
            return
        if not (self.is_pre or (self.has_lines and self.cells is None and not (self.is_of_blocks and self.inside))):
            return self.say(text)
        for number, piece in enumerate(NEWLINES.split(text)):
            if not number % 2:
                self.say(piece)
            elif piece.count("\n") > 1:
                self.end_block()
            elif not self.is_after_break:
                self.line_break()

    def say(self, text):
        words = re.sub(r"\s+", " ", SIGNS.sub("", unescape(text)))
        if words.strip():
            self.has_broken = self.is_after_break = False
        if any(opened.tag == "sup" for opened in self.open):
            words = words.translate(RAISED)
        self.letters += len(words)
        self.parts.append(words[:MOST_LETTERS])

    def line_break(self):
        """A line break; the second in a row begins a paragraph. In a row of a table it is a space."""
        if self.cells is not None:
            self.parts.append(" ")
        elif self.has_broken:
            self.end_block()
        else:
            self.parts.append("\n")
            self.has_broken = True

    # What is marked

    def begin_mark(self, tag, style):
        kind = MARKS.get(tag)
        if kind == BOLD and re.search(r"font-weight:\s*(?:normal|[1-4]00)", style):
            kind = None
        elif tag in ("span", "font") and re.search(r"font-weight:\s*(?:bold|[6-9]00)", style):
            kind = BOLD
        elif tag in ("span", "font") and re.search(r"font-style:\s*italic", style):
            kind = ITALIC
        self.begin(tag, *(kind or ("", "")))

    def begin_link(self, attrs):
        url = link_target(attrs.get("href"), self.base)
        if "button" in attrs.get("class", ""):
            self.say(" ")
        if url:
            self.urls.append(url)
            self.begin("a", LINK, f"{LINK_END}{len(self.urls) - 1}{NUMBER_END}")
        else:
            self.begin("a")

    def begin(self, tag, before="", after=""):
        """A tag of words; of what is marked already, nothing more is said."""
        if before and (len(self.open) >= MOST_OPEN or any(opened.before == before for opened in self.open)):
            before = after = ""
        if len(self.open) < 3 * MOST_OPEN:
            self.open.append(Opened(tag, before, after))
            self.parts.append(before)

    def close(self):
        """End what was opened last; its tag."""
        opened = self.open.pop()
        self.parts.append(opened.after)
        return opened.tag

    # Pictures, films, tables

    def picture(self, attrs):
        if letters := said_by(attrs):
            self.parts.append(letters)
            self.has_broken = False
            return
        links = [int(opened.after[1:-1]) for opened in self.open if opened.before == LINK]
        self.add_picture(picture_of(attrs, self.urls[links[-1]] if links else ""))

    def add_picture(self, picture):
        if picture and len(self.pictures) < MOST_PICTURES:
            self.pictures.append(picture)

    def show(self, tag, attrs):
        """A link to what is shown from elsewhere, once."""
        if tag in PLAYERS:
            self.is_playing = False
        said = shown_elsewhere(tag, attrs, self.base) if not (tag == "source" and self.is_playing) else None
        if said is None or said[1] in self.shown or len(self.shown) > MOST_PICTURES:
            return
        word, url = said
        self.shown.add(url)
        self.is_playing = tag in (*PLAYERS, "source")
        self.end_block()
        safe = link_target(url)
        self.put([f"{word}: {url}" if len(url) <= LONG and safe == url else f"[{word}]({safe})"])

    def begin_row(self, html, position):
        """A row of several cells is one line; of a table that only holds a layout, each cell is a block."""
        end = ROW_END.search(html, position, position + LONGEST_ROW)
        row = html[position : end.start()] if end and "<table" not in end[0].lower() else ""
        if len(CELL.findall(row)) < 2:
            self.end_block()
        elif self.parts:
            self.parts.append("\n")
        self.cells = 0 if len(CELL.findall(row)) > 1 else None

    def begin_cell(self):
        if self.cells is None:
            self.end_block()
        else:
            self.parts.append(" | " if self.cells else "")
            self.cells += 1

    def begin_in_cell(self, tag):
        """What would be a block is words of its cell; the items of a list stand behind each other."""
        is_next = tag == "li" and "".join(self.parts[-3:]).strip()[-1:].isalnum()
        self.parts.append(", " if is_next else " ")

    # Blocks

    def begin_block(self, tag, attrs):
        if ("data-" in attrs or "cite" in attrs) and (url := replaced_by_script(attributes(attrs))):
            self.show("iframe", {"src": url})
        if tag in ("ul", "ol"):
            self.end_block()
            self.lists.append(List(tag, attributes(attrs)))
        elif tag == "li":
            self.end_block()
            self.bullet = self.lists[-1].next_bullet(attributes(attrs)) if self.lists else "- "
        elif tag == "blockquote":
            self.end_block()
            self.quote += not self.quotes
            self.quotes += 1
        elif tag == "hr":
            self.end_block()
            self.put(["---"])
            return
        elif tag in HEADINGS or tag in BLOCKS:
            self.end_block()
            self.heading, self.is_pre = HEADINGS.get(tag, ""), self.is_pre or tag == "pre"
            self.tables += tag == "table"
            if "url(" in attrs:
                self.add_picture(background_of(attributes(attrs)))
        else:
            return
        self.inside += 1

    def end_block(self):
        if self.cells is not None:
            self.parts.append(" ")
            return
        text = "".join([*self.parts, *(opened.after for opened in reversed(self.open))])
        self.parts, self.has_broken = [opened.before for opened in self.open], False
        if SIGNS.sub("", text).strip():
            # Before letters are escaped that would be a mark where the line then begins.
            told = "\n".join(without_empty_cell(line) for line in tidy(text).split("\n"))
            lines = written(told, self.urls).split("\n")
            self.put([f"{self.heading}{' '.join(lines)}"] if self.heading and not self.lists else lines)

    def put(self, lines):
        """A block of these lines, behind what says where they belong."""
        if not any(lines):
            return
        inset = "   " * min(len(self.lists) - 1, MOST_DEPTH) if self.lists else ""
        later = inset + " " * len(self.bullet or "  ") if self.lists else ""
        begun = [inset + self.bullet if self.bullet else later, *[later] * (len(lines) - 1)]
        depth = min(self.quotes, MOST_DEPTH)
        quote = "> " * depth
        placed = [f"{quote}{start}{line}" for start, line in zip(begun, lines, strict=True)]
        self.blocks.append(Block(placed, depth, self.quote, len(self.lists), bool(self.bullet)))
        self.bullet = ""


class List:
    """An open <ul> or <ol>, and the number that its next item has."""

    def __init__(self, tag, attrs):
        self.is_numbered, self.letters = tag == "ol", attrs.get("type", "") if attrs.get("type") in ("a", "A") else ""
        self.next = number_in(attrs.get("start"), 1)

    def next_bullet(self, attrs):
        if not self.is_numbered:
            return "- "
        number = number_in(attrs.get("value"), self.next)
        self.next = number + 1
        return f"{chr(ord(self.letters) + number - 1)}. " if self.letters and 0 < number < 27 else f"{number}. "


def is_kept_from_readers(attrs, can_open):
    return HIDDEN.search(attrs) or SHARING.search(attrs) or (not can_open and CLOSED.search(attrs))


def number_in(text, otherwise):
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text or "") else otherwise


def without_empty_cell(line):
    """A row of two cells of which one says nothing is no row."""
    return line.strip(" |") if line.startswith("|") or line.endswith(" |") else line


def attributes(text):
    """The first of each name, as a browser takes them."""
    found = {}
    for name, *values in ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def link_target(url, base=""):
    """A URL that may stand in a link, or "" for one that may not."""
    url = "".join((url or "").split())
    if url and not url.startswith(("#", "javascript:")):
        url = absolute(url, base)
    if not re.match(r"(?:https?://|mailto:)\S", url, re.IGNORECASE) or len(url) > 2000:
        return ""
    return re.sub(r"[()<>\\\x00-\x1f]", lambda found: f"%{ord(found[0]):02X}", url)
