"""Pembinaan: what the office did for its KIMs."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ScopedAdmin
from communities.models import CoachingEvent


@admin.register(CoachingEvent)
class CoachingEventAdmin(ScopedAdmin):
    is_record = True
    scope = "region"
    list_display = ["held_on", "kind", "title", "region", "recorded_by"]
    list_display_links = ["title"]
    list_filter = ["kind"]
    list_select_related = ["region", "recorded_by"]
    search_fields = ["title", "venue", "communities__name"]
    date_hierarchy = "held_on"
    autocomplete_fields = ["region", "communities"]
    fields = ["kind", "title", "held_on", "region", "venue", "communities", "material"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["materials"] if obj else [])]

    def get_fields(self, request, obj=None):
        return [*self.fields, "materials"] if obj else self.fields

    @admin.display(description=_("bahan belajar"))
    def materials(self, event):
        links = [
            (reverse("admin:communities_material_change", args=[material.pk]), material.title)
            for material in event.materials.all()
        ]
        add = reverse("admin:communities_material_add", query={"event": event.pk, "region": event.region_id})
        links.append((add, _("Tambah bahan belajar")))
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', links)

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff

    def save_model(self, request, obj, form, change):
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)
