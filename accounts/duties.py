"""What officers are appointed to do: every app has its own duties in a module of this name."""

from django.utils.translation import gettext_lazy as _

from accounts.declared import Declared


class Duty(Declared):
    """A duty of officers, of at most 20 letters.

    `when_vacant` is what those above read when nobody in a region has it any more; without it they are not told.
    """

    def __new__(cls, word, label, *, when_vacant=""):
        return super().__new__(cls, word, label, when_vacant=when_vacant)


# The word stands in letters of appointment.
WEBHOOKS = Duty("webhooks", _("sambungan sistem lain"))
