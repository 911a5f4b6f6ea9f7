"""What an OPD does with the matter it was handed."""

from django.utils.translation import gettext_lazy as _

from accounts.fields import NoteField
from aspirations.forms.deeds import AnswerForm, AskForm, DeedForm, StartForm


class HandBackForm(DeedForm):
    word, verb, label, done = "kembalikan", "hand_back", _("Kembalikan ke Diskominfo"), _("Dikembalikan")
    button = _("Kembalikan")
    explanation = _("Untuk usulan yang bukan urusan OPD Anda. Alasan tampil untuk umum, dan tautan Anda berakhir.")

    note = NoteField(label=_("alasan"))


DEEDS = [StartForm, AnswerForm, AskForm, HandBackForm]
# After these the OPD has it no longer.
LAST = {"jawab", "kembalikan"}
