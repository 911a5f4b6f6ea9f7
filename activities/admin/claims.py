"""What KIM say about passing bulletins on: an officer looks at the largest claims, and at some drawn by chance."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.desk_navigation import Queue
from accounts.lifecycle import StepRefused
from accounts.place_filter import PlaceFilter
from accounts.scoped_admin import ScopedAdmin
from activities.models import Redissemination
from activities.passing_on_forms import JudgingForm
from regions.clocks import earliest_day, in_utc

DRAWN = 10
PLACE = 45


class SampleFilter(admin.SimpleListFilter):
    """Which claims: those that wait, the largest first; a few of them drawn by chance, the same all day."""

    title, parameter_name = _("contoh"), "contoh"

    def lookups(self, request, model_admin):
        return [("menunggu", _("belum diperiksa, terbesar dahulu")), ("acak", _("belum diperiksa, diambil acak"))]

    def queryset(self, request, queryset):
        if self.value() == "menunggu":
            return queryset.waiting()
        if self.value() == "acak":
            mine = queryset.waits_for(request.user)
            return mine.drawn(f"{request.user.pk}-{earliest_day()}", DRAWN)
        return queryset


@admin.register(Redissemination)
class RedisseminationAdmin(ScopedAdmin):
    is_record = True
    scope = "place"
    list_display = ["bulletin", "community", "channel", "people", "verified_people", "happened_on", "judged_at"]
    list_filter = [PlaceFilter, SampleFilter, "channel"]
    list_select_related = ["bulletin", "community"]
    search_fields = ["bulletin__title", "community__name"]
    ordering = ["-people", "-pk"]

    def get_urls(self):
        check = self.admin_site.admin_view(self.check_claim)
        return [path("<int:pk>/periksa/", check, name="activities_redissemination_check"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A claim is judged, and never edited."""
        claim = self.get_object(request, object_id)
        if request.method == "POST":
            raise PermissionDenied
        return redirect("admin:activities_redissemination_check", pk=claim.pk)

    def desk_queues(self, request):
        url = f"{reverse('admin:activities_redissemination_changelist')}?contoh=menunggu"
        rows = Redissemination.objects.waits_for(request.user)
        return [Queue("claims", _("Penyebaran informasi"), url, rows, F("created_at"), PLACE)]

    def check_claim(self, request, pk):
        """One claim with its photo, and what the officer found; nobody judges what the own KIM did."""
        claim = self.get_object(request, str(pk))
        may_judge = claim.is_claim and claim.judged_at is None and claim.decided_by(request.user)
        if request.method == "POST" and not may_judge and claim.judged_at is None:
            raise PermissionDenied
        form = JudgingForm(request.POST or None, initial={"people": claim.people, "seen": claim.updated_at.isoformat()})
        status = HTTPStatus.CONFLICT if request.method == "POST" and not may_judge else HTTPStatus.OK
        if form.is_valid():
            try:
                self.judge(claim, form, by=request.user)
            except StepRefused as refusal:
                form.add_error(None, str(refusal))
                claim.refresh_from_db()
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, _("Tersimpan: %(claim)s") % {"claim": claim})
                return redirect(self.way_back(request))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Periksa catatan penyebaran"),
            "claim": claim,
            "evidence": getattr(claim, "evidence", None),
            "may_judge": may_judge,
            "form": form,
            "back": self.way_back(request),
        }
        return TemplateResponse(request, "admin/activities/claim.html", context, status=status)

    def judge(self, claim, form, *, by):
        """What the officer saw is what is judged."""
        if form.cleaned_data["seen"]:
            claim.updated_at = in_utc(form.cleaned_data["seen"])
        form.carry_out(claim, by=by)

    def way_back(self, request):
        sample = request.GET.get("contoh")
        query = f"?contoh={sample}" if sample in ("menunggu", "acak") else "?contoh=menunggu"
        return f"{reverse('admin:activities_redissemination_changelist')}{query}"
