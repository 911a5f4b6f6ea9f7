"""Where members write: one page for a post and its photos, what became of each, and nothing that is ever lost."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import signed_out
from accounts.typed import only_seen
from activities import types, writing
from activities.forms import MOST_LETTERS, PostForm
from activities.models import EDITABLE, OPEN, Post
from activities.models.photo_changes import row_of
from activities.views import sent
from activities.views.writing_page import PHOTOS, mine, page, photo_lines, state_of, told_of, url_of
from activities.views.writing_photos import add_photos, with_words_of
from communities.models import StepRefused
from pages import limits
from pages.kept_forms import wants_json
from pages.markup import render_markup
from pages.reading import require_safe
from pages.typed import FILES_LOST
from pages.written_over import in_words, texts_of
from regions.models import INDONESIA, Region

UNKEPT = gettext_lazy(
    "Draf tersimpan, kecuali isian jenis lain yang belum benar: %(fields)s. Pilih lagi jenis itu untuk memperbaikinya."
)
GONE_PHOTOS = gettext_lazy("Sebagian foto tidak ada lagi di server. Periksa fotonya, lalu kirim lagi.")
PHOTO_DEEDS = ("cover", "up", "down", "remove")


@require_safe
def start(request):
    """A blank page for the KIM of `?kim=`, or the only one; else a sentence why not."""
    communities = list(writing.communities_of(request.user))
    ready = [community for community in communities if community.may_draft]
    chosen = next((one for one in ready if one.slug == request.GET.get("kim")), ready[0] if len(ready) == 1 else None)
    if chosen is None:
        return render(request, "activities/writing_start.html", {"communities": communities, "ready": ready})
    return page(request, writing.begun_on_the_page(chosen, request.user), switcher=ready if len(ready) > 1 else [])


@signed_out.opens_with_it
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, uuid):
    """One post to write on, named by the uuid that its first page gave it; sent twice, it is still one."""
    if request.method != "POST" and (read := only_to_read(request, uuid)):
        return redirect(read.own_path)
    post = post_of(request, uuid)
    if post is None:
        return redirect("activities:write")
    if request.method != "POST":
        return opened(request, post)
    if not limits.may_send(request, "saving" if post.pk else "draft"):
        return too_often(request, post)
    if not post.pk:
        if not writing.has_room(request.user):
            return page(request, post, form=PostForm(request.POST, instance=post), notices=[writing.TOO_MANY_UNSENT])
        if says_nothing(request):
            return page(request, post, form=PostForm(request.POST, instance=post, is_sending=True))
        post = writing.stored_draft(post)
    if post.status == Post.Status.PUBLISHED:
        return revise(request, post)
    if post.status not in OPEN:
        return late(request, post)
    added, refusals = add_photos(request, post, request.FILES.getlist("photos"))
    typed = with_words_of(added, request.POST)
    with transaction.atomic():
        # A second sending at the same moment waits here, and then finds the post sent.
        post = mine(request).select_for_update(of=("self",)).get(pk=post.pk)
        if post.status not in OPEN:
            return late(request, post)
        return save(request, post, typed, refusals)


def opened(request, post):
    """The page as it is stored, or with what was typed on it before this person had to sign in again."""
    held = signed_out.taken(request)
    typed = held and held["typed"]
    if post.pk and post.status not in EDITABLE:
        return late(request, post, typed) if typed else redirect(post.own_path)
    if typed is None:
        return page(request, post)
    notices = [_("Tulisan Anda tidak hilang. Periksa, lalu kirim atau simpan lagi.")]
    if held["had_files"]:
        notices.append(FILES_LOST)
    form, lines = PostForm(typed, instance=post), photo_lines(post, typed)
    return page(request, post, form=form, lines=lines, notices=notices, version=typed.get("version", ""))


def says_nothing(request):
    """Whether a form without a word or a photo was sent, of which a draft without a title would be left."""
    is_empty = not request.FILES and not any(request.POST.get(name, "").strip() for name in types.TEXTS)
    return is_empty and request.POST.get("deed") == "send" and not wants_json(request)


def too_often(request, post):
    """What was typed stays on the page; a device keeps it and tries again later."""
    if wants_json(request):
        return limits.asked_to_wait(JsonResponse({"error": str(limits.TOO_OFTEN)}))
    form, lines = PostForm(request.POST, instance=post), photo_lines(post, request.POST)
    return limits.asked_to_wait(page(request, post, form=form, lines=lines, notices=[limits.too_often(request)]))


def only_to_read(request, uuid):
    """The post of this uuid where this person may read it as one of its KIM, but not write; or None."""
    seen = Post.objects.of_kim_people(request.user).exclude(pk__in=Post.objects.written_by(request.user).values("pk"))
    return seen.filter(client_uuid=uuid).first()


def post_of(request, uuid):
    """The post of this uuid; a new one where nobody has used it; None for who may write for no KIM."""
    post = mine(request).filter(client_uuid=uuid).first()
    if post is None and Post.objects.filter(client_uuid=uuid).exists():
        # Somebody else's; or this person's, sent twice at the same moment.
        return get_object_or_404(mine(request), client_uuid=uuid)
    if post is None:
        ready = [community for community in writing.communities_of(request.user) if community.may_draft]
        wanted = request.POST.get("kim") or request.GET.get("kim")
        chosen = [community for community in ready if community.slug == wanted] or (ready if len(ready) == 1 else [])
        post = writing.begun_on_the_page(chosen[0], request.user, uuid) if chosen else None
    return post


@require_safe
@login_not_required
def shell(request):
    """The page to write on when there is no line: the same for everyone, it reads the drafts of its phone."""
    nowhere = Region(code=INDONESIA, level=Region.Level.NATION)
    form = PostForm(instance=Post(place=nowhere))
    return render(request, "activities/writing_shell.html", {"form": form} | PHOTOS)


# Saving


def save(request, post, typed, refusals):
    """Keep what is right of it, then do what the button said; `photo` names the photos that its sender knows."""
    named = typed.getlist("photo")
    if typed.get("deed") == "alike":
        describe_alike(typed, named)
    is_sending = typed.get("deed") == "send"
    before = post.facts
    form = PostForm(typed, instance=post, is_sending=is_sending)
    lines = photo_lines(post, typed, is_sending=is_sending)
    is_fine = all([form.is_valid(), *(line.is_valid() for line in lines if line.is_bound), not refusals])
    if form.is_valid() and is_written_over(request, before, form.facts):
        return differs(request, post, form, lines, before)
    if form.is_valid():
        form.save()
    is_stored = form.is_valid() or keep_what_is_right(request, post, typed, before)
    keep_photos(post, lines, typed)
    notices = left_to_say(request, post, form)
    if not is_fine or notices:
        known = {"version": writing.stored_version(post)} if is_stored else {}
        return page(
            request, post, form=form, lines=lines, refusals=refusals, notices=notices, is_kept=is_stored, **known
        )
    if is_sending and writing.has_other_photos(post, named):
        return other_photos(request, post)
    return act(request, post)


def keep_photos(post, lines, typed):
    """Their words where these are right, in the order in which they are named, without those that were taken away."""
    for line in lines:
        if line.is_valid() and line.has_changed():
            line.save()
    for name in typed.getlist("removed"):
        writing.move_photo(post, name, "remove")
    writing.arrange(post, typed.getlist("photo"))


def left_to_say(request, post, form):
    """What its writer is told though no field is wrong: that a photo is missing, what another type does not keep."""
    deed = request.POST.get("deed")
    notices = [types.NO_PHOTO] if deed == "send" and types.lacks_photo(post) else []
    if form.unkept and deed == "save" and not wants_json(request):  # a phone keeps it by itself
        notices.append(UNKEPT % {"fields": ", ".join(form.unkept)})
    return notices


def describe_alike(typed, named):
    """The words of the first photo that has some, for those that have none."""
    names = [f"foto-{name}-alt" for name in named]
    words = next((typed[name] for name in names if typed.get(name, "").strip()), "")
    for name in names:
        if not typed.get(name, "").strip():
            typed[name] = words


def keep_what_is_right(request, post, typed, before):
    """Whether the rest could be stored as a draft, which may lack anything: a wrong field stays as it was, or empty."""
    stored, right = PostForm(instance=writing.stored(post)), typed.copy()
    for texts_instead in (lambda name: texts_of(stored.fields[name], stored[name].value()), lambda _name: []):
        for name in PostForm(right, instance=writing.stored(post)).errors.keys() & stored.fields.keys():
            right.setlist(name, texts_instead(name))
    draft = PostForm(right, instance=writing.stored(post))
    is_kept = draft.is_valid() and not is_written_over(request, before, draft.facts)
    if is_kept:
        draft.save()
    return is_kept


def other_photos(request, post):
    """Nobody sends a photo unseen, or without one that they saw: first they look at what is there."""
    if wants_json(request):
        return JsonResponse({"state": "photos", **state_of(post)}, status=409)
    sentence = _("Foto kegiatan ini berubah di perangkat lain. Periksa fotonya, lalu kirim lagi.")
    return page(request, post, notices=[sentence], version=writing.stored_version(post), status=409)


def act(request, post):
    """What the button said, now that all is saved."""
    deed, _colon, name = request.POST.get("deed", "save").partition(":")
    if deed == "send":
        return send(request, post)
    if deed == "photos":
        return redirect("activities:write_photo", uuid=post.client_uuid)
    anchor = ""
    if deed == "alike":
        anchor = "#foto"
    if deed in PHOTO_DEEDS:
        anchor = "#foto" if deed == "remove" else f"#foto-{name}"
        if not writing.move_photo(post, name, deed):
            messages.error(request, _("Foto ini tidak dapat dihapus: sudah diperiksa petugas."))
    if wants_json(request):
        return JsonResponse({"state": "saved", **state_of(post)})
    if deed == "save":
        messages.success(request, _("Draf tersimpan di server."))
    return redirect(f"{url_of(post)}{anchor}")


def send(request, post):
    try:
        post.send_in(by=request.user)
    except StepRefused as refusal:
        return page(request, post, notices=[str(refusal)])
    post.refresh_from_db()
    return sent_already(request, post)


def sent_already(request, post):
    """The same answer to the first sending and to every other."""
    return sent.answer(request, post, sent.POST)


def late(request, post, typed=None):
    """It is sent: whoever sends the same words again did so; other words came too late, and are not thrown away."""
    facts = post.facts
    form = PostForm(typed or request.POST, instance=post)
    if form.is_valid() and form.facts == facts:
        return sent_already(request, post)
    if wants_json(request):
        return JsonResponse({"state": "late", "next": post.own_path}, status=409)
    sentence = _("Kegiatan ini sudah dikirim, jadi tulisan di bawah tidak disimpan. Salin bila masih Anda perlukan.")
    return page(request, post, form=form, notices=[sentence], status=409)


def revise(request, post):
    """A published post stays as it is until its new words have passed."""
    files, known = request.FILES.getlist("photos"), request.POST.getlist("photo")
    added, refusals = add_photos(request, post, files)
    typed = with_words_of(added, request.POST)
    deed, _colon, name = typed.get("deed", "save").partition(":")
    if deed == "photos" and not files:
        refusals = [_("Pilih fotonya.")]
    if deed == "alike":
        describe_alike(typed, typed.getlist("photo"))
    if deed in PHOTO_DEEDS:
        typed.setlist("photo", writing.moved(typed.getlist("photo"), name, deed))
    is_sending = deed == "send"
    current = writing.waiting_facts(post) or post.facts
    form, lines = PostForm(typed, instance=post, is_sending=is_sending), photo_lines(post, typed, is_sending=is_sending)
    if not is_sending and wants_json(request):
        return JsonResponse({"state": "local"})
    if not is_sending:
        said = sentences_on_photos(added, known)
        return page(request, post, form=form, lines=lines, refusals=refusals, photos_said=said)
    gone = {*typed.getlist("photo")} - {str(line.instance.uuid) for line in lines}
    if gone and wants_json(request):
        return JsonResponse({"state": "photos", "photos": [told_of(line.instance) for line in lines]}, status=409)
    notices = [*([GONE_PHOTOS] if gone else []), *lacking_photos(post, lines)]
    if not all([form.is_valid(), *(line.is_valid() for line in lines), not refusals, not notices]):
        return page(request, post, form=form, lines=lines, refusals=refusals, notices=notices)
    if is_written_over(request, current, form.facts):
        return differs(request, post, form, lines, current)
    fresh = mine(request).get(pk=post.pk)
    photos = [row_of(line.instance) for line in lines]
    revision = writing.propose(fresh, form.facts, photos, by=request.user)
    return sent.answer(request, fresh, sent.CHANGE if revision else "")


def sentences_on_photos(added, known):
    """What became of the photos that came along, of which nobody saw anything until now."""
    number = len(added.keys() - {*known})
    sentence = ngettext(
        "%(number)s foto ditambahkan. Tulis apa yang terlihat, lalu kirim perubahannya.",
        "%(number)s foto ditambahkan. Tulis apa yang terlihat, lalu kirim perubahannya.",
        number,
    )
    return [
        *([sentence % {"number": number}, _("Bila perubahannya tidak dikirim, foto itu hilang.")] if number else []),
        *([_("Foto yang sama sudah ada di tulisan ini.")] if added.keys() & {*known} else []),
    ]


def lacking_photos(post, lines):
    """What is wrong with how many photos a changed post would have, in sentences."""
    if len(lines) > writing.MOST_PHOTOS:
        return [_("Satu kegiatan memuat paling banyak %(number)s foto.") % {"number": writing.MOST_PHOTOS}]
    needs_photo = types.RULES[post.type].needs_photo and not lines
    return [types.NO_PHOTO] if needs_photo else []


def is_written_over(request, current, facts):
    """Whether another device wrote on it since this page was opened, and something else."""
    known = request.POST.get("version", "")
    is_blank = not known and not current["title"] and not current["body"]
    return not is_blank and known != writing.version_of(current) and facts != current


def differs(request, post, form, lines, current):
    """Both sides, and nothing overwritten: the next saving, which knows both, decides."""
    there = PostForm(instance=post.said_with(current))
    version = writing.version_of(current)
    differences = [
        {
            "label": str(field.label),
            "here": in_words(field, form[name].value()),
            "there": in_words(field, there[name].value()),
        }
        for name, field in form.fields.items()
        if name in current and form.facts[name] != current[name]
    ]
    if wants_json(request):
        values = {name: texts_of(field, there[name].value()) for name, field in there.fields.items()}
        answer = {"state": "differs", "version": version, "differences": differences, "there": values}
        return JsonResponse(answer, status=409)
    return page(request, post, form=form, lines=lines, differences=differences, version=version, status=409)


# Around the page


@require_safe
def key(request):
    """What a device asks before it sends what was written without a line: is somebody signed in, and who."""
    return JsonResponse({"token": get_token(request), "user": request.user.pk})


@limits.limited_sending("saving")
@require_POST
def preview(request):
    """How a text will look; the one path to HTML is on the server."""
    return HttpResponse(render_markup(only_seen(request.POST.get("body", ""))[:MOST_LETTERS]))
