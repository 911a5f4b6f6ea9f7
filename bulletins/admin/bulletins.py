"""The bulletins of the own region."""

from django.contrib import admin

from accounts.scoped_admin import ScopedAdmin, ScopedInline
from bulletins.models import Bulletin, BulletinStep
from bulletins.models.querysets import DRAFT, decided_by


class StepInline(ScopedInline):
    model = BulletinStep
    scope = "bulletin__issuer"
    fields = readonly_fields = ["at", "to", "by", "note"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Bulletin)
class BulletinAdmin(ScopedAdmin):
    scope = "issuer"
    list_display = ["title", "status", "issuer", "is_urgent", "send_at", "sent_at", "ends_at"]
    list_filter = ["status", "is_urgent", "sectors"]
    search_fields = ["title", "text"]
    ordering = ["-pk"]
    inlines = [StepInline]
    fields = ["title", "status", "issuer", "short_text", "text", "send_at", "sent_at", "ends_at", "recall_reason"]

    def rows_for(self, user):
        """A draft is of those who speak for its office alone."""
        return super().rows_for(user) & (~DRAFT | decided_by(user))
