"""Passing a bulletin on: as a local post, by the KIM's own link, or outside the portal; each counted once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.lifecycle import StepRefused
from accounts.photo_answers import private_photo_answer
from activities import passing_on
from activities.models import OPEN, Evidence, Redissemination
from activities.passing_on_forms import PassingOnForm
from bulletins.models import Delivery
from pages import kept_forms, limits
from pages.reading import require_safe
from pages.sharing import whatsapp
from regions.clocks import today


def delivery_or_404(request, pk):
    """What came to a KIM of this person."""
    return get_object_or_404(Delivery.objects.of_member(request.user).for_reading(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request, pk):
    """What this KIM did with a bulletin, and a form for what it did outside the portal; `?cara=` puts one right."""
    delivery = delivery_or_404(request, pk)
    acts = delivery.bulletin.redisseminations.filter(community=delivery.community_id)
    acts = list(acts.select_related("by", "post", "evidence").order_by("pk"))
    form = PassingOnForm(
        request.POST or None, request.FILES or None, delivery=delivery, initial=said_before(request, acts, delivery)
    )
    is_fine = form.is_valid() and limits.in_time(request, form, "photo")
    if is_fine and form.record(by=request.user, written_at=kept_forms.filled_in_at(request)):
        return recorded(request, pk)
    if kept_forms.is_kept(request):
        return kept_forms.refused(form)
    context = {
        "delivery": delivery,
        "bulletin": delivery.bulletin,
        "place": delivery.place,
        "acts": acts,
        "form": form,
        "whatsapp": whatsapp(delivery.text_to_share) if "bagikan" in request.GET else "",
        "picture": getattr(delivery.bulletin, "picture", None),
        "lost_photo": bool(request.FILES and form.errors),
    }
    return render(request, "activities/pass_on.html", context)


def recorded(request, pk):
    messages.success(request, _("Tercatat. Terima kasih sudah menyebarkan."))
    path = f"{reverse('activities:pass_on', args=[pk])}#catatan"
    return kept_forms.sent(path) if kept_forms.is_kept(request) else redirect(path)


@require_safe
@login_not_required
def shell(request):
    """The form when there is no line: the same for everyone, its phone knows which bulletins it has opened."""
    return render(request, "activities/pass_on_shell.html", {"form": PassingOnForm(delivery=None)})


def said_before(request, acts, delivery):
    """What the form begins with: the act of the chosen channel, or today."""
    for act in acts:
        if act.channel == request.GET.get("cara") and act.is_claim and not act.is_verified:
            return {name: getattr(act, name) for name in ("channel", "people", "happened_on", "note")}
    return {"happened_on": today(delivery.place)}


@limits.limited_sending("draft")
@require_POST
def carry_on(request, pk):
    """To the draft that carries it on, made now or before."""
    delivery = delivery_or_404(request, pk)
    try:
        post = passing_on.carry_on(delivery, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(delivery.bulletin.room_path)
    return redirect("activities:write_post", uuid=post.client_uuid) if post.status in OPEN else redirect(post.own_path)


@limits.limited_sending()
@require_POST
def share(request, pk):
    """The KIM shares its own link; without a script the next page opens WhatsApp."""
    delivery = delivery_or_404(request, pk)
    if not delivery.bulletin.is_in_force:
        messages.error(request, _("Informasi ini tidak berlaku lagi, jadi tidak dapat disebarkan."))
        return redirect(delivery.bulletin.room_path)
    Redissemination.objects.share(delivery, by=request.user)
    if kept_forms.wants_json(request):
        return HttpResponse(status=204)
    return redirect(f"{reverse('activities:pass_on', args=[pk])}?bagikan=1")


@require_safe
def evidence(request, uuid, name):
    """A copy of the photo for the people of its KIM and the officers above it; nobody keeps it."""
    return private_photo_answer(get_object_or_404(Evidence.objects.readable_by(request.user), uuid=uuid), name)
