"""The people: to which region a person belongs is known by duty and by membership, so not in `accounts`."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedsAdmin
from accounts.ending_sessions import DEEDS, EndSessionsForm
from accounts.models import OfficerAssignment, User
from accounts.scoped_admin import ScopedAdmin, ScopedInline
from communities.admin.desk import own_kims
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


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """The people on the lists of KIM, whose names officers put right; who belongs is for the KIM to say."""

    scope = "community__seat"
    level_columns = "community__"
    list_display = ["name", "community", "status", "offices_today", "joined_on", "left_on"]
    list_filter = ["status"]
    list_select_related = ["community"]
    search_fields = ["name", "community__name"]
    search_help_text = _("Nama orang atau nama KIM")
    ordering = ["name", "pk"]
    needs_reason = True
    fields = ["name", "occupation", "community", "status", "contact", "joined_on", "left_on"]
    readonly_fields = ["community", "status", "contact", "joined_on", "left_on"]

    def rows_for(self, user):
        return super().rows_for(user) & ~Q(community__status="draft")

    def get_queryset(self, request):
        return super().get_queryset(request).belonging().with_offices()

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff and not (obj and obj.community_id in own_kims(request))

    def store(self, request, obj, form, change):
        if form.changed_fields:
            obj.correct(by=request.user, note=form.cleaned_data["reason"])

    @admin.display(description=_("surel"))
    def contact(self, membership):
        return membership.user.email if membership.user else ""

    @admin.display(description=_("jabatan"))
    def offices_today(self, membership):
        return ", ".join(str(office.label) for office in membership.offices)


@admin.register(User)
class UserAdmin(DeedsAdmin):
    deeds = DEEDS
    is_sought_in_trail = True
    list_display = ["name", "email", "is_active", "joined_at"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]
    fields = ["name", "email", "is_active", "joined_at", "deed_links"]
    readonly_fields = ["deed_links"]
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

    def get_fields(self, request, obj=None):
        """What may be done to the account stands there for who may do it."""
        may = obj and obj.decided_by(request.user) and EndSessionsForm.is_open(obj)
        return [name for name in super().get_fields(request, obj) if may or name != "deed_links"]

    @admin.display(description=_("tindakan"))
    def deed_links(self, user):
        address = reverse("admin:accounts_user_deed", args=[user.pk, "keluarkan"])
        return format_html('<a href="{}">{}</a>', address, EndSessionsForm.title)
