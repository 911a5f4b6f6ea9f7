"""Objections of KIM, and their answers."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm
from accounts.fields import NoteField
from evaluations.admin.bases import EvaluationAdmin
from evaluations.models import Objection
from evaluations.models.objections import MOST_TEXT
from regions.atlas import FROM_ATLAS

VERDICTS = [("granted", _("diterima: data diperbaiki, lalu nilai dihitung lagi")), ("denied", _("tidak diterima"))]


class AnswerForm(DeedForm):
    title, button, verb = _("Jawab sanggahan"), _("Jawab"), "answer"
    done = _("Sanggahan %(name)s dijawab.")
    explanation = _("Pengurus KIM membaca jawaban ini. Bila diterima, perbaiki datanya lalu hitung nilai sekali lagi.")
    verdict = forms.ChoiceField(
        label=_("keputusan"), choices=VERDICTS, widget=forms.RadioSelect,
        error_messages={"required": _("Pilih keputusannya.")},
    )  # fmt: skip
    reply = NoteField(label=_("jawaban"), rows=4, max_length=MOST_TEXT)

    @property
    def facts(self):
        return [(_("Sanggahan"), self.row.text), (_("Indikator"), self.row.indicator)]

    def arguments(self):
        return {"reply": self.cleaned_data["reply"], "is_granted": self.cleaned_data["verdict"] == "granted"}


DEEDS = {"jawab": AnswerForm}


@admin.register(Objection)
class ObjectionAdmin(EvaluationAdmin):
    is_record = True
    scope = "community__seat"
    deeds = DEEDS
    list_display = ["community", "cycle", "indicator", "status", "created_at"]
    list_filter = ["status"]
    more_lookups = ["cycle"]
    list_select_related = ["community", "cycle__region", "indicator"]
    search_fields = ["community__name"]
    fields = [
        *["community", "cycle", "indicator", "text", "by", "created_at"],
        *["status", "reply", "answered_by", "answered_at"],
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).fetch_mode(FROM_ATLAS)
