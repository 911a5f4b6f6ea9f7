"""What a post says as text that a form could hold, and the post that says something else."""

import copy
from datetime import UTC, datetime

from activities import types


def of(post):
    """Of types.WRITTEN: `{name of the column: text}`."""
    return {name: as_text(post._meta.get_field(name).value_from_object(post)) for name in types.WRITTEN}


def as_text(value):
    """The value of a column as a form would hold it; one moment is one text, by whatever clock it was read."""
    if isinstance(value, list):
        return [str(item) for item in value]
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return "" if value is None else str(value)


def said_with(post, facts):
    """The post as these facts have it, not stored."""
    said = copy.copy(post)
    said._state = copy.copy(post._state)
    said._state.fields_cache = dict(post._state.fields_cache)
    for name, text in facts.items():
        column = post._meta.get_field(name)
        value = None if text == "" and column.null else column.to_python(text)
        setattr(said, column.attname, value)
    return said
