"""The short version of a bulletin where its officer wrote none: how its text begins, as far as whole sentences go."""

import re

# A cut before this part of the room would throw too much away.
LEAST = 0.4
ENDS = [r"\n\s*\n", r"(?<=[.!?])\s", r"\s"]


def opening_of(text, most):
    """The text itself where it fits into so many letters, or its first paragraphs, sentences, at worst words."""
    text = text.strip()
    if len(text) <= most:
        return text
    for end in ENDS:
        cuts = [found.start() for found in re.finditer(end, text[: most - 1])]
        if cuts and cuts[-1] >= most * LEAST:
            opening = text[: cuts[-1]].rstrip()
            return opening if opening.endswith((".", "!", "?")) else f"{opening}…"
    return f"{text[: most - 1]}…"
