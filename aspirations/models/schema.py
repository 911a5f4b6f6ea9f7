"""What the database itself refuses of an aspiration, and the indexes by which it finds them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from aspirations.models.querysets import OLDER_WORDS, PUBLIC, WITH_OFFICE
from regions.placed import indexes_per_level

OPEN = Q(status__in=WITH_OFFICE)
ANSWERED = Q(status__in=["answered", "closed"])
UNSEEN = ["held", "rejected", "withdrawn"]
NEWEST = ["-published_at", "-id"]

CONSTRAINTS = [
    models.CheckConstraint(
        condition=~ANSWERED | (~Q(answer="") & ~Q(outcome="") & Q(answered_at__isnull=False)),
        name="answered_aspiration_has_answer",
    ),
    models.CheckConstraint(
        condition=~Q(status="rejected") | ~Q(answer=""),
        name="rejected_aspiration_has_reason",
    ),
    models.CheckConstraint(
        condition=~Q(status="assigned") | Q(agency__isnull=False),
        name="assigned_aspiration_has_agency",
    ),
    models.CheckConstraint(
        condition=Q(status="duplicate", duplicate_of__isnull=False) | (~Q(status="duplicate") & Q(duplicate_of=None)),
        name="duplicate_has_original",
    ),
    models.CheckConstraint(
        condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("id")),
        name="nothing_duplicates_itself",
    ),
    models.CheckConstraint(
        condition=Q(status__in=UNSEEN) | Q(published_at__isnull=False),
        name="moving_aspiration_is_published",
    ),
    models.CheckConstraint(
        condition=Q(status__in=["received", *WITH_OFFICE], due_on__isnull=False)
        | (~Q(status__in=["received", *WITH_OFFICE]) & Q(due_on=None, escalates_on=None)),
        name="held_aspiration_has_term",
    ),
    models.CheckConstraint(
        condition=Q(came_by="situs", entered_by=None) | (~Q(came_by="situs") & Q(entered_by__isnull=False)),
        name="told_aspiration_was_entered",
    ),
    models.CheckConstraint(
        condition=Q(forgotten_at=None) | Q(sender=None, sender_name="", sender_email="", sender_phone=""),
        name="forgotten_sender_is_unknown",
    ),
]

INDEXES = [
    # "The newest of ..." is one range of one of these; status and sector decide within the index.
    *indexes_per_level(*NEWEST, "status", "sector", name="aspiration_{}_newest", condition=PUBLIC),
    models.Index(fields=NEWEST, name="aspiration_newest", condition=PUBLIC),
    # The newest that an office or its OPD has: few beside all that were, so who holds them is decided in the range.
    *indexes_per_level(*NEWEST, "status", "due_on", name="aspiration_{}_open", condition=PUBLIC & OPEN),
    models.Index(fields=[*NEWEST, "status", "due_on"], name="aspiration_open", condition=PUBLIC & OPEN),
    # What says these words, and what reads alike.
    GinIndex(fields=["search"], name="aspiration_words", condition=PUBLIC),
    # Those whose words are to be made anew, and until then how they are found.
    models.Index(fields=["words_edition"], name="aspiration_words_edition"),
    GinIndex(OLDER_WORDS, name="aspiration_older_words", condition=PUBLIC & Q(words_edition=0)),
    GinIndex(OpClass("title", "gin_trgm_ops"), name="aspiration_title_trgm", condition=PUBLIC),
    # What an office answered, the latest last.
    models.Index(
        fields=["office", "answered_at"], include=["published_at"], name="aspiration_answered", condition=ANSWERED
    ),
    # What an office has, the longest overdue first; and what is overdue anywhere.
    models.Index(fields=["office", "due_on", "id"], name="aspiration_with_office", condition=Q(status__in=WITH_OFFICE)),
    models.Index(fields=["escalates_on"], name="aspiration_escalates", condition=Q(status__in=WITH_OFFICE)),
    models.Index(fields=["office", "created_at", "id"], name="aspiration_held_back", condition=Q(status="held")),
    # What a KIM has, and what was too long with one.
    models.Index(fields=["community", "held_since", "id"], name="aspiration_with_kim", condition=Q(status="received")),
    models.Index(fields=["held_since"], name="aspiration_silent_kim", condition=Q(status="received")),
    models.Index(fields=["community", *NEWEST], name="aspiration_of_kim"),
    models.Index(fields=["answered_at"], name="aspiration_uncontested", condition=Q(status="answered")),
    # Of whom something is still known although the matter is over.
    models.Index(fields=["closed_at"], name="aspiration_to_forget", condition=Q(forgotten_at=None)),
]
