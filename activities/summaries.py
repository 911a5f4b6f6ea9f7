"""What a post says in a few words: mostly the opening of its body."""

from django.utils.text import Truncator

from activities.models import Post
from pages.markup import plain_words

LENGTH = Post._meta.get_field("summary").max_length
OPENING = 2000  # letters in which a summary may begin


def opening(text):
    """The first words of a text, without its markup: the summary that cards and feeds show."""
    return Truncator(plain_words(text)).chars(LENGTH, truncate="…")


def lede_of(post, body):
    """The summary where it says something of its own; the opening of the body, a MarkedText, is not said twice."""
    summary = letters(post.summary)
    # Marks are no letters: most need no parser to be told from what they open.
    is_opening = letters(body.text[:OPENING]).startswith(summary) or letters(body.words[:OPENING]).startswith(summary)
    return "" if is_opening else post.summary


def letters(text):
    return "".join(filter(str.isalpha, text.lower()))
