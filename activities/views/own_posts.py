"""What a member wrote: all of it, each as it will look with what became of it, and drafts that are thrown away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities import writing
from activities.models import EDITABLE, OPEN, Post
from activities.views.writing_page import own_url
from pages.markup import render_markup
from pages.reading import require_safe

MOST_LISTED = 50


@require_safe
def own_posts(request):
    """All that this person wrote, and what was sent to them as chair; what waits for somebody first."""
    posts = (
        Post.objects.of_kim_people(request.user)
        .select_related("author", "community", "place")
        .prefetch_related("reviews")
    )
    posts = posts.defer("body", "search").order_by("-updated_at", "-pk")
    parts = [
        (_("Perlu perbaikan"), [Post.Status.RETURNED]),
        (_("Draf"), [Post.Status.DRAFT]),
        (_("Menunggu diperiksa"), [Post.Status.SUBMITTED, Post.Status.CHAIR_REVIEW, Post.Status.IN_REVIEW]),
        (_("Terbit"), [Post.Status.PUBLISHED]),
        (_("Tidak tampil"), [Post.Status.REJECTED, Post.Status.HIDDEN, Post.Status.ARCHIVED]),
    ]
    parts = [(title, posts.filter(status__in=statuses)[:MOST_LISTED]) for title, statuses in parts]
    writable = Post.objects.written_by(request.user).filter(status__in=OPEN).values_list("pk", flat=True)
    context = {"parts": [part for part in parts if part[1]], "writable": set(writable)}
    return render(request, "activities/own_posts.html", context)


@require_safe
def own_post(request, pk):
    """A post as it will look, with what became of it, for who may read it."""
    readable = Post.objects.readable_by(request.user).select_related(*writing.SHOWN, "lead_photo")
    post = get_object_or_404(readable, pk=pk)
    is_own = Post.objects.written_by(request.user).filter(pk=post.pk).exists()
    context = {
        "post": post,
        "body_html": render_markup(post.body),
        "photos": [(photo, own_url(photo, "640.webp")) for photo in post.photos.all()],
        "duties": [Post.Duty(duty).label for duty in post.duties if duty in Post.Duty],
        "steps": post.steps.select_related("by"),
        "reviews": post.reviews.select_related("by", "appeal", "photo", "revision")[:20],
        "waiting": post.revisions.filter(status="waiting").first(),
        "taken_up": post.is_published and post.adaptations.adaptations().exists(),
        "has_versions": post.revisions.exists(),
        "is_own": is_own,
        "may_write": is_own and post.status in EDITABLE,
        "may_discard": post.author == request.user and post.status == Post.Status.DRAFT,
        "may_decide": is_own and Post.objects.waits_for(request.user).filter(pk=post.pk).exists(),
    }
    return render(request, "activities/own_post.html", context)


@require_POST
def discard(request, uuid):
    post = get_object_or_404(Post, client_uuid=uuid, author=request.user)
    if writing.discard(post):
        messages.success(request, _("Draf dibuang."))
    else:
        messages.error(request, _("Hanya draf yang belum pernah dikirim yang dapat dibuang."))
    return redirect("activities:own_posts")
