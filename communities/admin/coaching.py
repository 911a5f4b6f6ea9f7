"""Pembinaan: what the office did for its KIMs."""

from django.contrib import admin

from accounts.scoped_admin import ScopedAdmin
from communities.models import CoachingEvent


@admin.register(CoachingEvent)
class CoachingEventAdmin(ScopedAdmin):
    scope = "region"
    list_display = ["held_on", "kind", "title", "region", "recorded_by"]
    list_display_links = ["title"]
    list_filter = ["kind"]
    list_select_related = ["region", "recorded_by"]
    search_fields = ["title", "venue", "communities__name"]
    date_hierarchy = "held_on"
    autocomplete_fields = ["region", "communities"]
    fields = ["kind", "title", "held_on", "region", "venue", "communities", "material"]

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff

    def save_model(self, request, obj, form, change):
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)
