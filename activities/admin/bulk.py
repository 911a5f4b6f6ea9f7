"""Many posts decided at once with one reason: each by its own verb, each author told once."""

from collections import defaultdict

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.fields import NoteField
from activities.models import Reason
from activities.models.moderation import told_together
from communities.models import StepRefused
from pages.twice import DONE_ALREADY, SAME_PAGE

MOST_AT_ONCE = 100


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("alasan"),
        choices=[("", _("Pilih alasan …")), *Reason.choices],
        error_messages={"required": _("Pilih alasannya."), "invalid_choice": _("Pilih alasannya.")},
    )
    note = NoteField(
        label=_("catatan untuk para penulis"),
        required=False,
        rows=4,
    )


class NoteForm(forms.Form):
    note = ReasonForm.base_fields["note"]


def many(verb, title, form_class, done):
    """An action of the list: asks for the one reason, then calls the verb for each post; `done` says how many."""

    @admin.action(description=title)
    def decide_many(desk, request, posts):
        posts = list(posts.select_related("community", "author", "place").order_by("created_at")[: MOST_AT_ONCE + 1])
        if len(posts) > MOST_AT_ONCE:
            messages.error(request, _("Pilih paling banyak %(number)s kegiatan sekaligus.") % {"number": MOST_AT_ONCE})
            return None
        sent = "carry_out" in request.POST
        form = form_class(request.POST if sent else None)
        if sent and form.is_valid():
            if SAME_PAGE.is_again(request):
                messages.info(request, DONE_ALREADY)
                return None
            carry_out(request, posts, verb, form.cleaned_data, done)
            return None
        context = {
            **desk.admin_site.each_context(request),
            "opts": desk.opts,
            "title": title,
            "posts": posts,
            "form": form,
            "action": decide_many.__name__,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/activities/at_once.html", context)

    decide_many.__name__ = f"{verb}_many"
    return decide_many


def carry_out(request, posts, verb, facts, said):
    done, refused = 0, defaultdict(list)
    with told_together():
        for post in posts:
            try:
                getattr(post, verb)(by=request.user, **facts)
            except StepRefused as refusal:
                refused[str(refusal)].append(f"{post.title} ({post.get_status_display()})")
            else:
                done += 1
    for sentence, names in refused.items():
        number = _("%(number)s kegiatan tidak berubah") % {"number": len(names)}
        messages.error(request, f"{names[0] if len(names) == 1 else number}: {sentence}")
    if done:
        messages.success(request, said % {"number": done})


publish_many = many("publish", _("Terbitkan"), NoteForm, _("%(number)s kegiatan diterbitkan."))
send_back_many = many(
    "send_back", _("Kembalikan dengan satu alasan"), ReasonForm, _("%(number)s kegiatan dikembalikan.")
)
reject_many = many("reject", _("Tolak dengan satu alasan"), ReasonForm, _("%(number)s kegiatan ditolak."))
hide_many = many("hide", _("Sembunyikan dengan satu alasan"), ReasonForm, _("%(number)s kegiatan disembunyikan."))
show_again_many = many("show_again", _("Tampilkan lagi"), NoteForm, _("%(number)s kegiatan ditampilkan lagi."))
keep_many = many("keep", _("Tandai sudah diperiksa"), NoteForm, _("%(number)s kegiatan ditandai sudah diperiksa."))
