"""What every channel has in common: a word, a label, and how one message leaves for one endpoint."""

from contextlib import nullcontext
from datetime import timedelta
from typing import NamedTuple

from accounts.declared import Declared

A_DAY = timedelta(days=1)


class Unavailable(Exception):
    """The service behind a channel does not answer: whatever is to leave that way waits, `seconds` where it said so."""

    def __init__(self, seconds=0):
        super().__init__()
        self.seconds = seconds


class Refused(Exception):
    """This message was not taken; it is tried again later and holds up nobody else's."""


class Gone(Exception):
    """Nobody is at this endpoint any more: it is forgotten, and nothing is sent there again."""


class Message(NamedTuple):
    """What leaves, whichever way: one line, more words, and whole URLs, empty for none.

    `identity` is the same however often it is tried, so that a repetition shows as one.
    """

    identity: str
    title: str
    text: str = ""
    url: str = ""
    stop_url: str = ""
    is_urgent: bool = False


class Channel(Declared):
    """A way out. `send(message, endpoint)` returns when the message was taken, or raises one of the three above.

    `is_on()` says whether the operator has set it up. What was not taken for so long (`keeps`) is given up. A channel
    that `rings` is silent in the night of its endpoint, but for what is urgent. One that `tells` brings notices; any
    other answers only who wrote by it. Many messages leave within one `session()`, a context in which a channel may
    keep a connection open.
    """

    def __new__(
        cls, word, label, *, send, session=nullcontext, is_on=lambda: True, rings=True, tells=True, keeps=A_DAY
    ):
        facts = {"send": send, "session": session, "is_on": is_on, "rings": rings, "tells": tells, "keeps": keeps}
        return super().__new__(cls, word, label, **facts)

    @classmethod
    def in_use(cls):
        return [channel for channel in cls.known.values() if channel.tells and channel.is_on()]
