"""What was decided and handed in, on paper."""

from django.contrib import admin

from accounts.scoped_admin import ScopedAdmin
from communities.models import Decree


@admin.register(Decree)
class DecreeAdmin(ScopedAdmin):
    scope = "region"
    list_display = ["number", "issuer", "region", "issued_on", "ends_on"]
    list_filter = ["issuer"]
    list_select_related = ["region"]
    search_fields = ["number"]
    autocomplete_fields = ["region"]
    fields = ["number", "issued_on", "issuer", "issuer_name", "region", "starts_on", "ends_on"]

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff
