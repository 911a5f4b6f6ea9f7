"""What waits for a person, on the first page of their room: each app declares its own, in a module of this name.

@waits
def invitations(user):
    yield Waiting(reverse("workspace"), _("2 undangan"), number=2)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.templatetags.notices import shown_number

# What comes first: what somebody cannot go on without, what others wait for, what has a day, what is to be read.
MENDING, ANSWERING, ENDING, READING = range(4)


@dataclass(frozen=True)
class Waiting:
    """Where it is done, a sentence that names it, how many it is, and more words on it, of the writer's own or ours."""

    url: str
    sentence: str
    rank: int = ANSWERING
    number: int = 1
    meta: str = ""


DECLARED: list[Callable[..., Iterator[Waiting]]] = []


def waits(find):
    """Let the room show what this yields for a person."""
    DECLARED.append(find)
    return find


def waiting_for(user):
    """All that waits for this person, by rank."""
    return sorted((line for find in DECLARED for line in find(user)), key=lambda line: line.rank)


@waits
def notices(user):
    if number := shown_number(user):
        sentence = _("%(number)s kabar belum dibaca") % {"number": number}
        yield Waiting(reverse("inbox"), sentence, READING)
