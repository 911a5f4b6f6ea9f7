"""Duties that letters of appointment name and no app carries out yet: each moves to its app with that app."""

from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty

BULLETINS = Duty("bulletins", _("informasi pemerintah"))
