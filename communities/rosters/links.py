"""URLs and accounts in the cells of a roster: what can be a link becomes one, the rest is told.

The name of an account is not its URL: "KIM Contoh Jaya" on Facebook may be anybody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from communities.rosters.cells import is_nothing, unmarked
from communities.rosters.columns import Column
from pages.web_urls import public_url

MAX_LINKS, MAX_URL = 8, 200

PLATFORMS = {
    Column.FACEBOOK: "https://www.facebook.com/",
    Column.INSTAGRAM: "https://www.instagram.com/",
    Column.YOUTUBE: "https://www.youtube.com/@",
    Column.TIKTOK: "https://www.tiktok.com/@",
    Column.TWITTER: "https://x.com/",
}
# How people call them in front of an account: "fb: kimmekar", "IG @kimmekar".
WORDS = {
    **dict.fromkeys(["facebook", "fb", "fanpage", "fp"], Column.FACEBOOK),
    **dict.fromkeys(["instagram", "insta", "ig"], Column.INSTAGRAM),
    **dict.fromkeys(["youtube", "yt"], Column.YOUTUBE),
    **dict.fromkeys(["tiktok", "tik tok", "tt"], Column.TIKTOK),
    **dict.fromkeys(["twitter", "x"], Column.TWITTER),
    **dict.fromkeys(["website", "web", "situs", "blog", "email", "e-mail"], Column.WEBSITE),
}
LABEL = rf"\b(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))})\b"
LABELLED = re.compile(rf"(?:{LABEL}\s*[:=]\s*|^{LABEL.replace('word', 'first')}(?:\s+|\s*-\s+))", re.I)
BEHIND = re.compile(rf"\(\s*{LABEL}\s*\)", re.I)
PIECES = re.compile(r"\s*[,;|\n•]\s*|(?<!\.com)\s*/\s*(?=@)|\s+(?:dan|atau|[-–/&])\s+")
ASIDE = re.compile(r"\([^)]*\)?")

SCHEME = re.compile(r"\bh?t+p+s?\s*[:;]?\s*[/\\]{1,2}\s*(?=\w)", re.I)
URL = re.compile(r"(https?://)?(?P<host>([\w-]+\.)+[a-z]{2,})(?P<path>[/?#]\S*)?", re.I | re.ASCII)
SOCIAL_HOSTS = re.compile(
    r"(^|\.)(facebook\.com|fb\.(com|me|watch)|instagram\.com|instagr\.am|youtube\.com|youtu\.be|tiktok\.com"
    r"|twitter\.com|x\.com|threads\.(net|com)|t\.me|linktr\.ee|linkedin\.com)$",
    re.I,
)
# A telephone number, or a way into a group where everyone's number shows.
WHATSAPP = re.compile(r"(^|\.)(wa\.me|whatsapp\.com|wa\.link)$", re.I)
# A site and no account, although an account may be called so, too.
SITE_ENDINGS = re.compile(
    r"\.(com|net|org|info|web\.id|or\.id|go\.id|desa\.id|my\.id|co\.id|sch\.id|site|online)$", re.I
)
ACCOUNT = re.compile(r"@?[\w.-]{3,50}", re.ASCII)
CHANNEL = re.compile(r"UC[\w-]{22}", re.ASCII)
# Answers to "Facebook?", and no account.
ANSWERS = {
    *(
        "ada",
        "aktif",
        "nonaktif",
        "ya",
        "iya",
        "punya",
        "sudah",
        "sdh",
        "proses",
        "dalam proses",
        "idem",
        "sama",
        "sda",
    ),
    *("kim", "akun", "akun resmi", "resmi", "grup", "group", "page", "channel", "lihat", "link", "√", "✓", "v", *WORDS),
}
is_url = URLValidator(schemes=["http", "https"])


@dataclass
class Links:
    website: str = ""
    links: list[str] = field(default_factory=list)
    # What is said of a cell of which something was left out: {column: sentence}.
    left_out: dict[str, str] = field(default_factory=dict)


def read_links(said: Mapping[str, str]) -> Links:
    """The Links of `{column: text}`; what a person may see, so never a URL that holds a telephone number."""
    found = Links()
    for column in filter(said.get, (Column.WEBSITE, Column.SOCIAL_MEDIA, *PLATFORMS)):
        links, others = links_in(unmarked(said[column]), column)
        for link in links:
            if column == Column.WEBSITE and not found.website and not SOCIAL_HOSTS.search(host_of(link)):
                found.website = link
            else:
                found.links.append(link)
        if others:
            found.left_out[column] = not_taken(others)
    found.links = list(dict.fromkeys(found.links))
    if len(found.links) > MAX_LINKS:
        found.left_out[Column.SOCIAL_MEDIA] = _("Hanya %(number)s tautan pertama yang diambil.") % {"number": MAX_LINKS}
    found.links = found.links[:MAX_LINKS]
    return found


def not_taken(texts):
    shown = ", ".join(f"“{text[:60]}”" for text in texts)
    return _("%(texts)s bukan alamat laman, jadi tidak diambil. Salin alamatnya dari peramban bila ada.") % {
        "texts": shown
    }


def links_in(text, column):
    """`(links, texts that are none)` of a cell."""
    links, others = [], []
    for piece, platform in pieces(SCHEME.sub(with_scheme, text), column):
        rest = []
        for word in piece.split():
            link = url_in(word, platform)
            (links if link else rest).append(link or word)
        if rest and is_cut(piece.split()[0]) and rest[0] != piece.split()[0]:
            # "facebook.com/KIM Contoh Jaya": a URL ends before a blank, so this is not the one that was meant.
            links.pop()
            rest = piece.split()
        accounts, left = accounts_in(rest, platform)
        links += accounts
        others += left
    return links, others


def with_scheme(match):
    return "http://" if match[0].lower().startswith("http:") else "https://"


def pieces(text, column):
    """Each thing of a cell with the platform that it is said to be on."""
    for piece in PIECES.split(text):
        platform, start = PLATFORMS.get(column) and column, 0
        for label in LABELLED.finditer(piece):
            yield piece[start : label.start()], platform
            platform, start = WORDS[(label["word"] or label["first"]).lower()], label.end()
        piece = piece[start:]
        if behind := BEHIND.search(piece):
            platform = WORDS[behind["word"].lower()]
        yield ASIDE.sub(" ", piece), platform


def url_in(word, platform):
    """The URL that a word is; None where it is none, leads nowhere or holds a telephone number."""
    word = word.strip("().,;:<>\"'“”")
    match = URL.fullmatch(word)
    if not match or (platform in PLATFORMS and may_be_account(match)):
        return None
    host, path = match["host"], (match["path"] or "").strip("/")
    if WHATSAPP.search(host) or (SOCIAL_HOSTS.search(host) and not path):
        return None
    return checked(word if match[1] else f"https://{word}")


def is_cut(word):
    """Whether a URL without https:// on a platform, which people type by heart."""
    match = URL.fullmatch(word)
    return bool(match and not match[1] and SOCIAL_HOSTS.search(match["host"]))


