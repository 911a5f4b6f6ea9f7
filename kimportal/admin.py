"""Copies of all data of a region at the desk: an officer asks for one, and downloads their own."""

from http import HTTPStatus

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ScopedAdmin
from communities.models import DataCopy
from communities.models.data_copies import regions_of
from kimportal.data_copies import ask, handed_out
from pages.limits import in_time
from regions.models import Region


class AskForm(forms.Form):
    region = forms.ModelChoiceField(None, label=_("wilayah"))

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.fields["region"].queryset = Region.objects.filter(pk__in=[region.pk for region in regions])
        self.initial["region"] = own.first()


@admin.register(DataCopy)
class DataCopyAdmin(ScopedAdmin):
    is_record = True
    scope = "region"
    list_display = ["region", "status", "asked_at", "expires_at"]
    list_filter = ["status"]
    list_select_related = ["region"]
    fields = ["region", "status"]
    ordering = ["-pk"]

    def get_queryset(self, request):
        """Their own alone: whoever asks for one downloads it, and nobody else."""
        return super().get_queryset(request).filter(asked_by=request.user, community=None)

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff and bool(regions_of(request.user))

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = AskForm(request.POST or None, regions=regions_of(request.user))
        if request.method == "POST" and form.is_valid() and in_time(request, form, "file"):
            copy = ask(request, form.cleaned_data["region"])
            return redirect(copy.path if copy else "admin:communities_datacopy_changelist")
        facts = {"form": form, "hours": DataCopy.HOURS_KEPT}
        return self.page(request, "data_copy_add.html", _("Minta salinan data"), HTTPStatus.OK, **facts)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far it is; once it is there, a button that downloads it."""
        copy = self.get_object(request, object_id)
        if request.method == "POST" and copy.is_ready:
            return handed_out(request, copy)
        status = HTTPStatus.GONE if request.method == "POST" else HTTPStatus.OK
        return self.page(request, "data_copy.html", str(copy.region), status, copy=copy)

    def page(self, request, template, title, status, **facts):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **facts}
        return TemplateResponse(request, f"admin/communities/{template}", context, status=status)
