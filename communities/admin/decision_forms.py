"""What the forms of an officer's deeds to a KIM have in common."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.autocomplete import FindOne
from accounts.desk_deeds import DeedForm
from accounts.fields import NoteField
from accounts.scoped_admin import labelled
from communities.models import Community


def own_rows(desk, request, model):
    """The rows of a table that this officer may name."""
    return desk.admin_site.get_model_admin(model).get_queryset(request)


def chosen_from(desk, request, column, **options):
    """A field that finds one row by typing, among those that the desk shows."""
    field = Community._meta.get_field(column)
    rows = own_rows(desk, request, field.related_model)
    return labelled(forms.ModelChoiceField(rows, widget=FindOne(field, desk.admin_site), **options), desk.admin_site)


def reason_field(**options):
    return NoteField(label=_("alasan"), rows=4, **options)


class ReasonedDeedForm(DeedForm):
    note = reason_field(help_text=_("Pengurus KIM membaca alasan ini, dan alasan tersimpan dalam riwayat."))
