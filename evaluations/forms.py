"""What a juror types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluations.models.juries import MOST_MARKS


class MarksForm(forms.Form):
    """Marks by each criterion; `marks` is `{Criterion: number}`."""

    def __init__(self, *args, criteria, given, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = {f"kriteria-{row.pk}": row for row in criteria}
        for name, row in self.criteria.items():
            self.fields[name] = forms.IntegerField(
                label=row.label, help_text=row.explanation, initial=given.get(row.pk),
                min_value=0, max_value=MOST_MARKS,
                error_messages={"required": _("Tulis angka dari 0 sampai 100.")},
            )  # fmt: skip

    @property
    def marks(self):
        return {row: self.cleaned_data[name] for name, row in self.criteria.items()}
