"""Sending an aspiration: one page without an account, what lies around the place, and what is told afterwards."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts import signed_out
from accounts.photo_answers import private_photo_answer
from accounts.photo_limits import ACCEPTED, MAX_BYTES, PhotoRefused
from accounts.typed import only_seen
from aspirations.forms.public import AltForm, AroundForm, SendForm
from aspirations.models import MOST_PHOTOS, AnswerTerm, Aspiration, SentBefore, WaitingPhoto
from communities.models import Community
from pages import kept_forms, limits, sent_before
from pages.from_elsewhere import is_from_elsewhere
from pages.limits import limited
from pages.reading import require_safe
from pages.sent_before import SECOND_TAP
from regions.forms import PositionForm
from regions.models import Region
from regions.my_region import chosen_region

MOST_ALIKE = 5
# In the session of who is signed in: a form that waits for its last step.
HELD = "usulan"
THROUGH_WHOM = _("Tinggal satu langkah: pilih lewat siapa usulan ini, lalu kirim.")
SAID_BEFORE = _("Tinggal satu langkah: lihat apakah sudah ada yang menyampaikannya, lalu kirim.")
NOT_HELD = _("Isi formulir itu tidak tersimpan lagi di sini. Silakan isi sekali lagi di bawah.")
SENT_BEFORE = _("Formulir ini sudah terkirim. Bila ini usulan lain, tekan “Kirim” sekali lagi.")


# The page holds no token, so that a phone can keep it and send later; only pages of ours may send.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def send(request):
    if request.method != "POST":
        return gone_on_with(request) or page(request, blank(request))
    typed = request.POST.copy()
    typed["client_uuid"] = str(uuid_of(typed) or uuid.uuid4())
    form = SendForm(typed)
    if is_from_elsewhere(request):
        return page(request, form, notices=[_("Kirim dari halaman ini.")], status=403)
    if not limits.may_send(request, "aspiration"):
        return limits.asked_to_wait(page(request, form, notices=[limits.too_often(request)]))
    return sent(request, form)


def sent(request, form):
    """Keep its photos; then, where all is right and its sender knows what is around, take it in."""
    client_uuid = uuid.UUID(form.data["client_uuid"])
    if Aspiration.objects.filter(client_uuid=client_uuid).exists():
        return taken_in(request, form)
    if row := sent_before_by(request, form):
        WaitingPhoto.objects.of(client_uuid).drop()
        return to_receipt(request, row, is_again=True)
    unwanted_photos(request, client_uuid, form.data).drop()
    refusals = keep_photos(client_uuid, request.FILES.getlist("photos"))
    lines = lines_of(client_uuid, form.data)
    if refusals:
        return page(request, form, lines=lines, refusals=refusals)
    step = last_step(form, lines)
    if not step and form.is_valid() and all(line.is_valid() for line in lines):
        return taken_in(request, form, lines)
    return held(request, form) or page(request, form, lines=lines, step=step)


def last_step(form, lines):
    """What its sender has yet to look at, in words; nothing where something is wrong, or there is neither a KIM nor a
    matter like it.
    """
    is_right = form.is_valid() and all(line.is_valid() for line in lines)
    if not is_right or form.was_shown:
        return ""
    if form.communities:
        return THROUGH_WHOM
    return SAID_BEFORE if alike(form.region, form.cleaned_data["title"]) else ""


def held(request, form):
    """Where the form is gone on with by who is signed in, whose browser keeps no page that could be gone back to.

    The session holds what was typed until it is sent. None for others, and for a script.
    """
    fields = [[name, text] for name, texts in form.data.lists() for text in texts]
    if kept_forms.is_kept(request) or not request.user.is_authenticated or not signed_out.is_small(fields):
        return None
    request.session[HELD] = {"uuid": form.data["client_uuid"], "fields": fields}
    return redirect(f"{request.path}?formulir={form.data['client_uuid']}")


def gone_on_with(request):
    """The form that the URL names: what was typed in it, or the receipt once it is sent; a blank one that says what to
    do where neither is there. None for a URL that names no form.
    """
    key = uuid_of({"client_uuid": request.GET.get("formulir", "")})
    if key is None:
        return None
    if not request.user.is_authenticated:
        return page(request, blank(request), is_of_an_account=True)
    unsent = request.session.get(HELD, {})
    if unsent.get("uuid") == str(key):
        form = SendForm(signed_out.typed_in(unsent["fields"]))
        lines = lines_of(key, form.data)
        return page(request, form, lines=lines, step=last_step(form, lines))
    row = Aspiration.objects.written_by(request.user).filter(client_uuid=key).first()
    return to_receipt(request, row, is_again=True) if row else page(request, blank(request), notices=[NOT_HELD])


def taken_in(request, form, lines=()):
    """To the receipt; a form that came before leads there with the same words alone, for it bears the secret."""
    waiting = [(line.photo, line.words) for line in lines]
    try:
        if not form.is_valid():
            return as_another(request, form)
        row = Aspiration.objects.send(**form.facts(), waiting=waiting, sender=sender_of(request))
    except SentBefore:
        return as_another(request, form)
    # Those of the same form that came a second time, while the first was on its way.
    WaitingPhoto.objects.of(row.client_uuid).drop()
    return to_receipt(request, row, is_again=kept_forms.filled_in_at(request) - row.created_at > SECOND_TAP)


def sent_before_by(request, form):
    """What this browser sent a short while ago with the same words, from a page that it left and opened again."""
    if not form.is_valid():
        return None
    facts = form.facts() | {"sender": sender_of(request)}
    return Aspiration.objects.sent_with(sent_before.keys(request), facts)


def to_receipt(request, row, *, is_again):
    if request.user.is_authenticated:
        request.session.pop(HELD, None)
    path = reverse("aspirations:receipt", args=[row.secret]) + ("?sudah=terkirim" if is_again else "")
    answer = kept_forms.sent(path) if kept_forms.is_kept(request) else redirect(path)
    return sent_before.remembered(request, answer, row.client_uuid)


def sender_of(request):
    """Who is signed in; but what waited on a phone is its writer's, whoever is signed in there by now."""
    is_writers = not kept_forms.is_kept(request) or request.POST.get("writer") == str(request.user.pk)
    return request.user if request.user.is_authenticated and is_writers else None


