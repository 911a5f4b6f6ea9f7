"""The filter of the desk's lists by how long ago something was: `?umur=30` within so many days, `?umur=lama` before."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

OLD = "lama"
YEAR = 365


class AgeFilter(admin.SimpleListFilter):
    """By the moment in `column`; what has none yet is old."""

    parameter_name = "umur"
    column = "created_at"

    def lookups(self, request, model_admin):
        return [
            ("7", _("7 hari terakhir")),
            ("30", _("30 hari terakhir")),
            (str(YEAR), _("setahun terakhir")),
            (OLD, _("lebih dari setahun lalu")),
        ]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        days = YEAR if self.value() == OLD else int(self.value())
        since = Q(**{f"{self.column}__gte": timezone.now() - timedelta(days=days)})
        return queryset.exclude(since) if self.value() == OLD else queryset.filter(since)
