"""What changed between two versions of a post, word by word, for its KIM and the officers."""

import difflib
import re

from activities.models import Post
from activities.types import WRITTEN
from communities.models import Sector
from regions.models import Region

# A line break is a word of its own, so that a new paragraph shows.
WORDS = re.compile(r"\n|[^\s]+|[^\S\n]+")
MOST_WORDS = 6_000


def differences(post, before, after):
    """For each column that says something else: its label, and its `pieces`."""
    named = post.said_with(before), post.said_with(after)
    return [
        (Post._meta.get_field(name).verbose_name, pieces(*(in_words(said, name) for said in named)))
        for name in WRITTEN
        if before.get(name) != after.get(name)
    ]


def in_words(post, name):
    """A column as people read it."""
    column, value = Post._meta.get_field(name), getattr(post, Post._meta.get_field(name).attname)
    if value in (None, "", []):
        return ""
    if name == "duties":
        return ", ".join(str(Post.Duty(duty).label) for duty in value if duty in Post.Duty)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if name == "place":
        return Region.objects.get(pk=value).long_name
    if name == "sector":
        return str(Sector.objects.get(pk=value))
    return str(value)


def pieces(before, after):
    """`[(element, text)]`: `del` around words that went, `ins` around those that came, "" around those that stayed.

    Very long texts are told whole, one after the other.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [("del", before), ("ins", after)]
    found = []
    for deed, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if deed == "equal":
            found.append(("", "".join(old[i:j])))
            continue
        found += [(element, text) for element, text in (("del", "".join(old[i:j])), ("ins", "".join(new[k:m]))) if text]
    return found