def as_another(request, form):
    """What was typed again, as a form of its own: the one it was before has been sent."""
    typed = form.data.copy()
    typed["client_uuid"] = uuid.uuid4()
    refusals = keep_photos(typed["client_uuid"], request.FILES.getlist("photos"))
    return page(request, SendForm(typed), refusals=refusals, notices=[SENT_BEFORE], status=409)


def blank(request):
    """Nothing typed yet, but for the place or the KIM by which somebody came, and the name of an account."""
    community = (
        Community.objects.registered().filter(slug=only_seen(request.GET.get("kim", ""))).select_related("seat").first()
    )
    place = community.seat if community else region_of(request.GET.get("wilayah", "")) or chosen_region(request)
    name = request.user.name if request.user.is_authenticated else ""
    return SendForm(
        place=place if place and place.level else None,
        initial=begun_with(request) | {"sender_name": name, "through": community.slug if community else ""},
    )


def begun_with(request):
    """What somebody came to send, where the link said it: `?jenis=permintaan` to ask something."""
    kind = request.GET.get("jenis")
    return {"kind": kind} if kind in Aspiration.Kind.values else {}


def region_of(code):
    try:
        return Region.objects.resolve(code)[0]
    except Region.DoesNotExist:
        return None


def page(request, form, *, lines=None, refusals=(), notices=(), step="", status=200, **more):
    if lines is None:
        lines = lines_of(form["client_uuid"].value(), form.data or None)
    if kept_forms.is_kept(request):
        return kept_forms.refused(form, *lines, more=notices, photos=refusals, step=step)
    context = {
        "form": form,
        "lines": lines,
        "refusals": refusals,
        "notices": notices,
        "is_refused": bool(refusals or form.errors or any(line.errors for line in lines)),
        "step": step,
        "alike": alike(form.region, form.data.get("title", "")) if form.region else [],
        "most_photos": MOST_PHOTOS,
        "most_bytes": MAX_BYTES,
        "accepted": ACCEPTED,
    }
    return render(request, "aspirations/send.html", context | more, status=status)


