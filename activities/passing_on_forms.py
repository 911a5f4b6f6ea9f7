"""What a KIM tells of passing a bulletin on outside the portal."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, NoteField, PhotoField, SeenCharField
from accounts.lifecycle import StepRefused
from accounts.typed import plain_sentence
from activities.models.redissemination import MOST_PEOPLE, OFFLINE, Redissemination, refuse_day
from regions.clocks import of_our_time


class PassingOnForm(forms.Form):
    """One offline act of the KIM of a delivery."""

    channel = forms.ChoiceField(
        label=_("cara menyebarkan"),
        choices=[("", _("Pilih caranya")), *((channel.value, channel.label) for channel in OFFLINE)],
        error_messages={"required": _("Pilih caranya.")},
    )
    people = forms.IntegerField(
        label=_("jumlah orang yang menerima"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Perkiraan jujur. Petugas memeriksa sebagian catatan."),
        error_messages={
            "required": _("Tulis jumlah orangnya."),
            "invalid": _("Tulis dengan angka, misalnya 40."),
            "min_value": _("Tulis jumlah orangnya, paling sedikit satu."),
        },
    )
    happened_on = DayField(label=_("tanggal"), error_messages={"required": _("Pilih tanggalnya.")})
    photo = PhotoField(
        label=_("foto bukti"),
        required=False,
        help_text=_("Hanya dilihat KIM Anda dan petugas. Tanpa foto, petugas lebih sulit memastikannya."),
    )
    note = SeenCharField(
        label=_("keterangan"),
        required=False,
        max_length=300,
        validators=[plain_sentence],
        help_text=_("Misalnya: pengajian RT 03, diumumkan sebelum salat."),
    )
    client_uuid = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args, delivery, **kwargs):
        super().__init__(*args, **kwargs)
        self.delivery = delivery
        self.initial.setdefault("client_uuid", uuid.uuid4())

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        try:
            refuse_day(self.delivery, day)
        except StepRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return day

    def record(self, *, by, written_at):
        """Whether it is recorded; if not, the form says why."""
        try:
            Redissemination.objects.record(self.delivery, by=by, written_at=written_at, **self.cleaned_data)
        except StepRefused as refusal:
            self.add_error(None, str(refusal))
        return not self.errors


class JudgingForm(forms.Form):
    """What an officer found of a claim: so many people, or a reason why it does not count."""

    decision = forms.ChoiceField(choices=[("verify", ""), ("refuse", "")])
    people = forms.IntegerField(
        label=_("jumlah orang yang terbukti"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={"invalid": _("Tulis dengan angka, misalnya 40.")},
    )
    reason = NoteField(label=_("alasan bila tidak dihitung"), required=False, max_length=300, rows=2)
    seen = forms.DateTimeField(widget=forms.HiddenInput(), required=False, validators=[of_our_time])

    def clean(self):
        facts = super().clean()
        if facts.get("decision") == "verify" and "people" not in self.errors and not facts.get("people"):
            self.add_error("people", _("Tulis jumlah orangnya."))
        if facts.get("decision") == "refuse" and "reason" not in self.errors and not facts.get("reason"):
            self.add_error("reason", _("Tulis alasannya."))
        return facts

    def carry_out(self, claim, *, by):
        if self.cleaned_data["decision"] == "verify":
            claim.verify(self.cleaned_data["people"], by=by)
        else:
            claim.refuse(self.cleaned_data["reason"], by=by)
