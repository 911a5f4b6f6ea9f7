"""Other photos for a published post: they wait with the revision that names them, and what is up stays up meanwhile.

A revision keeps its photos as `[{"uuid": ..., "alt": ..., "caption": ...}]`, the cover first; None where they stay as
they are.
"""

import copy
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from activities.models.photos import Photo
from activities.models.posts import Post

# So long an author may leave photos lying about for a change that is not sent yet.
ABANDONED_AFTER = timedelta(days=2)


def photos_of(post):
    """Those that stand, as a revision keeps them."""
    return [row_of(photo) for photo in post.standing_photos]


def row_of(photo):
    return {"uuid": str(photo.uuid), "alt": photo.alt, "caption": photo.caption}


def said_by(post, rows):
    """The photos of the post as a revision has them, not stored; None says those that stand."""
    if rows is None:
        return post.standing_photos
    there = {str(photo.uuid): photo for photo in post.photos.all()}
    said = [(copy.copy(there[row["uuid"]]), row) for row in rows if row["uuid"] in there]
    for photo, row in said:
        photo.alt, photo.caption = row["alt"], row["caption"]
    return [photo for photo, _row in said]


def left_out_by(post, rows):
    """What stands now and would not any more."""
    named = {row["uuid"] for row in rows or ()}
    return [] if rows is None else [photo for photo in post.standing_photos if str(photo.uuid) not in named]


def of_post_or_waiting(photos, post):
    """Of these rows those of the post as it is, and those that a change of it that waits is to bring."""
    waiting = post.revisions.filter(status="waiting").values_list("photos", flat=True)
    named = [row["uuid"] for rows in waiting for row in rows or ()]
    return photos.filter(Q(is_aside=False) | Q(uuid__in=named))


def put_up(post, rows):
    """Let these be the photos of the post; one that an officer hid stays hidden, and one left out is kept aside."""
    left_out = left_out_by(post, rows)
    said = said_by(post, rows)
    Photo.objects.filter(pk__in=[photo.pk for photo in left_out]).update(is_aside=True)
    for position, photo in enumerate(said):
        words = {"alt": photo.alt, "caption": photo.caption}
        Photo.objects.filter(pk=photo.pk).update(is_aside=False, position=position, **words)
    Post.objects.filter(pk=post.pk).update(lead_photo=said[0] if said else None, updated_at=timezone.now())


def forget_abandoned():
    """Let go of the photos that were brought for a change that nobody sent."""
    lying = Photo.objects.filter(is_aside=True, created_at__lt=timezone.now() - ABANDONED_AFTER)
    for photo in lying.filter(leads=None).select_related("post")[:200]:
        if not photo.post.revisions.filter(photos__contains=[{"uuid": str(photo.uuid)}]).exists():
            photo.let_go()
