"""The one path from what a person typed to HTML, and to the words alone."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import groupby, pairwise

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from pages.line_ends import in_plain_lines
from pages.marks import marks_of_members
from pages.tappable import taps_in

CLEANER = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "s", "ul", "ol", "li", "h2", "h3", "blockquote", "a", "hr", "code", "pre"},
    attributes={"a": {"href"}, "ol": {"start"}, "li": {"value"}},
    allowed_classes={"ol": {"paren"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="nofollow ugc noopener",
)

# What no mark, no link and no escape is made of; spaces of other kinds are the parser's.
PLAIN = r"[^*_~`\\<>&\[\]\n\0]"
NO_OTHER_SPACE = r"(?s:(?!.*[^\S \n]))"
# Lines that begin with a letter or a quotation and hold no mark, as most do.
UNMARKED = re.compile(rf"""{NO_OTHER_SPACE}(?:[ \n]*+["'“]?+[^\W\d_]{PLAIN}*+(?:\n|\Z))*+[ \n]*+""")
# The same of what stands in a block, which may begin with anything.
UNMARKED_WORDS = re.compile(rf"{NO_OTHER_SPACE}(?:{PLAIN}|\n)*+")


@cache
def parser() -> MarkdownIt:
    # A line break typed is a line break meant: people paste from WhatsApp.
    md = MarkdownIt("zero", {"breaks": True}).use(marks_of_members)
    md.core.ruler.at("inline", words_of_blocks)
    return md.enable(["link", "heading", "newline", "escape", "autolink"])


def words_of_blocks(state: StateCore) -> None:
    """The parser's own rule, but for words without marks: it would look at each letter for what is none."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if is_without_marks(UNMARKED_WORDS, token.content):
                token.children += plain_tokens(token.content)
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def plain_tokens(text: str) -> Iterator[Token]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("softbreak", "br", 0)
        yield Token("text", "", 0, content=line.strip(" "))


def is_without_marks(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(text) is not None and not taps_in(text)


def parsed(text: str) -> list[Token]:
    """The tokens of a text; headings begin below the page's own."""
    tokens = parser().parse(text, {})
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = "h2" if token.tag in ("h1", "h2") else "h3"
    return tokens


class MarkedText:
    """What a member wrote, parsed once for both its HTML and its words."""

    def __init__(self, text: str) -> None:
        self.text = in_plain_lines(text)

    @cached_property
    def tokens(self) -> list[Token]:
        return parsed(self.text)

    @cached_property
    def is_unmarked(self) -> bool:
        return is_without_marks(UNMARKED, self.text)

    @property
    def html(self) -> SafeString:
        """Safe HTML: marks as in WhatsApp, and a small subset of Markdown."""
        if self.is_unmarked:
            return paragraphs(self.text)
        return cleaned(parser().renderer.render(self.tokens, parser().options, {}))

    @property
    def words(self) -> str:
        """What it says, in one line without its marks, for where no marks can be: a summary, an extract, a title."""
        if self.is_unmarked:
            return " ".join(self.text.split())
        pieces: list[str] = []
        for token, following in pairwise([*self.tokens, Token("", "", 0)]):
            if token.type == "inline":
                pieces.append(words_of(token.children))
            elif token.type in ("fence", "list_item_open"):
                pieces.append(token.content or token.info)
            elif token.type == "bullet_list_close":
                end_with(".", pieces)
            elif token.type == "list_item_close" and following.type == "list_item_open" and not following.info:
                end_with(";", pieces)
        return " ".join(" ".join(pieces).split())


def paragraphs(text: str) -> SafeString:
    """The same HTML of a text that is `UNMARKED`, a tenth of whose time the parser would take."""
    lines = [line.strip(" ") for line in text.split("\n")]
    groups = [list(group) for is_said, group in groupby(lines, bool) if is_said]
    return mark_safe("".join(f"<p>{'<br>\n'.join(group)}</p>\n" for group in groups))  # holds none of < > &


def render_markup(text: str) -> SafeString:
    return MarkedText(text).html


def plain_words(text: str) -> str:
    return MarkedText(text).words


def render_line(text: str) -> SafeString:
    """The same of a single line, such as how to reach somebody."""
    return cleaned(parser().renderInline(text))


def cleaned(html: str) -> SafeString:
    return mark_safe(CLEANER.clean(html))  # by the lists above


def plain_line(text: str) -> str:
    """The words of a single line, which begins no list and no quote: a title."""
    return "".join(words_of(token.children) for token in parser().parseInline(text))


def words_of(tokens: Iterable[Token] | None) -> str:
    return "".join(token.content or " " * token.type.endswith("break") for token in tokens or ())


def end_with(sign: str, pieces: list[str]) -> None:
    """Append the sign to the last piece, unless that ends with one: items of a list come to stand in one line."""
    if pieces and pieces[-1][-1:].isalnum():
        pieces[-1] += sign
