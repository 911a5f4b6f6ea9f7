"""A person's own: the inbox, which of it also comes by e-mail, the name, a copy of all, and closing the account."""

from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts import closing, consents
from accounts.channels import push, telegram, whatsapp
from accounts.closing import obstacles_of
from accounts.decisions import StepRefused
from accounts.exporting import in_language
from accounts.forms import ClosingForm, NoticeSettingsForm, OwnNameForm, PhoneForm
from accounts.models import ChatCode, MutedKind, Session, User
from accounts.models.chat_codes import MINUTES
from accounts.own_data import archive_of
from accounts.stopping import stopped_by
from accounts.templatetags.notices import shown_number
from accounts.typed import is_key
from accounts.waiting import waiting_for
from pages import limits
from pages.reading import require_safe
from pages.row_urls import in_this_language

SHOWN = 30
CHATS = [(telegram.TELEGRAM, telegram.link_url), (whatsapp.WHATSAPP, whatsapp.link_url)]


@require_safe
def inbox(request):
    """The newest notices; `?sebelum=<id>` those before."""
    notices = request.user.notices.order_by("-pk")
    before = request.GET.get("sebelum", "")
    if is_key(before):
        notices = notices.filter(pk__lt=int(before))
    shown = list(notices[: SHOWN + 1])
    context = {
        "notices": shown[:SHOWN],
        "older": shown[SHOWN - 1].pk if len(shown) > SHOWN else None,
        "newest": shown[0].pk if shown else None,
    }
    return render(request, "accounts/inbox.html", context)


@require_safe
def notice_open(request, pk):
    """Read from now on; leads to what it is about."""
    notice = get_object_or_404(request.user.notices, pk=pk)
    request.user.notices.unread().filter(pk=pk).update(read_at=timezone.now())
    return redirect(in_this_language(notice.path) if notice.path else "inbox")


@require_safe
def waits(request):
    """How much waits in this person's room, for a script that shows it in the header."""
    number = sum(line.number for line in waiting_for(request.user))
    return JsonResponse({"number": number, "sentence": waiting_sentence(number)})


def waiting_sentence(number):
    sentence = ngettext("%(number)s hal menunggu Anda", "%(number)s hal menunggu Anda", number)
    return sentence % {"number": number}


@require_safe
def unread(request):
    """How many are new, for a page that stays open; nothing to who knows the number already (ETag)."""
    number = shown_number(request.user)
    sentence = _("%(number)s kabar belum dibaca") % {"number": number or 0}
    tag = quote_etag(f"{number}-{get_language()}")
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = JsonResponse({"number": str(number), "sentence": sentence})
    answer.headers["ETag"] = tag
    return answer


