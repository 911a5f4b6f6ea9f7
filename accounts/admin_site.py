"""The officers' desk: the Django admin behind our own sign-in, without a way around the scoped admin classes."""

import json
from functools import partial, wraps

from allauth.account.views import logout
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import desk_work, saved_filters
from accounts.autocomplete import BUT
from accounts.desk_navigation import queues_of, tables_of
from accounts.models import PendingDecision
from accounts.scoped_admin import ScopedAdmin
from accounts.typed import is_key
from pages import patience

UNDO_SHOWN = 3
DECIDED = "decided"  # a cookie that the desk alone is sent


class ChoicesInFull(AutocompleteJsonView):
    """An autocomplete that says more than "Desa Sukamaju" or "KIM Mekar", of which there are many."""

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": self.model_admin.choice_label(obj)}

    def get_queryset(self):
        but = self.request.GET.get(BUT, "")
        return super().get_queryset().exclude(pk=but) if is_key(but) else super().get_queryset()

    def get(self, request, *args, **kwargs):
        """What was found until the time ran out is followed by a line that says so and cannot be chosen."""
        response = super().get(request, *args, **kwargs)
        if not patience.ran_out():
            return response
        answer = json.loads(response.content)
        answer["results"].append({"id": "", "text": gettext("Pencarian belum selesai, coba lagi."), "disabled": True})
        return JsonResponse(answer)


def remember_decided(response):
    """For a while longer than a decision may be taken back; without it the tick carries out what is due."""
    how = {"httponly": True, "secure": settings.SESSION_COOKIE_SECURE, "samesite": "Lax"}
    response.set_cookie(DECIDED, "1", max_age=4 * settings.UNDO_SECONDS, path=reverse("admin:index"), **how)


class Desk(admin.AdminSite):
    site_header = _("Meja petugas KIM")
    site_title = _("Meja petugas KIM")
    index_title = _("Pekerjaan yang menunggu")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only scoped classes: what other packages bring along for their own tables would show everyone's rows."""
        if admin_class and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self):
        # `/r/` redirects to any object of any table, and passwords are changed where everyone changes them.
        left_out = {"view_on_site", "password_change_done", "logout"}
        own = [
            path("logout/", self.logout, name="logout"),  # also for who is no officer any more
            path("data/", self.admin_view(self.tables), {"records": False}, name="data"),
            path("catatan/", self.admin_view(self.tables), {"records": True}, name="records"),
            path("keputusan/<int:pk>/batal/", self.admin_view(desk_work.undo), name="decision_undo"),
            path("saringan/", self.admin_view(require_POST(partial(saved_filters.save, self))), name="filter_save"),
            path("saringan/<int:pk>/hapus/", self.admin_view(saved_filters.forget), name="filter_forget"),
        ]
        return own + [url for url in super().get_urls() if getattr(url, "name", None) not in left_out]

    def admin_view(self, view, cacheable=False):
        @wraps(view)
        def answer(request, *args, **kwargs):
            # Nothing that a person types, and nothing that PostgreSQL takes.
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest
            # Most have decided nothing just now: the browser remembers who has, and nobody else is asked for.
            request.may_have_decided = request.method == "POST" or DECIDED in request.COOKIES
            if request.may_have_decided:
                PendingDecision.objects.carry_out_due(by=request.user)
            response = view(request, *args, **kwargs)
            if request.method == "POST" and settings.UNDO_SECONDS:
                remember_decided(response)
            return response

        inner = super().admin_view(answer, cacheable)

        @wraps(inner)
        def officers_only(request, *args, **kwargs):
            # Led to signing in, a former officer would lose what was typed.
            if request.method == "POST" and request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return officers_only

    def each_context(self, request):
        """Also the queues, and what the officer decided just now; each is asked for where a page shows it."""
        queues = SimpleLazyObject(lambda: queues_of(self, request))
        own = PendingDecision.objects.retractable(request.user) if getattr(request, "may_have_decided", False) else ()
        decided = SimpleLazyObject(lambda: own[:UNDO_SHOWN])
        return {**super().each_context(request), "queues": queues, "decided": decided}

    def tables(self, request, records):
        """What officers look after, or what the portal recorded: a list of tables, on a page of its own."""
        context = {
            **self.each_context(request),
            "title": _("Catatan") if records else _("Data"),
            "is_about_records": records,
            "shelves": tables_of(self, request, records=records),
        }
        return TemplateResponse(request, "admin/tables.html", context)

    @method_decorator(never_cache)
    def index(self, request, extra_context=None):
        """First what waits, as each class of the desk tells it."""
        panels = [panel for shown in self._registry.values() if (panel := shown.desk_panel(request))]
        return super().index(request, {**(extra_context or {}), "panels": panels})

    @method_decorator([never_cache, login_not_required])
    def login(self, request, extra_context=None):
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted, reverse("account_login"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def logout(self, request, extra_context=None):
        return logout(request)

    def autocomplete_view(self, request):
        return ChoicesInFull.as_view(admin_site=self)(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def get_log_entries(self, request):
        """None: what happened is told by the audit trail, which no one edits."""
        return LogEntry.objects.none()
