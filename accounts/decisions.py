"""What officers decide at their desk, and how the portal does it half a minute later: each app declares its own.

    POST = DecisionKind("post", _("kegiatan"), carry_out=decide_kept)
    RETURN = ReasonedDeed("post-send_back", _("Kegiatan: kembalikan"))

beside the pages of the desk on which it is decided.
"""

from contextlib import contextmanager

import pghistory
from django.db import transaction

from accounts.audit import who
from accounts.declared import Declared


class StepRefused(Exception):
    """A step that the lifecycle does not allow now; its text is a sentence for the person who tried."""


class DecisionKind(Declared):
    """A kind of decision: `carry_out(decision)` calls the verb with what the decision keeps, or raises StepRefused."""

    def __new__(cls, word, label, *, carry_out):
        return super().__new__(cls, word, label, carry_out=carry_out)


class ReasonedDeed(Declared):
    """What is told a KIM or a resident in words that offices keep ready."""


def rehearse(deed):
    """Do it and take it back at once, so that what would refuse it, refuses it now."""
    with transaction.atomic():
        deed()
        transaction.set_rollback(True)


@contextmanager
def in_the_name_of(user):
    """What is written inside, the trail knows as this person's, wherever it runs."""
    with pghistory.context() as context:
        outer = dict(context.metadata)
        context.metadata.update(who(user))
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(outer)
