"""The photos of a post that is being written."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.photo_answers import private_photo_answer
from accounts.photo_limits import PhotoRefused
from accounts.typed import only_seen
from activities import writing
from activities.models import OPEN, Photo
from activities.views.writing_page import PHOTOS, mine, own_url, photo_lines, url_of
from pages import limits
from pages.kept_forms import wants_json
from pages.reading import require_safe


def add_photos(request, post, files):
    """Keep each of the files: `{uuid: place among the files}` of those that were taken, and sentences on the others."""
    added, refusals = {}, []
    for place, file in enumerate(files):
        if not limits.may_send(request, "photo"):
            return added, [*refusals, str(limits.TOO_OFTEN)]
        try:
            added[str(writing.add_photo(post, file).uuid)] = place
        except PhotoRefused as refusal:
            refusals.append(f"{only_seen(file.name, one_line=True)[:80]}: {refusal}")
    return added, refusals


def with_words_of(added, typed):
    """What was typed, with the photos that came along under the names they got, each with its words (`photos-alt` and
    `photos-caption`).
    """
    words = {part: typed.getlist(f"photos-{part}") for part in ("alt", "caption")}
    typed = typed.copy()
    for name, place in added.items():
        typed.appendlist("photo", name)
        for part, texts in words.items():
            if place < len(texts):
                typed[f"foto-{name}-{part}"] = texts[place]
    return typed


@require_http_methods(["GET", "HEAD", "POST"])
def photos(request, uuid):
    """The photos of a post whose words are stored: chosen here without a script, and sent here by one."""
    post = get_object_or_404(mine(request), client_uuid=uuid)
    if wants_json(request) and request.method == "POST":
        return photo_add(request, post)
    if post.status not in OPEN:  # those of a published post are chosen on its own page
        return redirect(post.own_path)
    files, refusals = request.FILES.getlist("file"), []
    if request.method == "POST":
        _added, refusals = add_photos(request, post, files) if files else ([], [_("Pilih fotonya.")])
        if not refusals:
            return redirect(f"{url_of(post)}#foto")
    context = {"post": post, "lines": photo_lines(post), "refusals": refusals}
    answer = render(request, "activities/writing_photos.html", context | PHOTOS)
    return limits.asked_to_wait(answer) if str(limits.TOO_OFTEN) in refusals else answer


def photo_add(request, post):
    """One photo by itself, so that a broken line costs one photo; sent again it is the same."""
    file = request.FILES.get("file")
    if not limits.may_send(request, "photo"):
        return limits.asked_to_wait(JsonResponse({"error": str(limits.TOO_OFTEN)}))
    if file is None:
        return JsonResponse({"error": _("Pilih fotonya.")}, status=422)
    try:
        photo = writing.add_photo(post, file)
    except PhotoRefused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return JsonResponse({"uuid": str(photo.uuid), "src": own_url(photo)})


@require_safe
def own_photo(request, uuid, name):
    """A copy of a photo for those who may read its post before it is published; nobody else, and nobody keeps it."""
    photo = get_object_or_404(Photo.objects.readable_by(request.user), uuid=uuid)
    return private_photo_answer(photo, name)
