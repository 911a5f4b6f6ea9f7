"""What the database itself refuses of a bulletin, and the indexes by which it finds bulletins."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bulletins.models.querysets import DRAFT, PUBLIC
from regions.placed import indexes_per_level

WHOLE_WARNING = (
    ~Q(event="")
    & ~Q(category="")
    & ~Q(severity="")
    & ~Q(urgency="")
    & ~Q(certainty="")
    & ~Q(instruction="")
    & Q(ends_at__isnull=False)
)

CONSTRAINTS = [
    models.CheckConstraint(
        condition=~PUBLIC | Q(sent_at__isnull=False),
        name="sent_bulletin_has_moment",
    ),
    models.CheckConstraint(
        condition=~Q(status="scheduled") | Q(send_at__isnull=False),
        name="scheduled_bulletin_has_moment",
    ),
    models.CheckConstraint(
        condition=~Q(status="recalled") | ~Q(recall_reason=""),
        name="recalled_bulletin_has_reason",
    ),
    models.CheckConstraint(
        condition=DRAFT | (~Q(text="") & ~Q(short_text="")),
        name="approved_bulletin_has_text",
    ),
    models.CheckConstraint(
        condition=DRAFT | Q(is_urgent=False) | WHOLE_WARNING,
        name="warning_is_whole",
        violation_error_message=_(
            "Peringatan darurat memerlukan jenis, tingkat, petunjuk bagi warga, dan waktu berakhirnya."
        ),
    ),
    models.CheckConstraint(
        condition=Q(ends_at=None) | Q(sent_at=None) | Q(ends_at__gt=F("sent_at")),
        name="bulletin_ends_after_it_is_sent",
        violation_error_message=_("Waktu berakhir mendahului waktu kirim."),
    ),
    # Offices that speak are those of the nation, a province, a regency or a city.
    models.CheckConstraint(condition=Q(district=None), name="bulletin_of_an_office"),
]

INDEXES = [
    # "The newest of ..." the offices of a region.
    *indexes_per_level("sent_at", "id", name="bulletin_{}_newest", condition=PUBLIC),
    models.Index(fields=["sent_at", "id"], condition=PUBLIC, name="bulletin_newest"),
    models.Index(fields=["send_at", "id"], condition=Q(status="scheduled"), name="bulletin_scheduled"),
    models.Index(fields=["ends_at", "id"], condition=Q(status="sent"), name="bulletin_ending"),
    models.Index(fields=["id"], condition=Q(status="sent", delivered_at=None), name="bulletin_undelivered"),
    # All that were ever sent as a warning and have not come to their end: few, whatever else was sent.
    models.Index(fields=["ends_at", "id"], condition=PUBLIC & Q(is_urgent=True), name="bulletin_warnings"),
    # Those in force, the newest first.
    models.Index(fields=["sent_at", "id"], condition=Q(status="sent", is_urgent=True), name="bulletin_in_force"),
    # What says these words, and those whose words are to be made anew.
    GinIndex(fields=["search"], name="bulletin_words", condition=PUBLIC),
    models.Index(fields=["words_edition"], name="bulletin_words_edition"),
]
