"""What a member wrote: all of it, each as it will look with what became of it, with what its writer may do."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from activities import writing
from activities.models import EDITABLE, OPEN, Post
from activities.views import sent
from activities.views.writing_page import own_url
from pages.markup import render_markup
from pages.reading import require_safe

MOST_LISTED = 50
STATUS = Post.Status
PARTS = [
    (_("Perlu perbaikan"), [STATUS.RETURNED]),
    (_("Draf"), [STATUS.DRAFT]),
    (_("Menunggu diperiksa"), [STATUS.SUBMITTED, STATUS.CHAIR_REVIEW, STATUS.IN_REVIEW]),
    (_("Terjadwal"), [STATUS.SCHEDULED]),
    (_("Terbit"), [STATUS.PUBLISHED]),
    (_("Tidak tampil"), [STATUS.REJECTED, STATUS.HIDDEN, STATUS.TAKEN_DOWN, STATUS.ARCHIVED]),
]


@dataclass(frozen=True)
class Part:
    """The posts of a person in some statuses, under one title."""

    title: str
    statuses: list
    posts: QuerySet

    @property
    def has_states(self):
        """Whether the title does not say the status of each."""
        return len(self.statuses) > 1

    @property
    def is_of_drafts(self):
        return self.statuses == [STATUS.DRAFT]


@require_safe
def own_posts(request):
    """All that this person wrote, and what was sent to them as chair; what waits for somebody first."""
    posts = (
        Post.objects.of_kim_people(request.user)
        .select_related("author", "community", "place")
        .prefetch_related("reviews")
    )
    posts = posts.defer("body", "search").order_by("-updated_at", "-pk")
    posts = posts.with_reads()
    parts = [Part(title, statuses, posts.filter(status__in=statuses)[:MOST_LISTED]) for title, statuses in PARTS]
    writable = Post.objects.written_by(request.user).filter(status__in=OPEN).values_list("pk", flat=True)
    context = {"parts": [part for part in parts if part.posts], "writable": set(writable)}
    return render(request, "activities/own_posts.html", context)


@require_safe
def own_post(request, pk):
    """A post as it will look, with what became of it, for who may read it."""
    readable = Post.objects.readable_by(request.user).select_related(*writing.SHOWN, "lead_photo")
    post = get_object_or_404(readable, pk=pk)
    if sent.is_to_be_said(request):
        return sent.said(request, post, request.GET[sent.NAME])
    prefetch_related_objects([post], "steps")
    reviews = post.reviews.select_related("by", "appeal", "photo", "revision")[:20]
    is_own = Post.objects.written_by(request.user).filter(pk=post.pk).exists()
    is_author = post.author == request.user
    context = {
        "post": post,
        "body_html": render_markup(post.body),
        "photos": [(photo, own_url(photo, "640.webp")) for photo in post.standing_photos],
        "duties": [Post.Duty(duty).label for duty in post.duties if duty in Post.Duty],
        "reads": reads_of(post) if post.is_published else None,
        "steps": post.journey,
        "reviews": [review for review in reviews if not review.is_over],
        "waiting": post.revisions.filter(status="waiting").first(),
        "taken_up": post.is_published and post.adaptations.adaptations().exists(),
        "has_versions": post.revisions.exists(),
        "is_own": is_own,
        "may_write": is_own and post.status in EDITABLE,
        "may_discard": is_author and post.status in OPEN,
        "may_withdraw": is_own and is_author and post.status in Post.open_to("withdraw"),
        "may_take_down": is_own and post.is_published,
        "may_copy": is_own and post.status in Post.MAY_BE_COPIED and post.community.may_publish,
        "copy_key": uuid.uuid4(),
        "may_decide": is_own and Post.objects.waits_for(request.user).filter(pk=post.pk).exists(),
    }
    return render(request, "activities/own_post.html", context)


def reads_of(post):
    """How often it was read: in a week, and in all."""
    own = Post.objects.filter(pk=post.pk)
    return {
        "week": own.with_reads(days=7).values_list("reads", flat=True).get(),
        "all": own.with_reads().values_list("reads", flat=True).get(),
    }
