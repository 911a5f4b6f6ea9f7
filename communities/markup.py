"""The one path from what a person typed to HTML."""

from functools import cache

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "blockquote", "a", "hr"}


@cache
def parser():
    # A line break typed is a line break meant: people paste from WhatsApp.
    return MarkdownIt("zero", {"breaks": True}).enable(
        ["emphasis", "link", "list", "heading", "blockquote", "newline", "hr", "escape", "autolink"]
    )


def render_markup(text):
    """Safe HTML of a small subset of Markdown; headings begin below the page's own."""
    html = parser().render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return mark_safe(  # cleaned by nh3 against the list above
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow ugc noopener",
        )
    )
