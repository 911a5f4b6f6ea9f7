"""What is typed of a decree, by a chair who registers a KIM and by an officer who inaugurates one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, PastDayField, SeenCharField
from accounts.typed import name_in_letters, plain_name
from communities.models import Decree
from communities.paper_fields import PaperField


class DecreeFields(forms.Form):
    number = SeenCharField(label=_("nomor SK"), max_length=120, validators=[plain_name])
    issued_on = PastDayField(label=_("tanggal SK"))
    issuer = forms.ChoiceField(label=_("ditetapkan oleh"), choices=[("", _("Pilih …")), *Decree.Issuer.choices])
    issuer_name = SeenCharField(
        label=_("nama kantor penerbit"),
        help_text=_("Misalnya Pemerintah Desa Jembayan. Boleh dikosongkan."),
        required=False,
        max_length=150,
        validators=[name_in_letters],
    )
    starts_on = DayField(label=_("berlaku sejak"), required=False, help_text=_("Kosongkan bila sejak tanggal SK."))
    ends_on = DayField(
        label=_("berlaku sampai"), required=False, help_text=_("Kosongkan bila SK tidak menyebut masa berlaku.")
    )
    file = PaperField(label=_("berkas SK"), required=False)
