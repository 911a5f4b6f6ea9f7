"""What a clock that ran ahead leaves in the future, once it is set right: brought back, so that nothing waits for it.

No work is done twice for a clock: who does it holds its row, or says in the same transaction how far it came. But what
was to leave at once would wait for as long as the clock was ahead, and so would what a lost worker left behind.
"""

import logging
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from accounts.models import Dispatch, EditionUpload, PendingDecision, WebhookMessage
from accounts.models.dispatches import WAITING
from activities.models.chats import UNDONE, UNSAID, ChatUpdate
from bulletins.models import Bulletin, FollowUp
from communities.models import RosterImport
from evaluations.models import Cycle
from pages.models import Purge

logger = logging.getLogger(__name__)

# The clocks of several hosts differ by less.
MARGIN = timedelta(minutes=2)


def waiting():
    """`(rows that wait, when each was made or last touched, until when it waits)`."""
    return [
        (PendingDecision.objects.pending(), "at", "due_at"),
        (Dispatch.objects.filter(WAITING), "created_at", "due_at"),
        (WebhookMessage.objects.waiting(), "created_at", "due_at"),
        (ChatUpdate.objects.filter(UNDONE | UNSAID), "received_at", "due_at"),
        (Purge.objects.all(), "made_at", "made_at"),
        (Bulletin.objects.undelivered(), "updated_at", "updated_at"),
        (FollowUp.objects.filter(told_at=None), "touched_at", "touched_at"),
        (Cycle.objects.computing(), "computing_at", "computing_at"),
        (RosterImport.objects.filter(status__in=RosterImport.UNDER_WAY), "touched_at", "touched_at"),
        (EditionUpload.objects.filter(status__in=EditionUpload.UNDER_WAY), "touched_at", "touched_at"),
    ]


def bring_back():
    """How many rows waited for a moment that only a wrong clock knew."""
    brought, now = 0, timezone.now()
    for rows, made, until in waiting():
        ahead = rows.filter(**{f"{made}__gt": now + MARGIN})
        # As long after now as it was to wait then.
        changes = {until: now + (F(until) - F(made))} if until != made else {}
        number = ahead.update(**changes, **{made: now})
        if number:
            logger.warning("The clock went back: %d rows of %s no longer wait.", number, rows.model._meta.label)
        brought += number
    return brought
