"""What somebody agreed to of their own accord, since when, and how they take it back as easily.

A consent is no row of its own: it is there as long as the rows by which it is carried out, so that what was taken back
is done no more. Each app declares its purposes in a module of this name:

Purpose("nama-usulan", _("Nama saya tampil pada usulan"), since=…, take_back=…, given_at="aspirations:send")

`since(user)` is the moment of the first such row, or None; `given_at` names the URL where it is given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit import with_reason
from accounts.channels.channel import Channel
from accounts.channels.email import EMAIL
from accounts.channels.push import PUSH
from accounts.models import User

PURPOSES = {}


@dataclass(frozen=True)
class Purpose:
    word: str
    label: str
    since: Callable[[User], datetime | None]
    take_back: Callable[[User], None]
    given_at: str
    is_offered: Callable[[], bool] = lambda: True

    def __post_init__(self):
        PURPOSES[self.word] = self


def earliest(rows, column):
    return rows.aggregate(moment=Min(column))["moment"]


def consents_of(user):
    """`(purpose, since)` of each, None where it was not given; what is not offered only where it was given."""
    told = [(purpose, purpose.since(user)) for purpose in PURPOSES.values()]
    return [(purpose, since) for purpose, since in told if since or purpose.is_offered()]


def take_back(user, word):
    """Whether there was something to take back."""
    purpose = PURPOSES.get(word)
    if purpose is None or purpose.since(user) is None:
        return False
    with transaction.atomic(), with_reason("Persetujuan dicabut."):
        purpose.take_back(user)
    return True


def linked(channel):
    """The purpose of being reached, or of writing, by a channel beside e-mail."""
    return Purpose(
        f"saluran-{channel}",
        channel.label if channel == PUSH else format_lazy(_("Obrolan lewat {channel}"), channel=channel.label),
        since=lambda user: earliest(user.endpoints.filter(channel=channel), "linked_at"),
        take_back=lambda user: user.endpoints.filter(channel=channel).delete(),
        given_at="notice_settings",
        is_offered=channel.is_on,
    )


for channel in Channel.known.values():
    if channel != EMAIL:
        linked(channel)
