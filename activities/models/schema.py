"""What the database itself refuses of a post, and the indexes by which it finds posts."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.querysets import AGENDA, NEWEST, PUBLISHED, TERMS
from regions.placed import LEVELS, indexes_per_level

ADAPTED = Q(origin__isnull=False)
WAITING = Q(status__in=["submitted", "in_review"])
# What may lack anything: what its author never published, and writes on or gave up.
UNFINISHED = Q(status="draft") | Q(status="archived", published_at=None)

CONSTRAINTS = [
    models.CheckConstraint(
        condition=~PUBLISHED | Q(published_at__isnull=False),
        name="published_post_has_moment",
    ),
    models.CheckConstraint(
        condition=~Q(status="scheduled") | Q(publish_at__isnull=False),
        name="scheduled_post_has_hour",
    ),
    models.CheckConstraint(
        condition=~Q(type="agenda") | UNFINISHED | Q(starts_at__isnull=False),
        name="agenda_has_start",
        violation_error_message=_("Agenda memerlukan waktu mulai."),
    ),
    models.CheckConstraint(
        condition=Q(starts_at=None) | Q(over_at__isnull=False, days__isnull=False),
        name="agenda_has_days",
    ),
    models.CheckConstraint(
        condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
        name="agenda_ends_after_start",
        violation_error_message=_("Agenda berakhir sebelum dimulai."),
    ),
    models.CheckConstraint(
        condition=~Q(type="klarifikasi") | UNFINISHED | (~Q(claim="") & ~Q(verdict="")),
        name="clarification_has_claim",
        violation_error_message=_("Klarifikasi memerlukan klaim dan hasil pemeriksaannya."),
    ),
]

INDEXES = [
    # "The newest posts of ..." is one range of one of these, at any depth. Sector and type come last, so that
    # "of this sector" is decided in the index, and only the rows of the page are read.
    *indexes_per_level(*NEWEST, "sector", "type", name="post_{}_newest", condition=PUBLISHED),
    models.Index(fields=["community", *NEWEST], name="post_community_newest", condition=PUBLISHED),
    models.Index(fields=["sector", *NEWEST, "type"], name="post_sector_newest", condition=PUBLISHED),
    models.Index(fields=["type", *NEWEST], name="post_type_newest", condition=PUBLISHED),
    models.Index(fields=NEWEST, name="post_newest", condition=PUBLISHED),
    # What is on in a region, by when it begins and by when it is over; and what runs there on a day.
    models.Index(fields=["starts_at", "id"], name="post_starts_at", condition=AGENDA),
    models.Index(fields=["over_at", "id"], name="post_over_at", condition=AGENDA),
    *indexes_per_level("starts_at", "id", name="post_{}_starts_at", condition=AGENDA),
    *indexes_per_level("over_at", "id", name="post_{}_over_at", condition=AGENDA),
    GistIndex(fields=["days", *LEVELS], name="post_days", condition=AGENDA),
    models.Index(fields=["bulletin", *NEWEST], name="post_of_bulletin", condition=Q(bulletin__isnull=False)),
    models.Index(fields=["community", "status"], name="post_community_status"),
    # What KIM made of a post, and how far; the first also when a draft is thrown away, that no other names.
    models.Index(fields=["origin", "community", "id"], name="post_origin", condition=ADAPTED),
    models.Index(fields=["origin", *NEWEST], name="post_origin_newest", condition=PUBLISHED & ADAPTED),
    # What waits for a decision, in a regency and for those above, and what was published without one.
    # The second has the places too: what waits in any region is counted from the index alone.
    models.Index(fields=["regency", "created_at", "id"], name="post_waiting", condition=WAITING),
    models.Index(fields=["created_at", "id"], name="post_waiting_all", include=LEVELS, condition=WAITING),
    models.Index(
        fields=["regency", "published_at", "id"],
        name="post_unreviewed",
        condition=PUBLISHED & Q(reviewed_at=None),
    ),
    models.Index(fields=["publish_at", "id"], name="post_scheduled", condition=Q(status="scheduled")),
    GinIndex(TERMS, name="post_terms", condition=PUBLISHED),
    # Those whose words are to be made anew.
    models.Index(fields=["words_edition"], name="post_words_edition"),
]
