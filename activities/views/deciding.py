"""The KIM's side of decisions: the chair reads first, everyone sees what changed, and a refusal may be contested."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.fields import NoteField
from activities import writing
from activities.differences import differences
from activities.models import Appeal, Post, Reason, Review
from activities.views.writing_page import own_url
from communities.models import Community, StepRefused
from pages import limits
from pages.markup import render_markup
from pages.reading import require_safe
from pages.twice import SAME_WORDS

CONFLICT = 409
MOST_VERSIONS = 20


class ReadForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("alasan bila dikembalikan"),
        choices=[("", gettext_lazy("Pilih alasan …")), *Reason.choices],
        required=False,
    )
    note = NoteField(
        label=gettext_lazy("catatan untuk penulis"),
        required=False,
    )


class AppealForm(forms.Form):
    text = NoteField(
        label=gettext_lazy("mengapa keputusan ini keliru"),
        rows=5,
    )


def chaired(request):
    return Community.objects.chaired_by(request.user)


@require_safe
def to_read(request):
    """What waits for this chair, the longest wait first, and whether the chair wants to read first at all."""
    posts = (
        Post.objects.waits_for(request.user)
        .select_related("community", "author")
        .order_by("updated_at", "pk")
        .defer("body", "search")
    )
    context = {"posts": posts[:100], "communities": chaired(request).order_by("name").distinct()}
    return render(request, "activities/review_list.html", context)


@require_POST
def chair_reviews(request, slug):
    """The chair says whether posts pass by the chair first."""
    community = get_object_or_404(chaired(request).distinct(), slug=slug)
    community.let_chair_read("wanted" in request.POST)
    messages.success(request, _("Tersimpan."))
    return redirect("activities:to_read")


@require_http_methods(["GET", "HEAD", "POST"])
def read(request, pk):
    """The chair reads a member's post: on to the officer, or back with a reason."""
    own = Post.objects.of_kim_people(request.user).filter(community__in=chaired(request).values("pk"))
    post = get_object_or_404(own.exclude(author=request.user).select_related(*writing.SHOWN), pk=pk)
    form, status = ReadForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        is_again = SAME_WORDS.is_again(request)
        try:
            if request.POST.get("decision") == "approve":
                post.approve_by_chair(by=request.user)
            else:
                post.return_by_chair(by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            if is_again:
                messages.info(request, _("Sudah dicatat."))
                return redirect("activities:to_read")
            SAME_WORDS.forget(request)
            form.add_error(None, str(refusal))
            post.refresh_from_db()
        else:
            messages.success(request, _("Keputusan Anda tersimpan, dan penulisnya diberi kabar."))
            return redirect("activities:to_read")
    if request.method == "POST" and post.status != Post.Status.CHAIR_REVIEW:
        status = CONFLICT
    photos = [(photo, own_url(photo, "640.webp")) for photo in post.standing_photos]
    context = {"post": post, "form": form, "photos": photos, "body_html": render_markup(post.body)}
    return render(request, "activities/review_read.html", context, status=status)


@require_safe
def history(request, pk):
    """Every version of a post, and what each changed."""
    post = get_object_or_404(Post.objects.readable_by(request.user).select_related("community", "place"), pk=pk)
    revisions = list(post.revisions.select_related("by")[: MOST_VERSIONS + 1])
    versions, stood = [], None
    for revision in reversed(revisions):
        versions.append((revision, differences(post, stood.facts, revision.facts) if stood else None))
        stood = revision if revision.status == revision.Status.ACCEPTED else stood
    context = {"post": post, "versions": versions[::-1][:MOST_VERSIONS]}
    return render(request, "activities/revision_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request, pk):
    """Ask another officer to look at a refusal again, once."""
    reviews = Review.objects.filter(post__in=Post.objects.written_by(request.user).values("pk"))
    review = get_object_or_404(reviews.select_related("post__community", "post__place", "photo", "revision"), pk=pk)
    form, status = AppealForm(request.POST or None), 200
    if form.is_valid() and limits.in_time(request, form):
        try:
            Appeal.objects.contest(review, text=form.cleaned_data["text"], by=request.user)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, _("Keberatan Anda terkirim. Petugas lain akan memutuskannya."))
            return redirect(review.post.own_path)
    context = {"review": review, "form": form, "appeal": Appeal.objects.filter(review=review).first()}
    return render(request, "activities/review_contest.html", context, status=status)
