"""Following: by an e-mail address that says yes itself, or with an account; stopping, by a link that needs nothing."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.channels import push
from accounts.forms import PhoneForm
from accounts.typed import is_key
from accounts.views import linked
from alerts import confirming
from alerts.digests import stopped_by
from alerts.forms import ChoiceForm, FollowForm, SettingsForm
from alerts.models import Subscriber, TooMany
from pages import limits
from pages.reading import require_safe


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """What a page leads here with, `?wilayah=64.02&q=posyandu`, stands as a sentence; without it one chooses here."""
    is_sent = request.method == "POST"
    asked = request.POST if is_sent else request.GET
    choice = ChoiceForm(asked if is_sent or asked.keys() & ChoiceForm.base_fields.keys() else None)
    form = FollowForm(request.POST if is_sent else None, user=request.user)
    if is_sent and all([form.is_valid(), choice.is_valid()]):
        if not limits.in_time(request, form):
            return limits.asked_to_wait(follow_page(request, choice, form))
        if path := begin(request, choice, form):
            return redirect(path)
    page = follow_page(request, choice, form)
    if choice.is_of_nothing and not is_sent:
        page.status_code = HTTPStatus.NOT_FOUND
    return page


def follow_page(request, choice, form):
    is_chosen = choice.is_valid() and choice.is_narrowed
    context = {"choice": choice, "form": form, "chosen": choice.subscription if is_chosen else None}
    context["push_key"] = push.key_for_browsers()
    return render(request, "alerts/follow.html", context)


def begin(request, choice, form):
    """Follow at once who is signed in, otherwise by a letter: where it goes on, or None. A machine is told the same."""
    if not form.is_of_a_machine and request.user.is_authenticated:
        return follow_at_once(request, choice, form)
    if not form.is_of_a_machine:
        confirming.ask(request, form.cleaned_data["email"], choice.choice, form.cleaned_data["frequency"])
    return reverse("alerts:asked")


def follow_at_once(request, choice, form):
    subscriber = Subscriber.objects.of_user(request.user)
    try:
        followed = subscriber.follow(choice.choice, confirmed=True)
    except TooMany as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Anda mengikuti %(what)s.") % {"what": followed.label})
    return subscriber.manage_path


@login_not_required
@never_cache
@require_POST
def phone(request):
    """A browser says where it is reached, and what is to come there; no account and no e-mail address is needed."""
    choice = ChoiceForm(request.POST)

    def begin(endpoint):
        subscriber = Subscriber.objects.of_phone(endpoint)
        subscriber.follow(choice.choice, confirmed=True)
        return reverse("alerts:own") if subscriber.user_id else subscriber.manage_path

    try:
        return (
            linked(request, PhoneForm(request.POST), begin)
            if choice.is_valid()
            else refused(_("Pilih dahulu apa yang Anda ikuti."))
        )
    except TooMany as refusal:
        return refused(str(refusal))


def refused(sentence):
    return JsonResponse({"sentence": sentence}, status=HTTPStatus.BAD_REQUEST)


@require_safe
@login_not_required
@never_cache
def asked(request):
    return render(request, "alerts/asked.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The link of the letter. It asks first: programs that look into letters open every link."""
    asked = confirming.asked_for(token)
    if asked is None:
        return render(request, "alerts/expired.html", status=404)
    subscription = asked.subscription
    if request.method == "POST":
        try:
            asked.confirm()
        except TooMany as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Anda mengikuti %(what)s.") % {"what": subscription.label})
        return redirect(subscription.subscriber.manage_path)
    return render(request, "alerts/confirm.html", {"subscription": subscription})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request, token):
    """All that one follows, by the secret link of each message."""
    subscriber = Subscriber.objects.filter(token=token).first()
    if subscriber is None:
        return render(request, "alerts/expired.html", status=404)
    return managed(request, subscriber, subscriber.manage_path)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request):
    """The same for who has an account."""
    return managed(request, Subscriber.objects.of_user(request.user), "alerts:own")


def managed(request, subscriber, here):
    form = SettingsForm(request.POST if "frequency" in request.POST else None, subscriber=subscriber)
    if request.method == "POST":
        if stop_some(request, subscriber):
            return redirect(here if subscriber.user_id or subscriber.subscriptions.exists() else "alerts:stopped")
        if form.is_valid():
            form.save()
            messages.success(request, _("Pengaturan disimpan."))
            return redirect(here)
    context = {
        "subscriber": subscriber,
        "followed": subscriber.subscriptions.confirmed().for_list(),
        "form": form,
    }
    return render(request, "alerts/manage.html", context)


def stop_some(request, subscriber):
    """Whether a button asked to stop one thing, or everything."""
    which = request.POST.get("berhenti", "")
    if which != "semua" and not is_key(which):
        return False
    subscriber.stop(None if which == "semua" else int(which))
    messages.success(request, _("Anda tidak mengikutinya lagi."))
    return True


@require_safe
@login_not_required
@never_cache
def stopped(request):
    return render(request, "alerts/stop.html", {"stopped": True})


# Mail programs send the POST by themselves, without a form of ours (RFC 8058); the signed URL is the proof.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    pk = stopped_by(token)
    if pk is None:
        raise Http404
    if request.method == "POST":
        for subscriber in Subscriber.objects.filter(pk=pk):
            subscriber.stop()
    return render(request, "alerts/stop.html", {"stopped": request.method == "POST"})
