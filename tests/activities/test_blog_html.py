"""What the HTML of an old blog says in our marks: read back it says the same words, and what is seen is named."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from activities.blogs.from_html import from_html
from activities.blogs.shortcodes import without_shortcodes
from pages.markup import plain_words, render_markup

TABLE = tomllib.loads((Path(__file__).parent / "blog_html.toml").read_text())


def table(kind):
    return [(row["html"], row["text"]) for row in TABLE[kind]]


@pytest.mark.parametrize(("html", "text"), table("html"))
def test_what_html_says_is_said_in_our_marks(html, text):
    assert from_html(html, base="https://blog.id/2020/").text == text


@pytest.mark.parametrize(("html", "text"), table("stored"))
def test_what_wordpress_stores_keeps_its_lines_and_paragraphs(html, text):
    assert from_html(html, has_lines=True).text == text


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ('<img src="https://x.id/wp/panen%20raya-300x200.jpg">', ["panen raya.jpg"]),
        ('<a href="https://x.id/s1600/a.jpg"><img src="https://x.id/s320/a.jpg"></a>', ["a.jpg"]),
        ('<img src="data:image/gif;base64,R0l" data-src="https://x.id/b.jpg">', ["b.jpg"]),
        ('<img src="https://blogger.googleusercontent.com/img/a/s320/Rapat%2520desa+1.jpg">', ["Rapat desa 1.jpg"]),
        ("<div style=\"background-image:url('https://x.id/c.jpg')\">x</div>", ["c.jpg"]),
        ('<img src="https://x.id/2019/01/a.jpg"><img src="https://x.id/2019/02/a.jpg">', ["a.jpg", "a.jpg"]),
        ('<img src="https://x.id/a.jpg"><img src="https://x.id/a-150x150.jpg">', ["a.jpg"]),
        ('<img src="https://i0.wp.com/x.id/a.jpg?w=300"><a href="https://x.id/a.jpg"><img src="b.jpg"></a>', ["a.jpg"]),
        ('<a href="https://x.id/img/a/AVv=s1600"><img src="https://x.id/img/a/AVv=w640-h480"></a>', ["AVv=w640-h480"]),
        ('<img src="https://x.id/img/a/AVv=s1600"><img src="https://x.id/img/a/AVv=s72-c">', ["AVv=s1600"]),
        ('<img src="https://medium.com/_/stat?x" width="1" height="1">', []),
        ('<noscript><img src="https://x.id/a.jpg"></noscript>', []),
    ],
)
def test_pictures_are_named_once_each_and_counters_are_none(html, names):
    assert [picture.name for picture in from_html(html).pictures] == names


@pytest.mark.parametrize(("html", "text"), table("framed"))
def test_frames_of_page_builders_go_and_their_words_stay(html, text):
    assert from_html(without_shortcodes(html, lambda ids: []), has_lines=True).text == text


def test_a_gallery_names_what_is_attached():
    attached = {"7": "https://x.id/a.jpg", None: "https://x.id/b.jpg"}

    def pictures_of(ids):
        return [attached[number] for number in ids] if ids else [attached[None]]

    html = without_shortcodes('[gallery ids="7"] [gallery] <!-- wp:gallery {"ids":[7]} /-->', pictures_of)

    assert [picture.name for picture in from_html(html).pictures] == ["a.jpg", "b.jpg"]


LETTERS = st.text(alphabet="ab 12.,()*_~`#>-+[]<\\/\"'•–\n&:!|", max_size=60)
WORDS = st.one_of(LETTERS, st.text(max_size=30))


def in_html(words):
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# In a new checkout the first word waits for a table of all characters: on a busy machine longer than is held healthy.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(WORDS, WORDS, WORDS, st.sampled_from(["b", "i", "s", "u"]))
@example("", "", "|>", "b")  # as an empty cell before what would be a quotation
def test_words_of_a_blog_are_read_back_as_they_were(before, words, after, tag):
    html = f"<p>{in_html(before)}<{tag}>{in_html(words)}</{tag}>{in_html(after)}</p>"

    text = from_html(html).text

    assert letters_of(plain_words(text)) == letters_of(f"{before}{words}{after}")
    render_markup(text)


def letters_of(text):
    """Without what a line leaves out of a list, and what nobody sees."""
    return "".join(letter for letter in text if letter.isalnum() or letter in "*_~`#>[]<\\/()")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<b>",
            "<ul><li>",
            "<blockquote>",
            "<b><p>",
            "<!--",
            "<a href=",
            "<p ",
            '<a """',
            "&",
            "<![CDATA[",
            "aa",
            "[",
        ),
        *(
            "*a",
            "<a href='https://x'>",
            "<tr><td>",
            "<table><tr><td>a<td>",
            "<i>a</i>",
            "<i>a\n",
            "\n",
            "\n\na",
            "x<br>",
        ),
        *(
            "<img src=a>",
            "<q>",
            "<sup>",
            "<iframe src='https://x/1'>",
            "[vc_raw_html]",
            "[a b='",
            "<!-- wp:a {",
            "[embed]",
        ),
    ],
)
def test_html_made_to_keep_us_busy_is_read_soon(piece):
    html = piece * (400_000 // len(piece))

    from_html(without_shortcodes(html, lambda ids: []), has_lines=True)
