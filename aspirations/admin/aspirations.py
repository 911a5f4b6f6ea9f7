"""What residents sent, as the desk lists it; what is done with it, its queue does."""

from django.contrib import admin
from django.db.models import Q
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.place_filter import PlaceFilter
from accounts.scoped_admin import ScopedAdmin
from aspirations.admin import entering, queue
from aspirations.models import Aspiration


class OpenFilter(admin.SimpleListFilter):
    title = _("keadaan")
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [("terbuka", _("terbuka")), ("lewat-tenggat", _("lewat tenggat"))]

    def queryset(self, request, queryset):
        if self.value() == "terbuka":
            return queryset.public().going_on()
        return queryset.public().overdue() if self.value() == "lewat-tenggat" else queryset


class LaporFilter(admin.SimpleListFilter):
    title = _("SP4N-LAPOR!")
    parameter_name = "lapor"

    def lookups(self, request, model_admin):
        return [("belum", _("belum tercatat di sana")), ("sudah", _("sudah tercatat di sana"))]

    def queryset(self, request, queryset):
        if self.value() == "belum":
            return queryset.public().going_on().filter(lapor_reference="")
        return queryset.exclude(lapor_reference="") if self.value() == "sudah" else queryset


@admin.register(Aspiration)
class AspirationAdmin(ScopedAdmin):
    """To find and to export, without who sent it: that stands in the queue alone, for the office that has it."""

    is_record = True
    list_display = ["title", "code", "status", "due_on", "place", "office", "support_count"]
    list_filter = [PlaceFilter, OpenFilter, LaporFilter, "status", "kind", "sector"]
    search_fields = ["code", "title"]
    scope = "place"
    ordering = ["due_on", "-pk"]
    fields = [
        *["code", "kind", "title", "text", "place", "sector", "community", "status", "office", "agency", "due_on"],
        *["vouch", "answer", "outcome", "lapor_reference", "lapor_url", "support_count"],
    ]
    # What a person types into SP4N-LAPOR!, and what it is called there since.
    also_exported = ["kind", "sector", "text", "created_at", "lapor_reference", "lapor_url"]

    def get_urls(self):
        own = [
            path("antrean/", self.by_desk(queue.show), name="aspirations_aspiration_queue"),
            path("catat/", self.by_desk(entering.show), name="aspirations_aspiration_enter"),
        ]
        return own + super().get_urls()

    def desk_queues(self, request):
        return queue.queues(request.user)

    def desk_panel(self, request):
        return queue.work(request.user)

    def rows_for(self, user):
        """The own region's, and those that came to an office within it."""
        return Q(pk__in=Aspiration.objects.for_officer(user).values("pk"))