@require_POST
def notices_read(request):
    """All up to the newest that the page showed: what came since, on another device perhaps, nobody has seen."""
    unread, newest = request.user.notices.unread(), request.POST.get("sampai", "")
    if is_key(newest):
        unread = unread.filter(pk__lte=int(newest))
    unread.update(read_at=timezone.now())
    return redirect("inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request):
    form = NoticeSettingsForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Pengaturan kabar disimpan."))
        return redirect("notice_settings")
    context = {"form": form, "endpoints": request.user.endpoints.order_by("pk"), "push_key": push.key_for_browsers()}
    context["chats"] = chats_in_use()
    return render(request, "accounts/notice_settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request):
    """One's name; e-mail address, password and second factor are allauth's pages, to which this one leads."""
    # The row of the form is another than the one that the page's own header shows.
    form = OwnNameForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid() and limits.in_time(request, form):
        form.save()
        messages.success(request, _("Nama Anda disimpan."))
        return redirect("own_account")
    page = render(request, "accounts/own_account.html", {"form": form})
    return limits.asked_to_wait(page) if form.has_error("__all__", limits.TOO_OFTEN_CODE) else page


@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request):
    """Where one is signed in; the one that a button names is signed out, or without a name all but this one."""
    rows, present = Session.objects.open_of(request.user), request.session.session_key
    if request.method != "POST":
        context = {
            "present": next((row for row in rows if row.pk == present), None),
            "rows": [row for row in rows if row.pk != present],
            "linked": sorted({str(endpoint) for endpoint in request.user.endpoints.all()}),
        }
        return render(request, "accounts/own_sessions.html", context)
    if "perangkat" in request.POST:
        ended = [row.pk for row in rows if row.mark == request.POST["perangkat"] and row.pk != present]
        request.user.sessions.filter(pk__in=ended).delete()
        messages.success(request, _("Perangkat itu sudah dikeluarkan.") if ended else _("Perangkat itu sudah keluar."))
    else:
        request.user.sessions.exclude(pk=present).delete()
        messages.success(request, _("Semua perangkat lain sudah dikeluarkan."))
    return redirect("own_sessions")


@require_http_methods(["GET", "HEAD", "POST"])
def own_consents(request):
    """What one agreed to, and since when; a button takes it back."""
    if request.method != "POST":
        return render(request, "accounts/own_consents.html", {"consents": consents.consents_of(request.user)})
    if consents.take_back(request.user, request.POST.get("tujuan", "")):
        messages.success(request, _("Persetujuan sudah dicabut."))
    else:
        messages.info(request, _("Tidak ada persetujuan yang perlu dicabut."))
    return redirect("own_consents")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
@limits.limited_sending("file")
def own_data(request):
    """What the portal knows of who asks, to take along."""
    if request.method != "POST":
        return render(request, "accounts/own_data.html")
    answer = StreamingHttpResponse(
        in_language(get_language(), archive_of(request.user)), content_type="application/zip"
    )
    answer["Content-Disposition"] = f'attachment; filename="data-saya-{timezone.localdate():%Y-%m-%d}.zip"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def close_account(request):
    """For good: asks who is there, and once more."""
    form = ClosingForm(request.POST if request.method == "POST" else None)
    obstacles = obstacles_of(request.user)
    context = {"form": form, "obstacles": obstacles}
    if request.method != "POST" or obstacles or not form.is_valid():
        status = HTTPStatus.CONFLICT if request.method == "POST" and obstacles else HTTPStatus.OK
        return render(request, "accounts/close_account.html", context, status=status)
    try:
        closing.close_account(request.user, with_comments=form.cleaned_data["with_comments"])
    except StepRefused:  # became a chair since this page was asked for
        return redirect("close_account")
    logout(request)
    messages.success(request, _("Akun Anda sudah ditutup. Terima kasih, dan selamat jalan."))
    return redirect("account_login")


@require_POST
def phone(request):
    """A browser says where it is reached; from now on notices come there too."""
    return linked(request, PhoneForm(request.POST), lambda endpoint: reverse("notice_settings"))


def linked(request, form, begin):
    """The answer to a browser: the path that `begin(endpoint)` leads to, or a sentence on why it is not linked."""
    if not push.is_on():
        raise Http404
    if not limits.may_send(request):
        return limits.asked_to_wait(JsonResponse({"sentence": str(limits.TOO_OFTEN)}))
    if not form.is_valid():
        return JsonResponse({"sentence": form.sentence}, status=HTTPStatus.BAD_REQUEST)
    with transaction.atomic():
        endpoint = form.link(request.user if request.user.is_authenticated else None)
        return JsonResponse({"path": begin(endpoint)})


def chats_in_use():
    return [channel for channel, _link_url in CHATS if channel.is_on()]


@require_http_methods(["GET", "HEAD", "POST"])
def chat_link(request, word):
    """A code that ties a chat to this account; a press of the button makes a new one, and ends the former."""
    channel, link_url = next((way for way in CHATS if way[0] == word and way[0].is_on()), (None, None))
    if channel is None:
        raise Http404
    if request.method == "POST":
        if not limits.may_send(request):
            return limits.refusal(request)
        ChatCode.objects.give(request.user, channel)
        return redirect("chat_link", word=word)
    code = ChatCode.objects.current().filter(user=request.user, channel=channel).first()
    if code is None:
        return redirect("notice_settings")
    context = {"channel": channel, "code": code, "link_url": link_url(code.code), "minutes": MINUTES}
    return render(request, "accounts/chat_link.html", context)


@require_POST
def endpoint_unlink(request, pk):
    """Nothing is sent there any more."""
    get_object_or_404(request.user.endpoints, pk=pk).delete()
    messages.success(request, _("Tidak disambungkan lagi."))
    return redirect("notice_settings")


# Mail programs send the POST by themselves, without a form of ours (RFC 8058); the signed URL is the proof.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_stop(request, token):
    found = stopped_by(token)
    if found is None:
        raise Http404
    pk, kind = found
    user = get_object_or_404(User, pk=pk, is_active=True)
    if request.method == "POST":
        MutedKind.objects.mute(user, kind)
    context = {"kind": kind.label, "stopped": request.method == "POST"}
    return render(request, "accounts/notice_stop.html", context)
