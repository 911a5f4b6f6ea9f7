"""What an office sets up to answer: its OPD, its terms, what it answers again and again; and the days off."""

from django.contrib import admin

from accounts.scoped_admin import EVERYWHERE, ScopedAdmin
from aspirations.models import Agency, AnswerTemplate, AnswerTerm, Holiday
from communities.admin.vocabulary import OfRegion


@admin.register(Agency)
class AgencyAdmin(OfRegion):
    list_display = ["name", "region", "email", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    fields = ["region", "name", "email", "is_active"]


@admin.register(AnswerTerm)
class AnswerTermAdmin(OfRegion):
    list_display = ["stage", "working_days", "region"]
    fields = ["region", "stage", "working_days"]

    def changelist_view(self, request, extra_context=None):
        """With what holds where no row says anything, or an empty list would read as if nothing did."""
        defaults = [(AnswerTerm.Stage(stage).label, days) for stage, days in AnswerTerm.DEFAULT_DAYS.items()]
        return super().changelist_view(request, {"defaults": defaults} | (extra_context or {}))


@admin.register(AnswerTemplate)
class AnswerTemplateAdmin(OfRegion):
    list_display = ["title", "region"]
    search_fields = ["title"]
    fields = ["region", "title", "text"]


@admin.register(Holiday)
class HolidayAdmin(ScopedAdmin):
    """Days off of the whole country: everyone reads them, the ministry puts them right."""

    scope = EVERYWHERE
    list_display = ["date", "name", "is_joint_leave", "is_estimated", "is_day_off", "is_corrected"]
    list_filter = ["is_joint_leave", "is_estimated", "is_day_off"]
    ordering = ["-date"]
    fields = ["date", "name", "is_joint_leave", "is_estimated", "is_day_off"]

    def store(self, request, obj, form, change):
        obj.is_corrected = True
        super().store(request, obj, form, change)

    def has_add_permission(self, request, obj=None):
        return request.user.answers_everywhere

    def has_change_permission(self, request, obj=None):
        return request.user.answers_everywhere
