"""Marking what is published as a hoax: it stays to be read, with its correction on top. And taking the mark off."""

import re
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm, carried_out
from accounts.fields import NoteField
from activities.admin.queue_lists import LISTINGS
from activities.models import Post
from activities.models.hoaxes import mark_as_hoax, unmark_as_hoax
from activities.searching import FoundPage, TextQuery

MOST_LETTERS, MOST_OFFERED = 100, 10
# The number of a post, alone or in the URL of its page.
NUMBER = re.compile(r"^(\d{1,18})$|/kegiatan/(\d{1,18})(?:-|/|$)", re.ASCII)


class UnmarkForm(DeedForm):
    title, button = _("Cabut tanda hoaks"), _("Cabut tanda")
    done = _("Tanda hoaks dicabut: %(title)s")
    note = NoteField(label=_("catatan untuk penulis"), required=False)

    def carry_out(self):
        unmark_as_hoax(self.row, by=self.user, note=self.cleaned_data["note"])
        return self.row


class MarkForm(UnmarkForm):
    title, button = _("Tandai sebagai hoaks"), _("Tandai sebagai hoaks")
    done = _("Ditandai sebagai hoaks: %(title)s")
    clarification = forms.ModelChoiceField(
        Post.objects.published().filter(type=Post.Type.KLARIFIKASI).select_related("community"),
        error_messages={
            "required": _("Pilih klarifikasi yang meluruskannya."),
            "invalid_choice": _("Pilih klarifikasi yang sudah terbit sebagai pelurusannya."),
        },
    )

    def carry_out(self):
        mark_as_hoax(self.row, by=self.user, **self.cleaned_data)
        return self.row


def show(desk, request, pk):
    """The page of one post: which clarification sets it right, and one button."""
    post = desk.get_object(request, str(pk))
    if not post.decided_by(request.user):
        raise PermissionDenied
    kind = UnmarkForm if post.is_hoax else MarkForm
    form = kind(request.POST or None, desk=desk, request=request, row=post)
    if form.is_valid() and carried_out(form):
        messages.success(request, form.told())
        return redirect(way_back(post, request.POST))
    text = request.GET.get("cari", "")[:MOST_LETTERS].strip()
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": kind.title,
        "post": post,
        "form": form,
        "text": text,
        "offered": offered(post, text, form) if kind is MarkForm else (),
        "listing": asked_listing(request.POST or request.GET),
        "back": way_back(post, request.POST or request.GET),
    }
    status = HTTPStatus.CONFLICT if form.is_refused else HTTPStatus.OK
    return TemplateResponse(request, "admin/activities/hoax.html", context, status=status)


def asked_listing(asked):
    """The word of the list of the queue that the officer came from, or nothing."""
    return asked.get("daftar") if asked.get("daftar") in LISTINGS else ""


def way_back(post, asked):
    if word := asked_listing(asked):
        return f"{reverse('admin:activities_post_queue')}?daftar={word}"
    return post.desk_path


def offered(post, text, form):
    """Clarifications to choose from: those found by these words or this URL, else what is near."""
    rows = MarkForm.base_fields["clarification"].queryset.filter(Q(clarifies=None) | Q(clarifies=post))
    rows = rows.exclude(pk=post.pk).defer("body", "search")
    if number := NUMBER.search(text):
        return list(rows.filter(pk=number[1] or number[2]))
    if text:
        query = TextQuery(text)
        terms = [f"@{Post.Type.KLARIFIKASI}"]
        found = FoundPage(rows, query, {}, facets=terms).items if query else []
        return list(rows.filter(pk__in=[row.pk for row in found]).newest_first())
    near = {"regency": post.regency_id} if post.regency_id else {"province": post.province_id}
    linked = list(rows.filter(clarifies=post).newest_first()[:MOST_OFFERED])
    return linked + list(rows.filter(clarifies=None, **near).newest_first()[: MOST_OFFERED - len(linked)])
