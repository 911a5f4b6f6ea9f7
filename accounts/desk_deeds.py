"""What an officer does to a row of the desk: each deed a page that says what will happen, and a verb of the model.

`DeedsAdmin` is the base of a desk with such pages, `DeedForm` that of a deed. The row has a lifecycle, `desk_path`, and
`decided_by(user)`; its app has a template, which extends admin/deed.html.
"""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from accounts.lifecycle import StepRefused
from accounts.scoped_admin import ScopedAdmin
from pages.twice import DONE_ALREADY, SAME_PAGE


class DeedForm(forms.Form):
    """One deed, of the `verb` of the row; what is typed in its fields is what the verb is told."""

    title = button = explanation = verb = ""
    # What the officer reads once it is done; it names the row as %(name)s or as %(title)s.
    done = ""
    # A fragment before the fields.
    template = ""
    # Whether the verb said no.
    is_refused = False

    def __init__(self, *args, desk, request, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.desk, self.request, self.row, self.user = desk, request, row, request.user

    @classmethod
    def may(cls, row, user, *, decides):
        """Whether this officer is the one to do it."""
        return decides

    @classmethod
    def is_open(cls, row):
        """Whether it can be done to the row as it stands."""
        return row.status in row.open_to(cls.verb)

    @property
    def facts(self):
        """What the page says before the form: pairs."""
        return []

    def arguments(self):
        """What the verb is told beside who does it."""
        return {field.name: self.cleaned_data[field.name] for field in self.visible_fields()}

    def carry_out(self):
        """Call the verb; the row to go on with."""
        getattr(self.row, self.verb)(by=self.user, **self.arguments())
        return self.row

    def after(self):
        """What the worker is asked for, once it is done."""

    def told(self):
        return self.done % {"name": self.row, "title": self.row}


class DeedsAdmin(ScopedAdmin):
    # `{word in the URL: DeedForm}`
    deeds = {}

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_deed"
        return [path("<int:pk>/langkah/<slug:word>/", self.by_desk(do), name=name), *super().get_urls()]


def open_deeds(deeds, row, user, *, decides):
    """`(word, title)` of what this officer may do to the row as it stands."""
    return [
        (word, form.title) for word, form in deeds.items() if form.is_open(row) and form.may(row, user, decides=decides)
    ]


def do(desk, request, pk, word):
    """The page of one deed: what will happen, the form, one button."""
    row = desk.get_object(request, str(pk))
    kind = desk.deeds.get(word)
    if kind is None:
        raise Http404
    if not kind.may(row, request.user, decides=row.decided_by(request.user)):
        raise PermissionDenied
    form = kind(request.POST or None, request.FILES or None, desk=desk, request=request, row=row)
    if request.method == "POST":
        if SAME_PAGE.is_again(request):
            messages.info(request, DONE_ALREADY)
            return redirect(row.desk_path)
        if form.is_valid() and (went_on := carried_out(form)):
            messages.success(request, form.told())
            return redirect(went_on.desk_path)
        SAME_PAGE.forget(request)
    return page(desk, request, form)


def carried_out(form):
    """The row to go on with; None where the verb refused, with why in the form."""
    try:
        with transaction.atomic():
            went_on = form.carry_out()
            form.after()
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        form.is_refused = True
        form.row.refresh_from_db()
        return None
    return went_on


def page(desk, request, form):
    is_open = form.is_open(form.row)
    was_late = request.method == "POST" and (form.is_refused or not is_open)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": form.title,
        "row": form.row,
        "is_open": is_open,
        "form": form,
        "media": form.media,
    }
    status = HTTPStatus.CONFLICT if was_late else HTTPStatus.OK
    return TemplateResponse(request, f"admin/{desk.opts.app_label}/deed.html", context, status=status)
