"""What came to the KIM of the own region, whichever office sent it, and what became of it there."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.place_filter import PlaceFilter
from accounts.scoped_admin import ScopedAdmin
from bulletins.models import Delivery
from regions.atlas import FROM_ATLAS


class StageFilter(admin.SimpleListFilter):
    title = _("sampai mana")
    parameter_name = "tahap"

    def lookups(self, request, model_admin):
        return [
            *[("belum", _("belum dibuka")), ("dibuka", _("dibuka")), ("disebarkan", _("disebarkan"))],
            *[("diakui", _("jangkauan diakui")), ("terverifikasi", _("jangkauan terverifikasi"))],
        ]

    def queryset(self, request, queryset):
        return {
            "belum": lambda: queryset.unopened(),
            "dibuka": lambda: queryset.exclude(opened_at=None),
            "disebarkan": lambda: queryset.exclude(passed_on_at=None),
            "diakui": lambda: queryset.filter(reach_claimed__gt=0),
            "terverifikasi": lambda: queryset.filter(reach_verified__gt=0),
        }.get(self.value(), queryset.all)()


@admin.register(Delivery)
class DeliveryAdmin(ScopedAdmin):
    """To be read and taken along as a list."""

    is_record = True
    scope = "place"
    list_display = [
        *["community", "place", "bulletin", "created_at", "opened_at", "passed_on_at"],
        *["reach_claimed", "reach_verified", "reminded_on"],
    ]
    list_filter = [PlaceFilter, StageFilter]
    more_lookups = ["bulletin", "created_at"]
    list_select_related = ["community", "bulletin"]
    search_fields = ["community__name", "bulletin__title"]
    ordering = ["-pk"]
    fields = [
        *["bulletin", "community", "place", "created_at", "opened_at", "passed_on_at"],
        *["reach_claimed", "reach_verified", "reminded_on"],
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).fetch_mode(FROM_ATLAS)
