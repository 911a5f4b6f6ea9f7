"""What officers do for posts."""

from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty

MODERATION = Duty("moderation", _("moderasi kegiatan"))
