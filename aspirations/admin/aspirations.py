"""What residents sent, as the desk lists it; what is done with it, its queue does."""

from django.contrib import admin
from django.db.models import Q

from accounts.scoped_admin import ScopedAdmin
from aspirations.models import Aspiration


@admin.register(Aspiration)
class AspirationAdmin(ScopedAdmin):
    """Without who sent it: that stands in the queue, and there only for the office that has it."""

    list_display = ["code", "title", "kind", "status", "place", "office", "due_on", "support_count"]
    list_filter = ["status", "kind", "sector"]
    search_fields = ["code", "title"]
    scope = "place"
    ordering = ["due_on", "-pk"]
    fields = [
        *["code", "kind", "title", "text", "place", "sector", "community", "status", "office", "agency", "due_on"],
        *["vouch", "answer", "outcome", "lapor_reference", "support_count"],
    ]

    def rows_for(self, user):
        """The own region's, and those that came to an office within it."""
        return Q(pk__in=Aspiration.objects.for_officer(user).values("pk"))
