"""The one path from what a person typed to HTML, and to the words alone."""

import re
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import groupby, pairwise

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pages.line_ends import in_plain_lines
from pages.marks import marks_of_members

TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "h2", "h3", "blockquote", "a", "hr", "code", "pre"}

# Lines that begin with a letter or a quotation and hold no sign that could be of a mark, a link or a telephone number,
# as most do. What follows "Rp" is none.
UNMARKED = re.compile(
    r"""(?:
      [ \n]*+ ["'“]?+ [^\W\d_]
      (?: [^\W\d_]++ | [ ,;!?'"’“”%]++ | [.:](?=\s|\Z) | -(?=[^\W\d_])
      | (?: \d{1,4}+ | (?<=Rp)\d{1,3}(?:\.\d{3})++ ) (?![\d\s./()+-]*\d) )*+
      (?:\n|\Z)
    )*+ [ \n]*+""",
    re.VERBOSE,
)


@cache
def parser() -> MarkdownIt:
    # A line break typed is a line break meant: people paste from WhatsApp.
    md = MarkdownIt("zero", {"breaks": True}).use(marks_of_members)
    return md.enable(["link", "heading", "newline", "escape", "autolink"])


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
        return UNMARKED.fullmatch(self.text) is not None

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
    return mark_safe(  # cleaned by nh3 against the list above
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}, "ol": {"start"}, "li": {"value"}},
            allowed_classes={"ol": {"paren"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="nofollow ugc noopener",
        )
    )


def plain_line(text: str) -> str:
    """The words of a single line, which begins no list and no quote: a title."""
    return "".join(words_of(token.children) for token in parser().parseInline(text))


def words_of(tokens: Iterable[Token] | None) -> str:
    return "".join(token.content or " " * token.type.endswith("break") for token in tokens or ())


def end_with(sign: str, pieces: list[str]) -> None:
    """Append the sign to the last piece, unless that ends with one: items of a list come to stand in one line."""
    if pieces and pieces[-1][-1:].isalnum():
        pieces[-1] += sign
