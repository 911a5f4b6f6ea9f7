"""What other systems may be told of government information."""

from django.utils.translation import gettext_lazy as _

from accounts.models.dispatches import whole
from accounts.webhook_events import WebhookEvent, subject
from bulletins.models import Bulletin


def shown(pk):
    row = Bulletin.objects.public().select_related("issuer").filter(pk=pk).first()
    return row and subject(row.pk, row.issuer, url=whole(row.get_absolute_url()), title=str(row.announced_title))


WebhookEvent("bulletin.published", _("informasi pemerintah terbit"), told=shown)
WebhookEvent("bulletin.recalled", _("informasi pemerintah ditarik"), told=shown)
