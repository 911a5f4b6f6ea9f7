"""What a writer takes back: a post that waits, one that is out, drafts; and how what was refused is begun anew."""

import uuid

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.fields import NoteField
from activities import writing
from activities.models import OPEN, Post
from activities.views.writing_page import url_of
from communities.models import StepRefused
from pages import limits

CONFLICT = 409
MOST_AT_ONCE = 200


class TakeDownForm(forms.Form):
    note = NoteField(
        label=gettext_lazy("alasan"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Boleh kosong. Dibaca pengurus KIM dan petugas, tidak tampil di portal."),
    )


@require_POST
def withdraw(request, pk):
    """A post that waits is its writer's draft again."""
    post = get_object_or_404(Post.objects.written_by(request.user), pk=pk, author=request.user)
    if post.status in OPEN:  # a second click finds it done
        return redirect(url_of(post))
    try:
        post.withdraw(by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(post.own_path)
    messages.success(request, _("Tulisan ditarik dan kembali menjadi draf Anda."))
    return redirect(url_of(post))


@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request, pk):
    """Asks once, since what is taken down stays down."""
    own = Post.objects.written_by(request.user).select_related("community", "place", "author")
    post = get_object_or_404(own, pk=pk)
    if post.status != Post.Status.PUBLISHED:
        return redirect(post.own_path)
    form, status = TakeDownForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            post.take_down(by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, _("Kegiatan tidak tampil lagi di portal."))
            return redirect(post.own_path)
    return render(request, "activities/take_down.html", {"post": post, "form": form}, status=status)


@limits.limited_sending("draft")
@require_POST
def copy(request, pk):
    """A new draft of what was refused or taken down; pressed twice, it is one."""
    post = get_object_or_404(Post.objects.written_by(request.user).select_related("community"), pk=pk)
    if post.status not in Post.MAY_BE_COPIED or not post.community.may_publish:
        messages.error(request, _("Tulisan ini tidak dapat disalin sekarang."))
        return redirect(post.own_path)
    try:
        draft = writing.copied(post, request.user, uuid.uuid5(post.client_uuid, request.POST.get("salinan", "")))
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(post.own_path)
    messages.success(request, _("Ini salinannya, sebagai draf baru. Perbaiki, lalu kirim."))
    return redirect(url_of(draft) if draft.status in OPEN else draft.own_path)


@require_POST
def discard(request, uuid):
    post = get_object_or_404(Post, client_uuid=uuid, author=request.user)
    if writing.discard(post, by=request.user):
        messages.success(request, _("Draf dibuang."))
    else:
        messages.error(request, _("Hanya tulisan yang belum terbit dan tidak sedang diperiksa yang dapat dibuang."))
    return redirect("activities:own_posts")


@require_POST
def discard_many(request):
    """Asks once, since nothing brings them back."""
    chosen = [pk for pk in request.POST.getlist("post")[:MOST_AT_ONCE] if pk.isdecimal() and len(pk) < 19]
    drafts = Post.objects.filter(Q(pk__in=chosen), author=request.user, status__in=OPEN).order_by("-updated_at", "-pk")
    if not drafts:
        messages.error(request, _("Pilih dahulu draf yang hendak dibuang."))
        return redirect("activities:own_posts")
    if "sure" not in request.POST:
        return render(request, "activities/discard_many.html", {"drafts": drafts})
    number = sum(writing.discard(draft, by=request.user) for draft in drafts)
    sentence = ngettext("%(number)s draf dibuang.", "%(number)s draf dibuang.", number) % {"number": number}
    messages.success(request, sentence)
    return redirect("activities:own_posts")
