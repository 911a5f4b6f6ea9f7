"""What may be done with an aspiration: a form for each deed, which knows when it is open and calls the verb.

Here are those that several share: the desk, the room of a KIM, the page of an OPD.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import NoteField, SeenCharField
from aspirations.models import Aspiration, StepRefused


class DeedForm(forms.Form):
    """A deed by its `word`, of an officer, a KIM or an OPD; `done` says afterwards what was done.

    Its `label` stands above it, on its `button` what the press does; a deed without fields is its button alone.
    """

    word = verb = label = button = done = explanation = ""

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, prefix=self.word, **kwargs)
        self.row = row

    @classmethod
    def is_open(cls, row):
        return row.status in Aspiration.open_to(cls.verb)

    @property
    def is_decision(self):
        """Whether an officer may take it back for a while before it goes out to people; a note is just kept, and what
        everyone must not read any more is gone at once.
        """
        return True

    def carry_out(self, **who):
        """The verb, with what was typed; StepRefused where somebody else was quicker."""
        getattr(self.row, self.verb)(**who, **self.cleaned_data)


class StartForm(DeedForm):
    word, verb, label, done = "mulai", "start", _("Mulai dikerjakan"), _("Ditandai sedang dikerjakan")


class AnswerForm(DeedForm):
    word, verb, label, done = "jawab", "give_answer", _("Jawab"), _("Dijawab")
    button = _("Kirim jawaban")
    explanation = _("Jawaban tampil untuk umum dan dikirim kepada pengirim, yang dapat menanggapinya dalam 14 hari.")

    text = NoteField(label=_("jawaban"), rows=6, max_length=4000)
    outcome = forms.ChoiceField(label=_("hasil"))

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.fields["outcome"].choices = [("", _("Pilih hasil …")), *row.outcomes]


class AskForm(DeedForm):
    word, verb, label, done = "tanya", "ask", _("Tanya atau catat"), _("Dicatat")
    button = _("Kirim")

    text = NoteField(label=_("pertanyaan atau catatan"))
    is_public = forms.TypedChoiceField(
        label=_("untuk siapa"),
        choices=[("1", _("pertanyaan kepada pengirim, tampil untuk umum")), ("", _("catatan intern"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        initial="1",
    )

    @classmethod
    def is_open(cls, row):
        return row.status in Aspiration.WITH_OFFICE

    @property
    def is_decision(self):
        return self.cleaned_data["is_public"]


class MergeForm(DeedForm):
    word, verb, label, done = "gabung", "merge_into", _("Sama dengan usulan lain"), _("Digabung")
    button = _("Gabungkan")
    explanation = _("Pengirim dan pendukungnya diberi tahu dan ikut terhitung di usulan itu.")

    other = SeenCharField(label=_("kode usulan itu"), max_length=200, help_text=_("Misalnya ASP-2026-000123."))
    note = NoteField(label=_("catatan (boleh kosong)"), required=False)

    def clean_other(self):
        found = Aspiration.objects.public().coded(self.cleaned_data["other"]).exclude(pk=self.row.pk)[:2]
        if len(found) != 1:
            raise forms.ValidationError(_("Tidak ada usulan lain yang tampil dengan kode ini. Periksa kodenya."))
        try:
            self.row.require_original(found[0])
        except StepRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return found[0]
