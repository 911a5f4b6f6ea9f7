"""What other systems may be told of KIM."""

from django.utils.translation import gettext_lazy as _

from accounts.models.dispatches import whole
from accounts.webhook_events import WebhookEvent, subject
from communities.models import Community


def shown(pk):
    kim = Community.objects.public().select_related("seat").filter(pk=pk).first()
    return kim and subject(kim.slug, kim.seat, url=whole(kim.get_absolute_url()), title=kim.name)


WebhookEvent("kim.inaugurated", _("KIM dikukuhkan"), told=shown)
