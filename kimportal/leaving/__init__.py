"""One region or one KIM taken along into another portal: docs/export.md says what the folder holds."""

from functools import reduce
from operator import or_

from django.db.models import Q

from regions.models import Region

# The reason of what the import itself writes into the trail, which is of that portal and goes nowhere else.
IMPORTED = "Impor data wilayah"


class Scope:
    """What is taken: a region with all below it, or one KIM."""

    def __init__(self, *, code="", slug=""):
        self.code, self.slug = code, slug

    @classmethod
    def told(cls, manifest):
        return cls(**manifest["scope"])

    @property
    def facts(self):
        return {"code": self.code, "slug": self.slug}

    def of(self, table):
        """The rows of a table that belong to it, as a queryset of keys."""
        rows = table.model._base_manager.order_by()
        if self.slug:
            return rows.filter(**{table.kim: self.slug}).values("pk") if table.kim else rows.none().values("pk")
        inside = Region.objects.within(Region.objects.get(code=self.code))
        return rows.filter(reduce(or_, (Q(**{f"{path}__in": inside}) for path in table.regions))).values("pk")
