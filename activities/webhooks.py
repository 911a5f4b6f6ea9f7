"""What other systems may be told of posts."""

from django.utils.translation import gettext_lazy as _

from accounts.models.dispatches import whole
from accounts.webhook_events import WebhookEvent, subject
from activities.models import Post


def shown(pk):
    post = Post.objects.published().select_related("place").filter(pk=pk).first()
    return post and subject(post.pk, post.place, url=whole(post.get_absolute_url()), title=str(post.announced_title))


def gone(pk):
    post = Post.objects.exclude(status=Post.Status.PUBLISHED).select_related("place").filter(pk=pk).first()
    return post and subject(post.pk, post.place)


WebhookEvent("post.published", _("kegiatan terbit"), told=shown)
WebhookEvent("post.corrected", _("kegiatan diubah, diluruskan, atau ditandai ditarik"), told=shown)
WebhookEvent("post.withdrawn", _("kegiatan tidak lagi tampil"), told=gone)
