"""What a sender does with the secret link: read what is not public, answer a question, contest, withdraw."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.photo_answers import private_photo_answer
from aspirations.forms.public import ReopenForm, ReplyForm, WithdrawForm
from aspirations.models import Aspiration, AspirationPhoto, StepRefused
from aspirations.views.pictures import pictures
from pages import limits
from pages.from_elsewhere import is_from_elsewhere
from pages.paging import KeysetPage
from pages.reading import require_safe
from pages.twice import SAME_WORDS

# Each deed, which is a verb of the model: its form, and the sentence when it is done.
DEEDS = {
    "reply": (ReplyForm, _("Balasan Anda terkirim.")),
    "withdraw": (WithdrawForm, _("Usulan Anda ditarik dan tidak tampil lagi.")),
    "reopen": (ReopenForm, _("Tanggapan Anda terkirim. Kantor memegang usulan ini lagi.")),
}


# Whoever has the link may; no token is needed beside it, and so no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def own(request, secret):
    row = Aspiration.objects.for_page().filter(secret=secret).first()
    if row is None:
        return render(request, "aspirations/no_link.html", status=404)
    if request.method != "POST" or is_from_elsewhere(request):
        return page(request, row)
    deed = request.POST.get("deed")
    if deed not in DEEDS:
        return page(request, row)
    form = DEEDS[deed][0](request.POST)
    if not form.is_valid() or not limits.in_time(request, form):
        return page(request, row, **{deed: form})
    if deed == "withdraw" and "sure" not in request.POST:
        return page(request, row, asks_again=True, withdraw=form)
    return done(request, row, deed, form)


def done(request, row, deed, form):
    by = request.user if row.sender_id and row.sender_id == request.user.pk else None
    try:
        if not SAME_WORDS.is_again(request):
            getattr(row, deed)(by=by, **form.cleaned_data)
    except StepRefused as refusal:
        SAME_WORDS.forget(request)
        form.add_error(None, str(refusal))
        row.refresh_from_db()
        return page(request, row, status=409, **{deed: form})
    return redirect(f"{row.secret_path}?sudah={deed}")


def page(request, row, *, status=200, asks_again=False, **typed):
    """The matter as its sender sees it, with a form for each deed that is open now."""
    steps = list(row.steps.for_sender())
    is_open = {
        "reply": row.may_be_replied,
        "withdraw": row.status in Aspiration.open_to("withdraw"),
        "reopen": row.may_be_contested,
    }
    forms = {
        deed: typed.get(deed) or form() for deed, (form, _words) in DEEDS.items() if is_open[deed] or deed in typed
    }
    context = {
        "row": row,
        "steps": steps,
        "pictures": pictures(row.photos.all(), lambda photo, name: own_photo_url(row, photo, name)),
        "forms": forms,
        "asks_again": asks_again,
        "done": DEEDS[request.GET["sudah"]][1] if request.GET.get("sudah") in DEEDS else "",
    }
    return render(request, "aspirations/own.html", context, status=status)


def own_photo_url(row, photo, name):
    return reverse("aspirations:sender_photo", args=[row.secret, photo.uuid, name])


@require_safe
@login_not_required
@never_cache
def own_photo(request, secret, uuid, name):
    """A photo that its sender sees, whether or not everyone does."""
    return private_photo_answer(get_object_or_404(AspirationPhoto, aspiration__secret=secret, uuid=uuid), name)


@require_safe
def own_list(request):
    """What this person sent with the account."""
    rows = Aspiration.objects.written_by(request.user).for_list()
    return render(request, "aspirations/own_list.html", {"page": KeysetPage(rows, request.GET, order="-created_at")})
