"""What a KIM does with what it received."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import NoteField
from aspirations.forms.deeds import DeedForm, MergeForm
from aspirations.models import Aspiration
from communities.models import Sector


class VouchForm(DeedForm):
    word, verb, label, done = "lengkapi", "add_vouch", _("Lengkapi dan dukung"), _("Keterangan KIM tersimpan")
    button = _("Simpan keterangan")
    explanation = _("Tulis yang KIM Anda ketahui. Keterangan tampil untuk umum atas nama KIM.")

    text = NoteField(label=_("keterangan KIM"), rows=5)
    sector = forms.ModelChoiceField(
        Sector.objects.all(), label=_("bidang (boleh kosong)"), required=False, empty_label=_("Pilih bidang …")
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, initial={"text": row.vouch, "sector": row.sector_id}, **kwargs)

    @classmethod
    def is_open(cls, row):
        return row.status == Aspiration.Status.RECEIVED


class ForwardForm(DeedForm):
    word, verb, label, done = "teruskan", "forward", _("Teruskan ke kantor"), _("Diteruskan")
    button = _("Teruskan")

    note = NoteField(label=_("pesan untuk kantor (boleh kosong)"), required=False, help_text=_("Tampil untuk umum."))


class MergeInRoomForm(MergeForm):
    @classmethod
    def is_open(cls, row):
        return row.status == Aspiration.Status.RECEIVED


DEEDS = [VouchForm, ForwardForm, MergeInRoomForm]
