"""What the board of a KIM holds against its score."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import NoteField
from evaluations.models import Indicator
from evaluations.models.objections import MOST_TEXT
from pages.written_over import ShownVersion


class ObjectionForm(ShownVersion, forms.Form):
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label=_("tentang indikator"),
        required=False,
        empty_label=_("seluruh nilai"),
        error_messages={"invalid_choice": _("Pilih indikator dari daftar ini.")},
    )
    text = NoteField(
        label=_("apa yang tidak sesuai"),
        rows=6,
        max_length=MOST_TEXT,
        help_text=_("Sebut kegiatan, tanggal, atau bukti yang belum terhitung."),
        error_messages={"required": _("Tulis apa yang tidak sesuai.")},
    )

    def __init__(self, *args, score, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = score.cycle.rule_set.indicators.all()
        self.fields["indicator"].label_from_instance = lambda indicator: indicator.label
