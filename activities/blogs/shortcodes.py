"""What WordPress and its page builders write in square brackets: frames go, words stay, films and pictures are named.

`[vc_row][vc_column_text]Kata[/vc_column_text][/vc_row]` is the paragraph "Kata"; `[KIM]` is a word in brackets.
"""

import json
import re
from html import escape, unescape
from urllib.parse import unquote

NAME = r"[a-zA-Z][\w-]{1,60}"
SHORTCODE = re.compile(
    rf"""\[(?P<end>/?)(?P<name>{NAME})(?P<attrs>(?:[\s=](?:[^\[\]"'<>]++|"[^"]{{0,4000}}+"|'[^']{{0,4000}}+')*+)?)/?\]"""
)
ATTRIBUTE = re.compile(r"""([\w-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'\]]++))""")
QUOTES = str.maketrans({"“": '"', "”": '"', "″": '"', "’": "'", "‘": "'"})

# The frames of page builders; each is a block of its own.
BUILDERS = re.compile(
    r"(?:vc|et_pb|fusion|av|mk|cs|tatsu|wpb|ultimate|dt|nectar|themify|fl|siteorigin|kc|thb|rev|bt|ld|stm|eltdf|qode|su)_\w+"
)
LAYOUT = re.compile(
    r"(?:row|column|section|col|one|two|three|full|half|third)(?:[-_]\w+)?|tabs?|accordion\w*|toggle\w*|spacer"
)
KNOWN = {
    *(
        "caption",
        "wp_caption",
        "gallery",
        "audio",
        "video",
        "playlist",
        "embed",
        "youtube",
        "vimeo",
        "dailymotion",
        "wpvideo",
    ),
    *(
        "contact-form",
        "contact-form-7",
        "wpforms",
        "ninja_form",
        "gravityform",
        "mc4wp_form",
        "toc",
        "nextpage",
        "more",
    ),
    *(
        "googlemaps",
        "google-maps",
        "wpgmza",
        "slideshow",
        "nggallery",
        "ngg",
        "foogallery",
        "envira-gallery",
        "polldaddy",
    ),
    *(
        "facebook",
        "instagram",
        "tweet",
        "twitter",
        "soundcloud",
        "pdf-embedder",
        "embeddoc",
        "gview",
        "latex",
        "button",
    ),
    *(
        "dropcap",
        "highlight",
        "quote",
        "blockquote",
        "code",
        "sourcecode",
        "table",
        "read",
        "ads",
        "adsense",
        "sharedaddy",
    ),
}
BUTTON = re.compile(r"button$|^vc_btn$")
UNREADABLE = re.compile(r"\[(vc_raw_html|vc_raw_js|et_pb_code)\b[^\[\]]*\]")
BETWEEN = re.compile(
    r"\[(embed|youtube|vimeo|video|audio)\b[^\[\]]*\]\s*(https?://[^\s\[\]<>\"']+)\s*\[/\1\]", re.IGNORECASE
)
TITLES = ("title", "heading", "text", "header", "name", "label")
TITLED = re.compile(
    r"vc_custom_heading|vc_tta_section|fusion_title|et_pb_(?:blurb|cta|toggle|tab|slide|accordion_item|fullwidth_header)"
)
FILM_ATTRIBUTES = (
    "src",
    "file",
    "url",
    "link",
    "mp4",
    "webm",
    "ogv",
    "mp3",
    "ogg",
    "m4a",
    "wav",
    "href",
    "video",
    "video_link",
)
# Shortcodes that show what is elsewhere, and those that name it by a number of that place alone.
SHOWN = re.compile(
    r"video|audio|embed|youtube|vimeo|playlist|maps|gview|pdf|facebook|instagram|tweet|twitter|soundcloud|slideshare"
    r"|spotify|tiktok|issuu"
)
NUMBERED = {
    "youtube": "https://youtu.be/",
    "vimeo": "https://vimeo.com/",
    "dailymotion": "https://www.dailymotion.com/video/",
    "scribd": "https://www.scribd.com/document/",
    **dict.fromkeys(["wpvideo", "videopress"], "https://videopress.com/v/"),
}
BLOCK = re.compile(r"<!--\s+wp:(?:[a-z-]+/)?(?P<name>[a-z-]+)\s+(?P<facts>\{[^<>]{0,5000}\})\s+(?P<empty>/?)-->")


def without_shortcodes(html, pictures_of):
    """The HTML with each shortcode gone, or said in HTML; `pictures_of(ids)` gives the URLs of attached files."""
    html = BLOCK.sub(lambda found: said_by_block(found, pictures_of), without_unreadable(html))
    html = BETWEEN.sub(lambda found: player(found[2]), html)
    closed = {found["name"] for found in SHORTCODE.finditer(html) if found["end"]}
    return SHORTCODE.sub(lambda found: in_html(found, closed, pictures_of), html)