def alike(place, title):
    """A few matters near there that read like this."""
    title = only_seen(title, one_line=True)[:120].replace("\0", "")
    return list(Aspiration.objects.near(place, title).for_list()[:MOST_ALIKE]) if title and place.level else []


@require_safe
@login_not_required
def shell(request):
    """The form when there is no line: the same for everyone, in each of its phones."""
    context = {"form": SendForm(), "most_photos": MOST_PHOTOS, "most_bytes": MAX_BYTES, "accepted": ACCEPTED}
    return render(request, "aspirations/send_shell.html", context)


# Photos


def unwanted_photos(request, client_uuid, typed):
    """Those that came with an earlier try of this form and are to go; a phone sends all that it has each time."""
    waiting = WaitingPhoto.objects.of(client_uuid)
    if kept_forms.is_kept(request):
        named = uuids_of(name.removeprefix("foto-").removesuffix("-alt") for name in typed)
        return waiting.exclude(uuid__in=set(named) - set(uuids_of(typed.getlist("removed"))))
    return waiting.filter(uuid__in=uuids_of(typed.getlist("removed")))


def keep_photos(client_uuid, files):
    """Keep each of the files for this form; sentences on those that could not be."""
    refusals = []
    for file in files:
        try:
            WaitingPhoto.objects.add(client_uuid, file)
        except PhotoRefused as refusal:
            refusals.append(f"{only_seen(file.name, one_line=True)[:80]}: {refusal}")
    return refusals


def lines_of(client_uuid, typed=None):
    return [AltForm(typed, photo) for photo in WaitingPhoto.objects.of(client_uuid)]


def uuid_of(typed):
    return next(iter(uuids_of([typed.get("client_uuid", "")])), None)


def uuids_of(texts):
    """Those of the texts that are UUIDs."""
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


@require_safe
@login_not_required
@never_cache
def waiting_photo(request, uuid, name):
    """A photo of a form that is not sent yet, for who has its unguessable name."""
    return private_photo_answer(get_object_or_404(WaitingPhoto, uuid=uuid), name)


# While somebody writes


@require_safe
@login_not_required
@limited("suggestion")
def around(request):
    """The fragment that follows place and title: through whom it may go there, and what others already said."""
    typed = AroundForm(request.GET)
    typed.is_valid()
    place, title = typed.cleaned_data.get("place"), typed.cleaned_data.get("q", "")
    form = SendForm(place=place if place and place.level else None)
    context = {"form": form, "alike": alike(form.region, title) if form.region else []}
    return render(request, "aspirations/_around.html", context)


@csrf_exempt
@require_POST
@login_not_required
@never_cache
def nearest(request):
    """The villages nearest to where a device says it is; the position is used for this answer and not kept."""
    form = PositionForm(request.POST)
    found = Region.objects.nearest(form.cleaned_data["lat"], form.cleaned_data["lng"]) if form.is_valid() else []
    if not found:
        sentence = _("Lokasi Anda tidak dapat dicocokkan dengan desa di Indonesia. Silakan tulis namanya.")
        return JsonResponse({"error": sentence}, status=422)
    return JsonResponse({"places": [{"code": place.code, "label": place.long_name} for place in found]})


# Afterwards


@require_safe
@login_not_required
@never_cache
def receipt(request, secret):
    """Its code, the secret link, and what happens next by when; of what was withdrawn, its private page."""
    row = get_object_or_404(Aspiration.objects.for_page(), secret=secret)
    if row.status == Aspiration.Status.WITHDRAWN:
        return redirect(row.secret_path)
    context = {"row": row, "days": AnswerTerm.objects.days(AnswerTerm.Stage.ANSWER, row.office)}
    context["is_again"] = "sudah" in request.GET
    return render(request, "aspirations/receipt.html", context)
