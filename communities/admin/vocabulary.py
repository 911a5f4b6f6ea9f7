"""What differs by time and place, as rows that officers write."""

from django.contrib import admin

from accounts.scoped_admin import EVERYWHERE, ScopedAdmin
from communities.models import Field, PartnerKind


@admin.register(PartnerKind, Field)
class VocabularyAdmin(ScopedAdmin):
    """The words of the whole country: everyone chooses from them, the ministry changes them."""

    scope = EVERYWHERE
    list_display = ["name", "position"]
    prepopulated_fields = {"slug": ["name"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def has_add_permission(self, request, obj=None):
        return request.user.answers_everywhere

    def has_change_permission(self, request, obj=None):
        return request.user.answers_everywhere
