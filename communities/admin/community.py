"""The KIMs themselves."""

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.urls import path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.age_filter import AgeFilter
from accounts.desk_deeds import DeedsAdmin
from accounts.place_filter import PlaceFilter
from accounts.scoped_admin import ScopedInline
from communities import desk_pages
from communities.admin import by_decree, checking, desk
from communities.admin.decisions import DEEDS
from communities.forms import WebURLsField
from communities.models import Community, Membership, Position, Step
from regions.atlas import FROM_ATLAS


class MembershipInline(ScopedInline):
    model = Membership
    scope = "community__seat"
    show_change_link = True
    fields = readonly_fields = ["name", "status", "contact", "joined_on", "left_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).belonging().select_related("user")

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


class AttentionFilter(admin.SimpleListFilter):
    title = _("yang perlu diurus")
    parameter_name = "perlu"

    def lookups(self, request, model_admin):
        return [*Community.Attention.choices, (desk.TROUBLED, _("SK atau data perlu diperbarui"))]

    def queryset(self, request, queryset):
        if self.value() == desk.TROUBLED:
            return queryset.troubled()
        return queryset.needing(self.value()) if self.value() in Community.Attention else queryset


class ActivityFilter(admin.SimpleListFilter):
    title = _("keaktifan")
    parameter_name = "keaktifan"

    def lookups(self, request, model_admin):
        return Community.Activity.choices

    def queryset(self, request, queryset):
        return queryset.of_activity(self.value()) if self.value() in Community.Activity else queryset


class RegisteredFilter(AgeFilter):
    title = _("didaftarkan")


class StandingFilter(admin.SimpleListFilter):
    title = _("berdiri")
    parameter_name = "berdiri"

    def lookups(self, request, model_admin):
        return [("ya", _("masih berdiri"))]

    def queryset(self, request, queryset):
        return queryset.registered() if self.value() == "ya" else queryset


@admin.register(Community)
class CommunityAdmin(DeedsAdmin):
    scope = "seat"
    is_sought_in_trail = True
    level_columns = ""
    deeds = DEEDS
    list_display = ["name", "check_link", "status", "place", "number", "decree_until", "confirmation", "last_post_at"]
    not_exported = ["check_link"]
    also_exported = [
        *["village_name", "district_name", "decree_number", "decree_day", "chair", "members", "fields_of_work"],
        *["founded_on", "post_count"],
    ]
    list_filter = [
        *[PlaceFilter, AttentionFilter, "status", StandingFilter, ActivityFilter],
        *[RegisteredFilter, "sectors", "is_imported", "partner_kind", "regency"],
    ]
    # What pages that count lead to.
    more_lookups = ["province", "district", "last_post_at"]
    list_select_related = ["seat__district", "decree"]
    search_fields = ["name", "number", "seat__name"]
    search_help_text = _("Nama atau nomor KIM, atau nama desa/kelurahan")
    autocomplete_fields = ["seat"]
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    ordering = ["name", "pk"]
    needs_reason = True
    past_days = ["founded_on"]
    actions = [by_decree.inaugurate_many]
    inlines = [MembershipInline, PositionInline, StepInline]
    # Steps of the lifecycle are verbs; a drop-down is not a decision. The words about itself are the KIM's own.
    readonly_fields = ["number", "status", "decree_today", "about", "post_count", "last_post_at", "created_at"]
    fieldsets = [
        (None, {"fields": ["name", "number", "status", "decree_today", "seat", "partner_kind", "sectors"]}),
        (_("Profil"), {"fields": ["founded_on", "address", "website", "links", "about"]}),
        (_("Kontak, tidak untuk umum"), {"fields": ["contact_phone", "contact_email"]}),
        (_("Keaktifan"), {"fields": ["post_count", "last_post_at", "created_at"]}),
    ]

    def get_urls(self):
        check = path("<int:pk>/periksa/", self.by_desk(checking.check), name="communities_community_check")
        declared = [path(route, self.by_desk(view), name=name) for route, name, view in desk_pages.DECLARED]
        return [check, *declared, *super().get_urls()]

    def desk_queues(self, request):
        return desk.queues(request.user)

    def desk_panel(self, request):
        return desk.work(request.user)

    def get_queryset(self, request):
        return super().get_queryset(request).fetch_mode(FROM_ATLAS)

    def for_export(self, request, rows):
        return super().for_export(request, rows.with_people().prefetch_related("sectors"))

    def choice_label(self, community):
        return community.full_label

    def rows_for(self, user):
        """Drafts are their chair's alone."""
        return super().rows_for(user) & ~Q(status=Community.Status.DRAFT)

    def get_readonly_fields(self, request, obj=None):
        # A seat once given is moved by a deed, with a reason and a step.
        names = super().get_readonly_fields(request, obj)
        return [*names, "seat"] if obj and obj.is_public else names

    def has_change_permission(self, request, obj=None):
        """Of a KIM to which an officer belongs, another one puts the data right."""
        return request.user.is_staff and not (obj and obj.pk in desk.own_kims(request))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "links":
            widget = forms.Textarea(attrs={"class": "vLargeTextField", "rows": 4})
            return WebURLsField(label=capfirst(db_field.verbose_name), required=False, widget=widget)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def store(self, request, obj, form, change):
        if change and form.changed_fields:
            facts = [str(self.opts.get_field(name).verbose_name) for name in form.changed_fields]
            obj.correct(by=request.user, facts=", ".join(facts), note=form.cleaned_data["reason"])
        elif not change:
            super().store(request, obj, form, change)

    def view_on_site(self, community):
        return community.get_absolute_url() if community.is_public else None

    @admin.display(description=_("kedudukan"), ordering="seat__name")
    def place(self, community):
        district = community.seat.district
        near = f", {district.name}" if district and district.pk != community.seat_id else ""
        return f"{community.seat.full_name}{near}"

    @admin.display(description=_("SK"))
    def decree_today(self, community):
        return community.decree or "–"

    @admin.display(description=_("SK sampai"), ordering="decree__ends_on")
    def decree_until(self, community):
        return community.decree.ends_on if community.decree else None

    # Of files alone

    @admin.display(description=_("desa/kelurahan"))
    def village_name(self, community):
        return community.village.name if community.village else ""

    @admin.display(description=_("kecamatan"))
    def district_name(self, community):
        return community.district.name if community.district else ""

    @admin.display(description=_("nomor SK"))
    def decree_number(self, community):
        return community.decree.number if community.decree else ""

    @admin.display(description=_("tanggal SK"))
    def decree_day(self, community):
        return community.decree.issued_on if community.decree else None

    @admin.display(description=_("ketua"))
    def chair(self, community):
        return community.chair_name

    @admin.display(description=_("jumlah anggota"))
    def members(self, community):
        return community.member_count

    @admin.display(description=_("bidang"))
    def fields_of_work(self, community):
        return ", ".join(str(sector) for sector in community.sectors.all())

    @admin.display(description=_("data"))
    def confirmation(self, community):
        if community.is_old_data:
            return _("data lama")
        return _("perlu dikonfirmasi") if community.is_stale else ""

    @admin.display(description=_("berkas"))
    def check_link(self, community):
        return format_html('<a href="{}">{}</a>', community.desk_path, _("Periksa"))
