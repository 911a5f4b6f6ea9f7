"""An officer enters what somebody told the office."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from aspirations.forms.entering import EnteringForm


def show(desk, request):
    form = EnteringForm(request.POST or None, allows=lambda place: lies_within(place, request.user))
    if form.is_valid() and (row := form.save(by=request.user)):
        messages.success(request, form.done)
        return redirect(row.desk_path)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Catat usulan warga"),
        "form": form,
    }
    return TemplateResponse(request, "admin/aspirations/enter.html", context)


def lies_within(place, user):
    return user.jurisdiction().filter(pk=place.pk).exists()
