"""How long the portal keeps what was written to its bots."""

from django.utils.translation import gettext_lazy as _

from accounts.retention import Kept
from activities.models import ChatUpdate

Kept("obrolan", _("yang ditulis ke bot obrolan"), days=7, least=1, most=30, rows=ChatUpdate.objects.older_than)
