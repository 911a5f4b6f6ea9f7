"""A post that is not true stays to be read, marked, with the correction on top of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import with_reason
from accounts.lifecycle import StepRefused
from accounts.models import Webhook
from activities.models.posts import Post


def mark_as_hoax(post, *, by, clarification, note=""):
    """It stays to be read, with the correction on top of it."""
    post.require_moderator(by)
    if clarification.type != Post.Type.KLARIFIKASI or not clarification.is_published or clarification.pk == post.pk:
        raise StepRefused(_("Pilih klarifikasi yang sudah terbit sebagai pelurusannya."))
    if clarification.clarifies_id not in (None, post.pk):
        raise StepRefused(_("Klarifikasi itu sudah meluruskan kegiatan lain."))
    with transaction.atomic(), with_reason(note):
        standing = Post.objects.published().filter(pk=post.pk, is_hoax=False)
        if not standing.update(is_hoax=True, reviewed_at=timezone.now(), updated_at=timezone.now()):
            raise StepRefused(_("Kegiatan ini sudah ditandai, atau tidak sedang tampil."))
        Post.objects.filter(pk=clarification.pk).update(clarifies=post)
        for item in post.flagged_items.waiting().filter(photo=None, comment=None):
            item.decide("mended", by=by, note=str(_("Petugas menandai tulisan ini sebagai hoaks.")))
        post.reviews.record(post, "hoax", by=by, reason="not_true", note=note)
        post.renew_pages()
        Webhook.objects.note("post.corrected", (post.pk, post.place))
    post.refresh_from_db()


def clear_of_hoax(post, *, by, note=""):
    """The mark was an error: it goes, the correction keeps its link."""
    with transaction.atomic(), with_reason(note):
        if not Post.objects.filter(pk=post.pk, is_hoax=True).update(is_hoax=False, updated_at=timezone.now()):
            raise StepRefused(_("Kegiatan ini tidak ditandai hoaks."))
        post.reviews.record(post, "kept", by=by, note=note)
        post.renew_pages()
        Webhook.objects.note("post.corrected", (post.pk, post.place))
    post.refresh_from_db()


def unmark_as_hoax(post, *, by, note=""):
    """The officers there know better by now."""
    post.require_moderator(by)
    with transaction.atomic():
        clear_of_hoax(post, by=by, note=note)
        post._tell([post.author], _("Tanda hoaks dicabut: %(title)s"), note)
