"""What officers do for what residents propose."""

from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from pages.sentences import kept_in_texts

ASPIRATIONS = Duty(
    "aspirations",
    _("usulan warga"),
    when_vacant=kept_in_texts(
        _("Sejak %(name)s tidak lagi bertugas di sana, usulan warga dari wilayah itu menjadi tugas Anda.")
    ),
)
