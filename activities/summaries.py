"""What a post says in a few words: mostly the opening of its body."""

import re
from operator import ne

from django.utils.text import Truncator

from activities.models import Post
from pages.markup import plain_words

LENGTH = Post._meta.get_field("summary").max_length
ADDRESSES = re.compile(r"(?<=\])\([^)\s]*\)")
GLANCE = 20  # what begins otherwise is told by so many
MARKS = 200  # so many signs of marks, and addresses of links, may stand within a summary


def opening(text):
    """The first words of a text, without its markup: the summary that cards and feeds show."""
    return Truncator(plain_words(text)).chars(LENGTH, truncate="…")


def lede_of(post, body):
    """The summary where it says something of its own; the opening of the body, a MarkedText, is not said twice."""
    opens = is_opening(post.summary, body.text) or is_opening(post.summary, body.words)
    return "" if opens else post.summary


def is_opening(summary, text):
    """Whether a text begins so, or so with marks: marks are no letters, and most texts need no parser to tell."""
    beginning = ADDRESSES.sub("", text[: 2 * len(summary) + MARKS])
    if any(map(ne, letters(beginning[:GLANCE]), letters(summary[:GLANCE]))):
        return False
    return letters(beginning).startswith(letters(summary))


def letters(text):
    return "".join(filter(str.isalpha, text.lower()))
