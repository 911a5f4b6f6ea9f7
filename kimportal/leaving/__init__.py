"""One region or one KIM taken along into another portal: docs/export.md says what the folder holds."""

from functools import reduce
from operator import or_

from django.db.models import Q

from activities.models import Comment, Post
from activities.models.access import PRIVATE
from regions.models import Region

# The reason of what the import itself writes into the trail, which is of that portal and goes nowhere else.
IMPORTED = "Impor data wilayah"
# Who proposes something tells it to who holds it; who reports something, or checks a KIM, tells it to officers.
NOT_FOR_CHAIRS = {
    *["aspirations.Aspiration", "aspirations.AgencyTurn", "aspirations.Support", "aspirations.AspirationPhoto"],
    *["aspirations.AspirationStep", "communities.Verification", "communities.CheckedItem"],
    *["activities.FlaggedItem", "activities.Flag", "accounts.AuditEntry"],
}


class Scope:
    """What is taken: a region with all below it, or one KIM.

    `for_chair` is of a KIM without what its chair may not read in the portal: what others propose through it, who
    reported or checked something, drafts, and who people are that are not its members.
    """

    def __init__(self, *, code="", slug="", for_chair=False):
        self.code, self.slug, self.for_chair = code, slug, for_chair

    @classmethod
    def told(cls, manifest):
        return cls(**manifest["scope"])

    @property
    def facts(self):
        return {"code": self.code, "slug": self.slug, **({"for_chair": True} if self.for_chair else {})}

    def of(self, table):
        """The rows of a table that belong to it, as a queryset of keys."""
        rows = table.model._base_manager.order_by()
        if self.for_chair:
            rows = readable_by_chair(rows)
        if self.slug:
            return rows.filter(**{table.kim: self.slug}).values("pk") if table.kim else rows.none().values("pk")
        inside = Region.objects.within(Region.objects.get(code=self.code))
        return rows.filter(reduce(or_, (Q(**{f"{path}__in": inside}) for path in table.regions))).values("pk")


def readable_by_chair(rows):
    if rows.model._meta.label in NOT_FOR_CHAIRS:
        return rows.none()
    if rows.model is Post:
        return rows.exclude(PRIVATE)
    return rows.filter(hidden_at=None) if rows.model is Comment else rows
