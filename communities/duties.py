"""What officers do for KIM."""

from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty

VERIFICATION = Duty(
    "verification",
    _("verifikasi dan pengukuhan"),
    when_vacant=_("Sejak %(name)s tidak lagi bertugas di sana, verifikasi KIM dari wilayah itu menjadi tugas Anda."),
)