def may_be_account(match):
    known = SOCIAL_HOSTS.search(match["host"]) or WHATSAPP.search(match["host"]) or SITE_ENDINGS.search(match["host"])
    return not (match[1] or match["path"] or known)


def accounts_in(words, platform):
    """`(links, texts that are none)` of words that are no URLs."""
    text = " ".join(words).strip(" .:-/\"'“”")
    if is_nothing(text) or text.lower() in ANSWERS:
        return [], []
    handles = [word for word in words if word.startswith("@")]
    if platform not in PLATFORMS or not (handles or len(words) == 1):
        return [], [text]
    links = [account(word, platform) for word in handles or [text]]
    return list(filter(None, links)), [] if all(links) else [text]


def account(word, platform):
    word = word.strip(".,:()\"'“”")
    name = word.removeprefix("@")
    if platform == Column.YOUTUBE and CHANNEL.fullmatch(name):
        return f"https://www.youtube.com/channel/{name}"
    # A number says how many, or when; only Facebook numbers its people, and with many digits.
    is_number = name.isdecimal() and not (platform == Column.FACEBOOK and len(name) > 9)
    is_site = SOCIAL_HOSTS.search(name) or SITE_ENDINGS.search(name)
    is_name = ACCOUNT.fullmatch(word) and not (is_number or is_site) and ("-" not in name or platform == Column.YOUTUBE)
    return checked(PLATFORMS[platform] + name) if is_name else ""


def checked(link):
    try:
        is_url(link)
        public_url(link)
    except ValidationError:
        return None
    return link if len(link) <= MAX_URL else None


def host_of(link):
    return URL.fullmatch(link)["host"]
