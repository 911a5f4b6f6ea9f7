"""The page on which an officer writes a draft."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.autocomplete import FindMany
from accounts.lifecycle import StepRefused
from accounts.scoped_admin import labelled
from bulletins.forms import AUDIENCE_FIELDS, WARNING_FIELDS, BulletinForm
from bulletins.models import Bulletin
from pages.twice import DONE_ALREADY, SAME_PAGE
from regions.models import Region


def write(desk, request, bulletin=None):
    """A new draft, or one that is there; saved by its verb, with what was typed still there where it is refused."""
    if bulletin and not Bulletin.objects.written_by(request.user).filter(pk=bulletin.pk).exists():
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = BulletinForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        instance=bulletin,
        user=request.user,
        choose_places=lambda field: found_by_typing(desk, request, field),
    )
    status = HTTPStatus.OK
    if is_sent:
        if SAME_PAGE.is_again(request):
            messages.info(request, DONE_ALREADY)
            return redirect(bulletin.desk_path if bulletin else "admin:bulletins_bulletin_changelist")
        if form.is_valid() and (saved := stored(form)):
            messages.success(request, _("Draf tersimpan. Periksa pratinjau dan penerimanya, lalu setujui."))
            return redirect(saved.desk_path)
        SAME_PAGE.forget(request)
        status = HTTPStatus.CONFLICT if form.non_field_errors() else HTTPStatus.OK
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Ubah draf") if bulletin else _("Tulis informasi"),
        "bulletin": bulletin,
        "form": form,
        "warning_fields": [form[name] for name in WARNING_FIELDS if name != "is_urgent"],
        "audience_fields": [form[name] for name in AUDIENCE_FIELDS],
        "is_warning": form["is_urgent"].value() or any(form[name].errors for name in WARNING_FIELDS),
        "media": desk.media + form.media,
    }
    return TemplateResponse(request, "admin/bulletins/write.html", context, status=status)


def stored(form):
    """The saved draft; None where its verbs refuse, with why in the form."""
    try:
        with transaction.atomic():
            return form.store()
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        if form.instance.pk:
            form.know_now()
        return None


def write_again(desk, request, pk):
    return write(desk, request, desk.get_object(request, str(pk)))


def found_by_typing(desk, request, field):
    """The same field, for regions that are found by typing among those of the officer."""
    column = Bulletin._meta.get_field("regions")
    rows = desk.admin_site.get_model_admin(Region).get_queryset(request).current()
    widget = FindMany(column, desk.admin_site)
    chosen = forms.ModelMultipleChoiceField(
        rows, label=field.label, help_text=field.help_text, required=False, widget=widget
    )
    return labelled(chosen, desk.admin_site)
