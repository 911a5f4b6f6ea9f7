"""The people: to which region a person belongs is known by duty and by membership, so not in `accounts`."""

from django.contrib import admin
from django.db.models import Q

from accounts.models import OfficerAssignment, User
from accounts.scoped_admin import ScopedAdmin, ScopedInline
from communities.models import Membership


class AssignmentInline(ScopedInline):
    model = OfficerAssignment
    fk_name = "user"
    scope = "region"
    fields = ["region", "letter_number", "starts_on", "ends_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("region")


class MembershipOfPersonInline(ScopedInline):
    model = Membership
    scope = "community__seat"
    fields = ["community", "joined_on", "left_on"]

    def get_queryset(self, request):
        memberships = super().get_queryset(request).belonging()
        return memberships.select_related("community").exclude(community__status="draft")


@admin.register(User)
class UserAdmin(ScopedAdmin):
    list_display = ["name", "email", "is_active", "joined_at"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]
    fields = ["name", "email", "is_active", "joined_at"]
    inlines = [AssignmentInline, MembershipOfPersonInline]

    def choice_label(self, user):
        return f"{user.name} · {user.email}" if user.name else user.email

    def rows_for(self, user):
        if user.answers_everywhere:
            return Q()
        region = user.jurisdiction()
        officers = OfficerAssignment.objects.filter(region__in=region)
        members = Membership.objects.belonging().filter(community__seat__in=region).exclude(community__status="draft")
        return Q(pk__in=officers.values("user")) | Q(pk__in=members.values("user"))
