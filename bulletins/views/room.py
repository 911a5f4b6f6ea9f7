"""A KIM's side of government information: what came to it, and what it asks the office."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.lifecycle import StepRefused
from accounts.typed import only_seen
from bulletins.models import Delivery, Question
from bulletins.question_form import QuestionForm
from bulletins.views.body import body_of
from communities.models import Community
from pages import limits
from pages.paging import KeysetPage
from pages.reading import require_safe


@require_safe
def inbox(request):
    """All that came to the KIM of this person, or to the one of `?kim=`, newest first."""
    own = Community.objects.of_member(request.user).order_by("name")
    deliveries = Delivery.objects.of_member(request.user)
    chosen = own.filter(slug=only_seen(request.GET.get("kim", ""))).first()
    if chosen:
        deliveries = deliveries.filter(community=chosen)
    context = {
        "communities": own,
        "chosen": chosen,
        "page": KeysetPage(deliveries.for_inbox(), request.GET, order="-id"),
        "unread": deliveries.unopened().count(),
    }
    return render(request, "bulletins/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def read(request, pk):
    """One bulletin, for the people of a KIM that it came to; with that it is opened. A POST asks the office."""
    own = Delivery.objects.of_member(request.user).filter(bulletin=pk)
    deliveries = list(own.for_reading())
    if not deliveries:
        raise Http404
    if request.method != "HEAD":
        own.open(by=request.user)
    bulletin = deliveries[0].bulletin
    form = QuestionForm(request.POST or None, deliveries=deliveries)
    if form.is_valid() and limits.in_time(request, form, field="text") and ask(request, bulletin, form):
        return redirect(f"{bulletin.room_path}#pertanyaan")
    context = {
        **body_of(bulletin),
        "place": deliveries[0].place,
        "deliveries": deliveries,
        "waiting": bulletin.questions.waiting().filter(community__in=[one.community for one in deliveries]),
        "form": form,
    }
    return render(request, "bulletins/read.html", context)


def ask(request, bulletin, form):
    """Whether the question is asked; if not, the form says why."""
    try:
        Question.objects.ask(bulletin, form.community, by=request.user, text=form.cleaned_data["text"])
    except StepRefused as refusal:
        form.add_error("text", str(refusal))
        return False
    messages.success(request, _("Pertanyaan terkirim. Jawabannya akan sampai sebagai kabar."))
    return True
