"""What officers do for KIM."""

from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from pages.sentences import kept_in_texts

VERIFICATION = Duty(
    "verification",
    _("verifikasi dan pengukuhan"),
    when_vacant=kept_in_texts(
        _("Sejak %(name)s tidak lagi bertugas di sana, verifikasi KIM dari wilayah itu menjadi tugas Anda.")
    ),
)
