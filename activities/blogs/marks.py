"""From signs around words to marks of our members that hold where they stand, and letters that stay letters.

A sign says that something is bold while nothing is known of what stands beside it. Letters are escaped only in a text
that would otherwise say something else: what people are to read and mend has few backslashes.
"""

import re

from pages.markup import plain_words
from pages.tappable import TAPPABLE, taps_in

BOLD, ITALIC, STRUCK, MONO = "\x01\x02", "\x03\x04", "\x05\x06", "\x07\x08"
KINDS = [BOLD, ITALIC, STRUCK, MONO]
# [ word ](number of its URL)
LINK, LINK_END, NUMBER_END = "\x0e", "\x0f", "\x10"
SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

MARK = re.compile(r"[\x01-\x08]")
LINKED = re.compile(rf"{LINK}([^{LINK}{LINK_END}]*){LINK_END}(\d+){NUMBER_END}")
SPACE_INSIDE_START = re.compile(rf"([\x01\x03\x05\x07{LINK}]++)([ \n]++)")
SPACE_INSIDE_END = re.compile(rf"(?<![ \n])([ \n]++)((?:[\x02\x04\x06\x08]|{LINK_END}\d+{NUMBER_END})++)")
NOTHING_MARKED = re.compile(rf"\x01\x02|\x03\x04|\x05\x06|\x07\x08|{LINK}{LINK_END}\d+{NUMBER_END}")
AGAIN = re.compile(r"\x02( *)\x01|\x04( *)\x03|\x06( *)\x05")

# In more letters than these that may be marks, some are.
MOST_TRIED = 200
SUSPICIOUS = re.compile(r"[\\*_~`\[<]|^[-+#>]", re.MULTILINE)
ESCAPED = re.compile(
    r"[\\*~`]|\](?=\()|(?<!\w)_|_(?!\w)|<(?=[a-zA-Z/])|^[-+](?=\s|$)|^-(?=[-\s]*$)|^#{1,6}(?=\s|$)|^>", re.MULTILINE
)
CODE = re.compile(r"\x07[^\x08`]*\x08")
# A list that somebody typed by hand becomes one; of a dash only where the next line begins with one, too.
TYPED_BULLET = re.compile(r"^[–•●▪▫◦‣○■□∙·]\s*", re.MULTILINE)
TYPED_DASHES = re.compile(r"^- .+(?:\n- .+)+$", re.MULTILINE)


def written(text, urls):
    """The lines of a block in marks; links are named by the number of their URL."""
    text = tidy(text)
    said = LINKED.sub(lambda found: found[1], text)
    words = SIGNS.sub("", said)
    tried = with_links(with_marks(text), urls)
    if not SUSPICIOUS.search(tried) or says(tried, words):
        return tried
    return with_links(with_marks(escaped(text)), urls)


def says(text, words):
    """Whether this text, read as ours, says these words."""
    return len(SUSPICIOUS.findall(text)) <= MOST_TRIED and bare(plain_words(text)) == bare(without_bullets(words))


def without_bullets(words):
    return TYPED_BULLET.sub("", TYPED_DASHES.sub(lambda dashes: re.sub(r"^- ", "", dashes[0], flags=re.M), words))


def bare(words):
    """Without spaces, and without what stands between the items of a list in a line."""
    return re.sub(r"[\s.;]+", "", words)


def tidy(text):
    """One space where there were several; signs close around their words, each within its line."""
    if not SIGNS.search(text):
        return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    text = LINKED.sub(lambda found: found[0].replace("\n", " "), text)
    text = within_lines("\n".join(" ".join(line.split()) for line in text.split("\n")))
    before = None
    while before != text:
        before = text
        text = SPACE_INSIDE_END.sub(r"\2\1", SPACE_INSIDE_START.sub(r"\2\1", text))
        text = AGAIN.sub(lambda found: "".join(filter(None, found.groups())), NOTHING_MARKED.sub("", text))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def within_lines(text):
    """What is marked over several lines is marked on each of them."""
    lines, opened = [], []
    for line in text.split("\n"):
        begun = "".join(opened)
        for sign in MARK.findall(line):
            kind = next(kind for kind in KINDS if sign in kind)
            if sign == kind[0]:
                opened.append(sign)
            elif sign in kind and kind[0] in opened:
                opened.remove(kind[0])
        lines.append(begun + line + "".join(kind[1] for sign in opened[::-1] for kind in KINDS if sign == kind[0]))
    return "\n".join(lines)


def with_marks(text):
    """The marks in place of signs; of what would not hold there, none."""
    begun, marks = [], {}
    for sign in MARK.finditer(text):
        kind = next(kind for kind in KINDS if sign[0] in kind)
        if sign[0] == kind[0]:
            begun.append(sign.start())
        elif begun:
            first, last = begun.pop(), sign.start()
            marks[first] = marks[last] = mark_of(kind, text, first, last)
    return MARK.sub(lambda sign: marks.get(sign.start(), ""), text)


def mark_of(kind, text, first, last):
    words, around = text[first + 1 : last], text[max(0, first - 1) : first] + text[last + 1 : last + 2]
    is_apart = not any(letter.isalnum() for letter in around)
    if kind == MONO:
        return "" if "`" in words else "`" if is_apart else "```"
    if kind == ITALIC:
        return "_" if is_apart and words[:1] not in ")]}_" and words[-1:] not in "([{_" else ""
    return "**" if kind == BOLD else "~~"


def with_links(text, urls):
    return LINKED.sub(lambda found: link(found[1], urls[int(found[2])]), text)


def link(words, url):
    """A URL that says itself needs no more."""
    tap = taps_in(words).get(0)
    leads_there = tap and tap.end == len(words) and tap.href.rstrip("/") == url.rstrip("/")
    if leads_there:
        return words
    if words.count("[") != words.count("]"):
        words = re.sub(r"[\[\]]", r"\\\g<0>", words)
    return f"[{words}]({url})"


def escaped(text):
    """The text with a backslash before each letter that may be read as a mark; not in URLs, nor in mono."""
    parts, position = [], 0
    kept = [found.span() for pattern in (CODE, TAPPABLE) for found in pattern.finditer(text)]
    for start, end in sorted(kept):
        if start >= position:
            parts += [(text[position:start], True), (text[start:end], False)]
            position = end
    parts.append((text[position:], True))
    return "".join(ESCAPED.sub(r"\\\g<0>", part) if is_open else part for part, is_open in parts)
