"""What sites that write their feed by hand get wrong, and a browser forgives: a bare &, &nbsp;, letters of Windows."""

import re
from html import unescape

# An & that XML does not know, with the number or the name of a letter behind it, if any.
AMPERSAND = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos);)(?:(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)?"
)
BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
OTHER_ENCODING = re.compile(rb"""\s*<\?xml[^<>]{0,100}encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)


def mended(data):
    """The bytes of an XML file, told so that a strict reader understands them; what is right still says the same."""
    if not OTHER_ENCODING.match(data):
        data = BEYOND_ASCII.sub(in_utf8, data)
    outside, *others = data.split(b"<![CDATA[")
    parts = [AMPERSAND.sub(in_xml, outside)]
    for other in others:
        inside, end, outside = other.partition(b"]]>")
        parts.append(inside + end + AMPERSAND.sub(in_xml, outside))
    return b"<![CDATA[".join(parts)


def in_utf8(found):
    """These letters, or what they are on Windows."""
    try:
        found[0].decode()
    except UnicodeDecodeError:
        return found[0].decode("cp1252", errors="replace").encode()
    return found[0]


def in_xml(found):
    said = found[0].decode()
    letters = unescape(said)
    if letters == said:
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(letter)};" for letter in letters if letter.isspace() or letter.isprintable()).encode()
