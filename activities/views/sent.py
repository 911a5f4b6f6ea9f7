"""What became of a post, or of its change, that was just sent: said once, on the page that the answer leads to.

A script is told where that page is and goes there later, or never: the URL has a word by which the page says it.
"""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from activities.models import Post
from pages.kept_forms import wants_json

NAME = "terkirim"
POST, CHANGE = "kegiatan", "perubahan"


def answer(request, post, what):
    """The way to the post; `what` was sent, or nothing where it was there already."""
    if wants_json(request):
        return JsonResponse({"state": "sent", "next": f"{post.own_path}?{NAME}={what}" if what else post.own_path})
    return said(request, post, what)


def is_to_be_said(request):
    return request.GET.get(NAME) in (POST, CHANGE)


def said(request, post, what):
    """The page of the post, without the word."""
    if sentence := (of_change(post) if what == CHANGE else of_post(post) if what else ""):
        messages.success(request, sentence)
    return redirect(post.own_path)


def of_post(post):
    if post.is_published:
        return _("Kegiatan sudah terbit.")
    if post.status == Post.Status.SCHEDULED:
        return _("Kegiatan terjadwal dan akan terbit sendiri pada waktunya.")
    return _("Kegiatan terkirim dan menunggu diperiksa.") if post.status in Post.open_to("withdraw") else ""


def of_change(post):
    if post.revisions.filter(status="waiting").exists():
        return _("Perubahan terkirim. Tulisan yang lama tampil sampai perubahan ini diperiksa.")
    return _("Perubahan sudah tampil.") if post.is_published else ""
