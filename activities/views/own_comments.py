"""One's own comments: read again, said in other words within the hour, taken back at any time."""

from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.typed import is_key
from activities.models import Comment
from activities.reader_forms import CommentForm
from communities.models import StepRefused
from pages import limits
from pages.reading import require_safe

SHOWN = 30


@require_safe
def own_comments(request):
    """The newest first; `?sebelum=<id>` those before."""
    comments = Comment.objects.said_by(request.user).order_by("-pk")
    before = request.GET.get("sebelum", "")
    if is_key(before):
        comments = comments.filter(pk__lt=int(before))
    shown = list(comments[: SHOWN + 1])
    older = shown[SHOWN - 1].pk if len(shown) > SHOWN else None
    return render(request, "activities/own_comments.html", {"comments": shown[:SHOWN], "older": older})


@require_http_methods(["GET", "HEAD", "POST"])
def own_comment(request, pk):
    found = get_object_or_404(Comment.objects.said_by(request.user).filter(taken_back_at=None), pk=pk)
    form = CommentForm(request.POST or None, author=request.user, initial={"text": found.text})
    context = {"comment": found, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "activities/own_comment.html", context)
    if not limits.in_time(request, form):
        return limits.asked_to_wait(render(request, "activities/own_comment.html", context))
    try:
        found.change(form.cleaned_data["text"], by=request.user)
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "activities/own_comment.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Komentar Anda diubah."))
    return redirect("activities:own_comments")


@require_POST
def comment_take_back(request, pk):
    get_object_or_404(Comment.objects.said_by(request.user), pk=pk).take_back(by=request.user)
    messages.success(request, _("Komentar Anda ditarik dan tidak tampil lagi."))
    return redirect("activities:own_comments")
