"""What officers do to judge fairly how well their KIM did."""

from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty

EVALUATIONS = Duty("evaluations", _("evaluasi KIM"))
