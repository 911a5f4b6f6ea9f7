"""The field by which a reader chooses what news or KIM are about, by its slug."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Sector


class SectorField(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": _("Bidang ini tidak kami kenal. Pilih salah satu dari daftar.")}

    def __init__(self, **kwargs):
        usual = {"label": _("Bidang"), "required": False, "empty_label": _("Semua bidang")}
        super().__init__(Sector.objects.all(), to_field_name="slug", **usual | kwargs)
