"""What other systems may be told of what residents propose."""

from django.utils.translation import gettext_lazy as _

from accounts.models.dispatches import whole
from accounts.webhook_events import WebhookEvent, subject
from aspirations.models import Aspiration


def shown(pk):
    row = Aspiration.objects.public().select_related("place").filter(pk=pk).first()
    return row and subject(row.code, row.place, url=whole(row.get_absolute_url()), title=row.title)


def gone(pk):
    row = Aspiration.objects.select_related("place").filter(pk=pk).first()
    return subject(row.code, row.place) if row and not row.is_public else None


WebhookEvent("aspiration.answered", _("usulan dijawab"), told=shown)
WebhookEvent("aspiration.step", _("langkah usulan yang tampil untuk umum"), told=shown)
WebhookEvent("aspiration.withdrawn", _("usulan tidak lagi tampil"), told=gone)
