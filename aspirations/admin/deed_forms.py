"""What an officer may do with an aspiration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import NoteField, PlaceField, SeenCharField
from aspirations.forms.deeds import AnswerForm, AskForm, DeedForm, MergeForm, StartForm
from aspirations.lapor import LINK, number_of, of_lapor
from aspirations.models import Agency, Aspiration, StepRefused

Status = Aspiration.Status


class ReleaseForm(DeedForm):
    word, verb, label, done = "lepas", "release", _("Bukan spam, teruskan"), _("Diteruskan")


class AcceptForm(DeedForm):
    word, verb, label, done = "terima", "accept", _("Terima"), _("Diterima")
    explanation = _("Kantor Anda menanganinya. Tenggat jawaban mulai dihitung.")


class AssignForm(DeedForm):
    word, verb, label, done = "serahkan", "assign", _("Serahkan ke OPD"), _("Diserahkan ke OPD")
    button = _("Serahkan dan kirim tautan")
    explanation = _("OPD menerima tautan lewat surel dan menjawab tanpa akun.")

    agency = forms.ModelChoiceField(None, label=_("OPD"), empty_label=_("Pilih OPD …"))
    note = NoteField(label=_("pesan untuk OPD (boleh kosong)"), required=False)
    shows_sender = forms.BooleanField(label=_("OPD boleh melihat nama dan kontak pengirim"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.of(self.row.office)


class TakeBackForm(DeedForm):
    word, verb, label, done = "ambil", "take_back", _("Ambil kembali"), _("Diambil kembali")
    button = _("Ambil dari OPD")
    explanation = _("Tautan OPD tidak berlaku lagi. Tenggat jawaban tetap.")

    note = NoteField(label=_("alasan (boleh kosong)"), required=False)


class WriteAgainForm(DeedForm):
    word, verb, label, done = "surati", "write_again", _("Kirim ulang tautan ke OPD"), _("Tautan dikirim ulang ke OPD")

    @classmethod
    def is_open(cls, row):
        return row.status in Aspiration.WITH_AGENCY and row.agency is not None


class CloseForm(DeedForm):
    word, verb, label, done = "selesai", "close", _("Selesai"), _("Ditutup")
    button = _("Tutup usulan")

    outcome = forms.ChoiceField(label=_("hasil"))
    note = NoteField(label=_("catatan penutup (boleh kosong)"), required=False)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.fields["outcome"].choices = row.outcomes
        self.fields["outcome"].initial = row.outcome


class EscalateForm(DeedForm):
    word, verb, label, done = "naikkan", "escalate", _("Naikkan ke kantor di atas"), _("Dinaikkan")
    button = _("Naikkan")

    note = NoteField(label=_("alasan"))

    @classmethod
    def is_open(cls, row):
        return super().is_open(row) and row.office.parent_id is not None


class MoveForm(DeedForm):
    word, verb, label, done = "pindahkan", "move", _("Pindahkan ke wilayah lain"), _("Dipindahkan")
    button = _("Pindahkan")
    explanation = _("Di wilayah kantor Anda hanya tempatnya yang berubah; di luar itu kantor di sana yang menangani.")

    place = PlaceField(label=_("tempat yang benar"))
    note = NoteField(label=_("alasan"))


class MergeAtOfficeForm(MergeForm):
    @classmethod
    def is_open(cls, row):
        return super().is_open(row) and row.status != Status.RECEIVED


class LaporField(forms.URLField):
    """An address there; of any other, and of what is none, one sentence."""

    default_error_messages = {"invalid": LINK}
    default_validators = [of_lapor]


class ReferForm(DeedForm):
    word, label, done = "lapor", _("Nomor SP4N-LAPOR!"), _("Nomor SP4N-LAPOR! disimpan")
    button = _("Simpan nomor")

    # As long as a link, which may be pasted here.
    reference = SeenCharField(label=_("nomor SP4N-LAPOR!"), max_length=200)
    url = LaporField(
        label=_("tautan di SP4N-LAPOR! (boleh kosong)"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        help_text=_("Tampil untuk umum bersama nomornya."),
    )

    # The number that stood there when the page was made.
    seen = SeenCharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        known = {"reference": row.lapor_reference, "url": row.lapor_url, "seen": row.lapor_reference}
        super().__init__(*args, row=row, initial=known, **kwargs)

    @classmethod
    def is_open(cls, row):
        return row.status in [*Aspiration.WITH_OFFICE, Status.ANSWERED, Status.CLOSED]

    @property
    def is_decision(self):
        return False

    def clean_reference(self):
        """The number alone; where its page was pasted, that is the link, unless another was typed."""
        number, self.link = number_of(self.cleaned_data["reference"])
        return number

    def clean_url(self):
        return self.cleaned_data["url"] or self.fields["url"].clean(getattr(self, "link", ""))

    def carry_out(self, **who):
        number = self.add_prefix("seen")
        seen = self.cleaned_data["seen"] if number in self.data else None
        try:
            self.row.refer(self.cleaned_data["reference"], self.cleaned_data["url"], seen=seen, **who)
        except StepRefused:
            self.data = self.data.copy()
            self.data[number] = self.row.lapor_reference
            raise


class RejectForm(DeedForm):
    word, verb, label, done = "tolak", "reject", _("Tolak"), _("Ditolak")
    button = _("Kirim penolakan")
    explanation = _("Alasan tampil untuk umum dan dikirim kepada pengirim.")

    note = NoteField(label=_("alasan penolakan"))


class HideForm(DeedForm):
    word, verb, label, done = "sembunyikan", "hide", _("Sembunyikan dari umum"), _("Disembunyikan")
    button = _("Sembunyikan")
    explanation = _("Penanganan tetap berjalan. Pengirim diberi tahu alasannya.")

    note = NoteField(label=_("alasan"))

    @classmethod
    def is_open(cls, row):
        return row.is_public

    @property
    def is_decision(self):
        return False


class ShowAgainForm(DeedForm):
    word, verb, label, done = "tampilkan", "show_again", _("Tampilkan lagi"), _("Ditampilkan lagi")

    @classmethod
    def is_open(cls, row):
        return row.is_hidden


DEEDS = [
    *[ReleaseForm, AcceptForm, StartForm, AssignForm, AnswerForm, CloseForm, AskForm, WriteAgainForm, TakeBackForm],
    *[MergeAtOfficeForm, MoveForm, EscalateForm, ReferForm, RejectForm, HideForm, ShowAgainForm],
]
