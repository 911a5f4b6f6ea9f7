"""Carrying a bulletin on: the draft of a local post that says the short version, once for each writer."""

import uuid

from django.utils.translation import gettext as _

from accounts.lifecycle import StepRefused
from activities import writing
from activities.models import Post
from activities.summaries import opening

NAMESPACE = uuid.UUID("5f1f6f2e-6a0f-4d0e-9f57-2f6c8c0b6d11")


def carry_on(delivery, *, by):
    """The draft by which this person's KIM carries a bulletin on; asked for twice it is the same."""
    bulletin, community = delivery.bulletin, delivery.community
    if not bulletin.is_in_force:
        raise StepRefused(_("Informasi ini tidak berlaku lagi, jadi tidak dapat disebarkan."))
    if not community.may_publish:
        raise StepRefused(_("KIM ini belum dapat menerbitkan kegiatan."))
    name = uuid.uuid5(NAMESPACE, f"{delivery.pk} {by.pk}")
    known = Post.objects.filter(client_uuid=name).first()
    if known is None:
        writing.require_room(by)
    return known or writing.stored_draft(blank(delivery, by, name))


def blank(delivery, by, name):
    bulletin = delivery.bulletin
    post = writing.blank_post(delivery.community, by, name)
    post.bulletin, post.type, post.duties = bulletin, Post.Type.PENGUMUMAN, [Post.Duty.DISEMINASI]
    post.sector = bulletin.sectors.first() or post.sector
    post.title, post.body = bulletin.title, bulletin.short_text
    post.summary = opening(post.body)
    return post
