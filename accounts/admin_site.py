"""The officers' desk: the Django admin behind our own sign-in, without a way around the scoped admin classes."""

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


class Desk(admin.AdminSite):
    site_header = _("Meja petugas KIM")
    site_title = _("Meja petugas KIM")
    index_title = _("Wilayah tugas Anda")

    def get_urls(self):
        # `/r/` redirects to any object of any table, and passwords are changed where everyone changes them.
        left_out = {"view_on_site", "password_change_done"}
        return [url for url in super().get_urls() if getattr(url, "name", None) not in left_out]

    @method_decorator([never_cache, login_not_required])
    def login(self, request, extra_context=None):
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted, reverse("account_login"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def logout(self, request, extra_context=None):
        # Inner import: this module is read before the apps are.
        from allauth.account.views import logout

        return logout(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def get_log_entries(self, request):
        """None: what happened is told by the audit trail, which no one edits."""
        from django.contrib.admin.models import LogEntry

        return LogEntry.objects.none()
