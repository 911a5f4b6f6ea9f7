"""What the queues of the desk have in common: who reads a thing, notes for colleagues, ready reasons, and decisions
that may be taken back for half a minute.

`decide` is what a queue calls instead of its verb.
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.decisions import StepRefused, rehearse
from accounts.fields import NoteField
from accounts.models import DeskNote, PendingDecision, Reading, ReasonTemplate
from accounts.typed import is_key

# What buttons of a queue do beside deciding.
NOTE, TAKE_OVER, TEMPLATE = "keep_note", "take_over", "use_template"
BESIDES = (NOTE, TAKE_OVER, TEMPLATE)
NOTES_SHOWN = 20
DECIDED_JUST_NOW = _("Ini baru saja diputuskan. Keputusannya berlaku sebentar lagi.")


class PrivateNoteForm(forms.Form):
    """What officers tell each other; a base of forms of decisions."""

    private_note = NoteField(
        label=_("catatan intern"),
        help_text=_("Hanya dibaca petugas wilayah ini, tidak pernah oleh KIM atau warga."),
        required=False,
        rows=2,
    )


def look_at(request, row, place, deeds=()):
    """What a page shows of a thing beside it: from now on its officer reads it, unless a colleague does."""
    reading = Reading.objects.begin(row, by=request.user)
    return {
        "read_by": None if reading.by_id == request.user.pk else reading,
        "templates": ReasonTemplate.objects.of(place, deeds) if deeds else [],
    }


def tell_if_decided(request, row):
    """Say of a thing that somebody asked for, that it was decided on just now, by whom, and when that holds."""
    decision = PendingDecision.objects.pending().about(row).select_related("by").first()
    if decision:
        facts = {"name": decision.by.name or decision.by.email, "title": decision.title}
        facts |= {"when": decision.when_it_holds, "deed": decision.done}
        messages.info(request, _("%(name)s baru memutuskan: %(deed)s, %(title)s. %(when)s") % facts)


def notes_about(row):
    return DeskNote.objects.about(row).select_related("by")[:NOTES_SHOWN]


def keep_note(row, place, text, *, by):
    if text:
        DeskNote.objects.create(table=row._meta.label_lower, object_id=row.pk, region=place, text=text, by=by)


def template_text(request, place, deeds):
    """The words of the ready reason that was chosen."""
    key = request.POST.get("template", "")
    chosen = ReasonTemplate.objects.of(place, deeds).filter(pk=key).first() if is_key(key) else None
    return chosen.text if chosen else ""


def decide(deed, row, kind, *, by, at_once=False, **about):
    """Call the verb at once, or keep the decision while it may be taken back; StepRefused says why neither.

    `about` is what `PendingDecision.objects.decide` keeps. Whether the decision waits; what takes something from
    everyone's eyes does not.
    """
    if settings.UNDO_SECONDS and PendingDecision.objects.pending().about(row).exists():
        raise StepRefused(DECIDED_JUST_NOW)
    if at_once or not settings.UNDO_SECONDS:
        deed()
        Reading.objects.about(row).delete()
        return False
    rehearse(deed)
    _decision, is_new = PendingDecision.objects.decide(row, kind, by=by, **about)
    if not is_new:
        raise StepRefused(DECIDED_JUST_NOW)
    return True


@require_POST
def undo(request, pk):
    """Take one's own decision back; what is done already stays, and the page says so."""
    decision = get_object_or_404(PendingDecision, pk=pk, by=request.user)
    if decision.undo(by=request.user):
        messages.success(request, _("Dibatalkan, tidak ada yang terkirim: %(title)s") % {"title": decision.title})
    elif decision.status == PendingDecision.Status.UNDONE:
        messages.info(request, _("Keputusan ini sudah dibatalkan."))
    elif decision.status == PendingDecision.Status.REFUSED:
        messages.error(request, _("Keputusan ini tidak jadi. Alasannya ada di pemberitahuan Anda."))
    else:
        messages.error(request, _("Waktu membatalkan sudah lewat. Keputusan ini sudah berlaku dan terkirim."))
    return redirect(decision.path)
