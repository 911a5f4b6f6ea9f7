"""Two days or moments of one form, of which the last may not lie before the first."""

from django.utils.translation import gettext_lazy as _

DAYS = _("Tanggal ini lebih awal daripada tanggal mulainya.")
# The names of the first and the last, and what is said beside the last.
SPANS = {
    ("dari", "sampai"): DAYS,
    ("sejak", "sampai"): DAYS,
    ("starts_on", "ends_on"): DAYS,
    ("joined_on", "left_on"): DAYS,
    ("valid_from", "valid_until"): _("Masa berlaku berakhir sebelum dimulai."),
}


class InOrder:
    """For a form with any of these pairs, or with the last of one whose first its row has."""

    def clean(self):
        facts = super().clean()
        for (first, last), sentence in SPANS.items():
            is_asked = first in self.fields
            begins = self.cleaned_data.get(first) if is_asked else getattr(getattr(self, "instance", None), first, None)
            ends = self.cleaned_data.get(last)
            if begins and ends and ends < begins:
                self.add_error(last, sentence)
        return facts
