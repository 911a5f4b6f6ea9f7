"""What readers do under a post: comment, and report what should not be there."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from activities.models import Comment, FlaggedItem, Photo, Post, Reason
from activities.models.comments import CHANGE_MINUTES
from activities.reader_forms import CommentForm, FlagCodeForm, FlagForm
from communities.models import StepRefused
from pages import limits, sent_before
from pages.sent_before import SECOND_TAP


def published_or_404(pk):
    return get_object_or_404(Post.objects.published().for_page(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request, pk):
    post = published_or_404(pk)
    form = CommentForm(request.POST or None, author=request.user)
    context = {"post": post, "form": form, "change_minutes": CHANGE_MINUTES}
    if form.is_bound and not post.takes_comments:
        form.add_error(None, _("Kegiatan ini tidak menerima komentar lagi. Salin tulisan Anda bila masih perlu."))
        return render(request, "activities/comment_form.html", context, status=HTTPStatus.CONFLICT)
    if request.method == "POST" and form.is_valid():
        if not limits.in_time(request, form):
            return limits.asked_to_wait(render(request, "activities/comment_form.html", context))
        said = Comment.objects.say(post=post, author=request.user, text=form.cleaned_data["text"])
        return redirect(f"{post.get_absolute_url()}#komentar-{said.pk}")
    return render(request, "activities/comment_form.html", context)


@require_POST
def comments_open(request, pk):
    """Its author and its chair say whether readers may write below it."""
    post = get_object_or_404(Post.objects.written_by(request.user).published(), pk=pk)
    post.open_comments("wanted" in request.POST)
    messages.success(request, _("Tersimpan."))
    return redirect(post.own_path)


@require_POST
def comment_hide(request, pk):
    """For the chair and the officer of the place; anyone else learns that they may not."""
    found = get_object_or_404(Comment.objects.select_related("post__place", "post__community"), pk=pk)
    if not found.decided_by(request.user):
        raise PermissionDenied
    reason = request.POST.get("reason")
    if "show" in request.POST:
        show_again(request, found)
    elif reason in Reason.values:
        found.hide(by=request.user, reason=reason)
        messages.success(request, _("Komentar disembunyikan."))
    else:
        messages.error(request, _("Pilih alasannya."))
    return redirect("activities:comments", pk=found.post_id)


def show_again(request, found):
    try:
        found.show_again(by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Komentar ditampilkan lagi."))


@require_http_methods(["GET", "HEAD"])
def comments(request, pk):
    """All comments of a post, the hidden ones too, for who may hide them."""
    post = published_or_404(pk)
    probe = Comment(post=post)
    if not probe.decided_by(request.user):
        raise PermissionDenied
    context = {"post": post, "comments": post.comments.select_related("author")[:500], "reasons": Reason.choices}
    return render(request, "activities/comments.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag_post(request, pk):
    return flag(request, published_or_404(pk))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag_photo(request, uuid):
    photo = get_object_or_404(Photo.objects.shown(), uuid=uuid)
    return flag(request, published_or_404(photo.post_id), photo=photo)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag_comment(request, pk):
    found = get_object_or_404(Comment.objects.shown(), pk=pk)
    return flag(request, published_or_404(found.post_id), comment=found)


def flag(request, post, *, photo=None, comment=None):
    form = FlagForm(request.POST or None)
    context = {"form": form, "post": post, "photo": photo, "comment": comment}
    if request.method == "POST" and form.is_valid():
        if not limits.in_time(request, form):
            return limits.asked_to_wait(render(request, "activities/flag_form.html", context))
        return redirect_to_result(request, reported(request, form, post, photo=photo, comment=comment), form)
    return render(request, "activities/flag_form.html", context)


def reported(request, form, post, **part):
    user = request.user if request.user.is_authenticated else None
    earlier = sent_before.keys(request)
    return FlaggedItem.objects.flag(post, user=user, earlier=earlier, **part, **form.cleaned_data)


def redirect_to_result(request, made, form):
    """With its code; what was reported before says so, and whether what was typed now is kept."""
    path = reverse("activities:flag_result", args=[made.code])
    if not made.says(**form.said):
        path += "?sudah=lain"
    elif timezone.now() - made.at > SECOND_TAP:
        path += "?sudah=terkirim"
    answer = redirect(path)
    key = form.cleaned_data["key"]
    return sent_before.remembered(request, answer, key) if key else answer


@limits.limited_sending()
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag_result(request, code=""):
    """What became of a report, for who has its code."""
    form = FlagCodeForm({"code": request.POST.get("code", code)} if code or request.method == "POST" else None)
    found = form.flag if form.is_bound and form.is_valid() else None
    context = {"form": form, "flag": found, "again": request.GET.get("sudah")}
    return render(request, "activities/flag_result.html", context)
