"""The KIMs themselves."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ScopedAdmin, ScopedInline
from communities.models import Community, Membership, Position, Step


class MembershipInline(ScopedInline):
    model = Membership
    scope = "community__seat"
    fields = readonly_fields = ["name", "contact", "joined_on", "left_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")

    @admin.display(description=_("surel"))
    def contact(self, membership):
        return membership.user.email if membership.user else ""


class PositionInline(ScopedInline):
    model = Position
    scope = "community__seat"
    fields = ["role", "membership", "starts_on", "ends_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("membership")


class StepInline(ScopedInline):
    model = Step
    scope = "community__seat"
    fields = readonly_fields = ["at", "to", "by", "note"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Community)
class CommunityAdmin(ScopedAdmin):
    scope = "seat"
    list_display = ["name", "number", "status", "seat", "partner_kind", "post_count", "last_post_at"]
    list_filter = ["status", "partner_kind", "regency"]
    list_select_related = ["seat", "partner_kind"]
    search_fields = ["name", "number"]
    autocomplete_fields = ["seat"]
    filter_horizontal = ["fields"]
    ordering = ["name", "pk"]
    inlines = [MembershipInline, PositionInline, StepInline]
    # Steps of the lifecycle are verbs; a drop-down is not a decision. The words about itself are the KIM's own.
    readonly_fields = ["number", "status", "decree", "about", "post_count", "last_post_at", "created_at"]
    fieldsets = [
        (None, {"fields": ["name", "number", "status", "decree", "seat", "partner_kind", "fields"]}),
        (_("Profil"), {"fields": ["founded_on", "address", "website", "about"]}),
        (_("Kontak, tidak untuk umum"), {"fields": ["contact_phone", "contact_email"]}),
        (_("Keaktifan"), {"fields": ["post_count", "last_post_at", "created_at"]}),
    ]

    def rows_for(self, user):
        """Drafts are their chair's alone."""
        return super().rows_for(user) & ~Q(status=Community.Status.DRAFT)

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff

    def view_on_site(self, community):
        return community.get_absolute_url() if community.is_public else None
