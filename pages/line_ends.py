r"""One rule for the ends of lines, of what comes in and of what is read: each is a "\n"."""

import re

# As systems write them, and those that word processors and phones put inside a paragraph.
SIGNS = "\r\x0b\x0c\x85\u2028\u2029"
BREAK = re.compile(f"\r\n|[{SIGNS}]")


def in_plain_lines(text: str) -> str:
    # Most texts have none of them, which is seen in a fiftieth of the time.
    return BREAK.sub("\n", text) if any(sign in text for sign in SIGNS) else text