def without_unreadable(html):
    """Without what page builders keep encoded."""
    kept, position, never_closed = [], 0, set()
    for opening in UNREADABLE.finditer(html):
        closing = f"[/{opening[1]}]"
        if opening.start() < position or closing in never_closed:
            continue
        end = html.find(closing, opening.end())
        if end < 0:
            never_closed.add(closing)
            continue
        kept.append(html[position : opening.start()])
        position = end + len(closing)
    return "".join([*kept, html[position:]])


def said_by_block(found, pictures_of):
    """What a block of WordPress says in its comment alone: the picture of a cover, the URL of a film."""
    try:
        facts = json.loads(found["facts"])
    except ValueError:
        return found[0]
    said, is_empty = "", found["empty"]
    url = facts.get("url")
    if found["name"] == "cover" and isinstance(url, str):
        said = image(url)
    elif found["name"] in ("embed", "video", "core-embed") and is_empty and isinstance(url, str):
        said = player(url)
    elif found["name"] == "gallery" and is_empty:
        said = "".join(map(image, pictures_of([str(number) for number in facts.get("ids") or []])))
    return f"{found[0]}{said}"


def in_html(found, closed, pictures_of):
    name, attrs = found["name"], attributes(found["attrs"])
    is_builders = BUILDERS.fullmatch(name)
    if not (is_builders or name in KNOWN or found["end"] or name in closed or attrs):
        return found[0]
    is_frame = is_builders or LAYOUT.fullmatch(name)
    if BUTTON.search(name):
        return "</a>" if found["end"] else button(attrs, is_closed=name in closed)
    if found["end"]:
        return "\n\n" if is_frame else ""
    said = said_by(name, attrs, found["attrs"], pictures_of)
    return f"\n\n{said}\n\n" if is_frame or said else said


def said_by(name, attrs, words, pictures_of):
    """The HTML of what a shortcode shows by itself."""
    if name in ("gallery", "slideshow", "vc_gallery", "et_pb_gallery"):
        ids = attrs.get("ids") or attrs.get("include") or attrs.get("images") or attrs.get("gallery_ids")
        return "".join(map(image, pictures_of(re.findall(r"\d+", ids) if ids is not None else None)))
    if name in ("vc_single_image", "fusion_imageframe") and re.fullmatch(r"\d+", attrs.get("image", "")):
        return "".join(map(image, pictures_of([attrs["image"]])))
    if "image" in name and attrs.get("src"):
        return image(attrs["src"], attrs.get("alt", ""))
    if SHOWN.search(name) or name in NUMBERED:
        return "".join(player(url) for url in urls_in(name, attrs, words))
    if TITLED.fullmatch(name):
        title = next((attrs[key] for key in TITLES if attrs.get(key)), "")
        return f"<h3>{escape(title)}</h3>" if title else ""
    return ""


def urls_in(name, attrs, words):
    """Where [youtube=https://…], [vimeo 123], [youtube id="…"] and [video mp4="…"] lead; the first of them alone."""
    named = [attrs[key] for key in FILM_ATTRIBUTES if attrs.get(key)]
    bare = re.findall(r"https?://[^\s\"'\]]+", unescape(words))
    number = attrs.get("id") or next(iter(re.findall(r"^[\s=]+([\w-]{5,40})(?=\s|$)", words)), "")
    numbered = [NUMBERED[name] + number] if name in NUMBERED and number else []
    return [url for url in [*named, *bare, *numbered] if url.startswith(("http", "//"))][:1]


def button(attrs, *, is_closed):
    """A link, around what follows or around its own words."""
    url = next((attrs[key] for key in ("link", "url", "href", "button_url") if attrs.get(key)), "")
    if url.startswith("url:"):  # of WPBakery, encoded
        url = unquote(url[4:].partition("|")[0])
    words = next((attrs[key] for key in ("button_text", "title", "text") if attrs.get(key)), "")
    return f'<a href="{escape(url)}">{escape(words)}{"" if is_closed and not words else "</a>"} '


def image(url, alt=""):
    return f'<img src="{escape(url)}" alt="{escape(alt)}">'


def player(url):
    return f'\n\n<iframe src="{escape(unescape(url))}"></iframe>\n\n'


def attributes(text):
    text = unescape(text).translate(QUOTES)
    return {name.lower(): next(filter(None, values), "") for name, *values in ATTRIBUTE.findall(text)}
