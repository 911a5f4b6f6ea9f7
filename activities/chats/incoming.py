"""What somebody wrote to a bot, whichever service brought it."""

from typing import NamedTuple

from accounts.typed import only_seen

MOST_LETTERS = 8_000
LARGEST_ORDER = 2**62


class Incoming(NamedTuple):
    """One message, in the columns of a ChatUpdate; `address` is the chat."""

    address: str
    update_id: str
    message_id: str
    order: int
    text: str = ""
    file_id: str = ""
    album: str = ""
    replies_to: str = ""
    edited: int = 0
    is_other: bool = False


def part(facts, *names):
    """The dictionary at the end of these names; an empty one where there is none."""
    for name in names:
        facts = facts.get(name) if isinstance(facts, dict) else None
    return facts if isinstance(facts, dict) else {}


def parts(facts, name):
    """The dictionaries of a list."""
    found = facts.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def name_of(value, most=200):
    """An identity that a service gave: a number or letters, as text that a column takes."""
    return shown(str(value))[:most] if isinstance(value, int | str) else ""


def number_of(value):
    try:
        return max(0, min(int(value), LARGEST_ORDER))
    except (TypeError, ValueError):
        return 0


def text_of(value):
    return shown(value)[:MOST_LETTERS].strip() if isinstance(value, str) else ""


def shown(text):
    """Without what hides, and without halves of signs, which no database takes."""
    return only_seen(text.encode("utf-8", "ignore").decode())
