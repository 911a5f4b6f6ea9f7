"""What an old blog shows of other places: a film, a map, a form. Here it becomes a link; nothing is fetched."""

import re
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

YOUTUBE = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|e/|shorts/|live/|watch\?(?:[^#\s]*&)?v=)|youtu\.be/)([\w-]{11})(?![\w-])"
)
PLAYLIST = re.compile(r"youtube(?:-nocookie)?\.com/embed/?(?:videoseries)?\?(?:[^#\s]*&)?list=([\w-]{10,60})")
VIMEO = re.compile(r"player\.vimeo\.com/video/(\d+)")
TIKTOK = re.compile(r"tiktok\.com/(?:embed|player)/(?:v\d/)?(\d+)")
DRIVE = re.compile(r"(https://drive\.google\.com/file/d/[\w-]+)/preview")
FILMS = (
    "youtube",
    "youtu.be",
    "vimeo",
    "dailymotion",
    "tiktok",
    "blogger.com/video",
    "plugins/video",
    "/videos/",
    "vidio.com",
    "videopress",
)
# Counters, advertisements and buttons, which say nothing.
SILENT = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|google-analytics|plugins/(?:like|page|likebox|comments|follow)"
    r"|addthis|addtoany|platform\.twitter|histats|statcounter|stats\.wordpress|pixel\.wp|feedburner|widgets\.wp"
)
# Of a player, the attribute that names what is played.
SOURCES = {
    **dict.fromkeys(["iframe", "embed", "video", "audio", "source"], ("data-src", "data-lazy-src", "src", "data-url")),
    **{"object": ["data"], "param": ["value"], "amp-youtube": ["data-videoid"], "lite-youtube": ["videoid"]},
    **{"amp-iframe": ["src"], "amp-video": ["src"]},
}
# Of a block that a script would replace by what it names.
OF_FACEBOOK, OF_TIKTOK = re.compile(r"\bfb-(?:video|post)\b"), re.compile(r"tiktok\.com/@[^/\s]+/video/\d+")
FILM, SOUND, MAP, OTHER = "Video", "Audio", "Peta", "Lihat"  # words of a text, which is Indonesian


def shown_elsewhere(tag, attrs, base=""):
    """`(word, URL)` of what a tag shows from elsewhere; None for what says nothing or leads nowhere."""
    if tag == "param" and attrs.get("name", "").lower() not in ("movie", "src", "url"):
        return None
    source = next((attrs[name] for name in SOURCES[tag] if attrs.get(name)), "").strip()
    if tag.endswith("-youtube"):
        source = f"https://youtu.be/{source}"
    url = url_of(absolute(source, base)) if source else ""
    if not url or SILENT.search(url):
        return None
    return word_for(tag, f"{source} {url}"), url


def replaced_by_script(attrs):
    """The URL of the film or post that a script would put in the place of a block; "" for any other block."""
    if OF_FACEBOOK.search(attrs.get("class", "")):
        return attrs.get("data-href", "")
    urls = [attrs.get("data-src", ""), attrs.get("cite", "")]
    return next((url for url in urls if YOUTUBE.search(url) or OF_TIKTOK.search(url)), "")


def absolute(source, base=""):
    if source.startswith("//"):
        return f"https:{source}"
    try:
        return urljoin(base, source) if base else source
    except ValueError:
        return ""


def url_of(source):
    """Where a person would look at it; "" for what is no URL."""
    if not re.match(r"https?://[^\s<>\"\\]+$", source, re.IGNORECASE) or len(source) > 2000:
        return ""
    for pattern, url in (
        (YOUTUBE, "https://www.youtube.com/watch?v={}"),
        (PLAYLIST, "https://www.youtube.com/playlist?list={}"),
        (VIMEO, "https://vimeo.com/{}"),
        (TIKTOK, "https://www.tiktok.com/embed/{}"),
        (DRIVE, "{}/view"),
    ):
        if found := pattern.search(source) or pattern.search(unquote(source)):
            return url.format(found[1])
    return shown_by_facebook(source) or source


def shown_by_facebook(source):
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    is_plugin = (parts.hostname or "").endswith("facebook.com") and "/plugins/" in parts.path
    shown = parse_qs(parts.query).get("href", [""])[0] if is_plugin else ""
    return shown if re.match(r"https?://[^\s<>\"\\]+$", shown) else ""


def word_for(tag, said):
    if tag == "audio" or re.search(r"soundcloud\.|spotify\.|\.(?:mp3|ogg|m4a)$", said):
        return SOUND
    if tag in ("video", "amp-video") or re.search(r"\.(?:mp4|webm)$", said) or any(film in said for film in FILMS):
        return FILM
    return MAP if re.search(r"google\.[a-z.]+/maps|maps\.google|openstreetmap", said) else OTHER
