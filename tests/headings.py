"""The outline that a screen reader and a robot make of a page."""

import re
from itertools import pairwise


def jumps(html):
    """Where a heading is more than one level below the one before: `["h2 > h4"]`; above its h1 may stand an h2."""
    levels = [1, *(int(level) for level in re.findall(r"<h([1-6])\b", html))]
    return [f"h{above} > h{below}" for above, below in pairwise(levels) if below > above + 1]


def odd_times(html):
    """What no `<time datetime>` holds: more than three digits of a second."""
    return re.findall(r'datetime="[^"]*\.\d{4,}[^"]*"', html)
