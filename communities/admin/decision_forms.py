"""What the forms of an officer's deeds have in common."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.autocomplete import FindOne
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


class DeedForm(forms.Form):
    """One deed; `reached_from` are the statuses in which it may be done."""

    title = button = explanation = ""
    # What the officer reads once it is done.
    done = ""
    reached_from = Community.STANDING_STATUSES

    def __init__(self, *args, desk, request, community=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.desk, self.request, self.community = desk, request, community

    @classmethod
    def is_for(cls, community, user, *, decides):
        """Whether this officer is the one to do it."""
        return decides

    @property
    def summary(self):
        """What the page says before the form, beside the name of the KIM: pairs."""
        return []

    def told(self, community):
        return self.done % {"name": community.name, "decree": community.decree and community.decree.number}

    def carry_out(self, community):
        raise NotImplementedError


class ReasonedDeedForm(DeedForm):
    note = reason_field(help_text=_("Pengurus KIM membaca alasan ini, dan alasan tersimpan dalam riwayat."))
