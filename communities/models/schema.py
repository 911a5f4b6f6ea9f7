"""What the database itself refuses of a KIM, and the indexes by which it finds KIM."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.placed import indexes_per_level

CONSTRAINTS = [
    models.CheckConstraint(
        condition=~Q(status="inaugurated") | Q(decree__isnull=False),
        name="inaugurated_kim_has_decree",
        violation_error_message=_("KIM yang dikukuhkan harus mempunyai SK."),
    ),
    models.CheckConstraint(
        condition=Q(status__in=["draft", "submitted", "needs_revision", "rejected"]) | Q(number__isnull=False),
        name="verified_kim_has_number",
        violation_error_message=_("KIM yang terverifikasi harus mempunyai nomor."),
    ),
    models.CheckConstraint(
        condition=~Q(status="merged") | Q(merged_into__isnull=False),
        name="merged_kim_has_successor",
    ),
]

INDEXES = [
    # The directory of any region at any level, by name, one range of one index.
    *indexes_per_level("name", "id", name="community_{}_name"),
    models.Index(fields=["name", "id"], name="community_name"),
    models.Index(fields=["submitted_at", "id"], condition=Q(status="submitted"), name="community_waiting"),
    # In how many villages a KIM stands, from the index alone: it has no column that publishing a post writes.
    models.Index(
        fields=["province", "village"],
        include=["regency", "district"],
        condition=Q(status__in=["verified", "inaugurated", "expired"], village__isnull=False),
        name="community_standing_villages",
    ),
    # As it is written, in any form of its words, and those whose words are to be made anew.
    GinIndex(OpClass("name", "gin_trgm_ops"), name="community_name_trgm"),
    GinIndex(fields=["search"], name="community_words"),
    models.Index(fields=["words_edition"], name="community_words_edition"),
]
