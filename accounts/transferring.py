"""Mutasi: the page at the desk on which an officer is moved to another region, as one deed."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.autocomplete import FindOne
from accounts.desk_deeds import DeedForm
from accounts.duties import Duty
from accounts.fields import DayField, NameField
from accounts.lifecycle import StepRefused
from accounts.models import OfficerAssignment
from accounts.scoped_admin import labelled
from accounts.typed import plain_name
from regions.clocks import today
from regions.models import Region
from regions.templatetags.places import place_date


class TransferForm(DeedForm):
    title, button = _("Mutasi petugas"), _("Mutasikan")
    done = _("%(name)s: mutasi tercatat.")
    explanation = _(
        "Penugasan ini berakhir dan yang baru dimulai pada hari yang sama. Pekerjaan yang menunggu tetap di "
        "wilayahnya, dan petugas diberi tahu."
    )
    letter_number = NameField(label=_("nomor surat tugas"), max_length=120, validators=[plain_name])
    starts_on = DayField(label=_("mulai"))
    duties = forms.MultipleChoiceField(label=_("tugas"), choices=Duty.choices, widget=forms.CheckboxSelectMultiple)
    field_order = ["to", "starts_on", "letter_number", "duties"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        site = self.desk.admin_site
        rows = site.get_model_admin(Region).get_queryset(self.request)
        widget = FindOne(OfficerAssignment._meta.get_field("region"), site)
        self.fields["to"] = labelled(forms.ModelChoiceField(rows, label=_("wilayah tugas baru"), widget=widget), site)
        self.order_fields(self.field_order)
        self.initial |= {"duties": self.row.duties, "starts_on": today(self.row.region)}

    @classmethod
    def is_open(cls, row):
        return not row.is_over

    @property
    def facts(self):
        return [
            (capfirst(_("petugas")), self.row.user),
            (_("Wilayah tugas sekarang"), self.row.region.long_name),
            (_("Bertugas sejak"), place_date(self.row.starts_on)),
        ]

    def carry_out(self):
        try:
            return self.row.transfer(by=self.user, **self.cleaned_data)
        except PermissionDenied as refusal:
            raise StepRefused(str(refusal)) from refusal
        except ValidationError as refusal:
            raise StepRefused(" ".join(refusal.messages)) from refusal


# By the word in their URL.
DEEDS = {"mutasi": TransferForm}
