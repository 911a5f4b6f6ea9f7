"""The page to write on, as a page or as what a device is told."""

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.photo_limits import ACCEPTED, MAX_BYTES
from activities import writing
from activities.forms import PhotoForm, PostForm
from activities.models import Post
from pages.kept_forms import errors_of, offered_in, wants_json

PHOTOS = {"most_photos": writing.MOST_PHOTOS, "most_bytes": MAX_BYTES, "accepted": ACCEPTED}


def mine(request):
    return Post.objects.written_by(request.user).select_related(*writing.SHOWN)


def page(request, post, *, form=None, lines=None, refusals=(), notices=(), is_kept=False, status=200, **more):
    """The post as it is typed; with what was refused, whether all else of it `is_kept`, or what differs elsewhere."""
    if wants_json(request):
        return JsonResponse(refusal_of(post, form, lines or [], [*refusals, *notices]) | {"is_kept": is_kept})
    facts = (writing.waiting_facts(post) if post.is_published else None) or post.facts
    if form is None:
        form = PostForm(instance=post.said_with(facts))
    lines = photo_lines(post) if lines is None else lines
    context = {
        "post": post,
        "form": form,
        "lines": lines,
        "refusals": refusals,
        "is_refused": bool(refusals or form.errors or any(line.errors for line in lines)),
        "notices": notices,
        "is_kept": is_kept,
        "was_saving": not post.is_published and request.POST.get("deed") != "send",
        # A KIM that is not verified yet: what is written is kept, and sent once it is.
        "is_practice": not post.is_published and not post.community.may_publish,
        # A refused form still knows what was there when it was opened.
        "version": request.POST.get("version") or (writing.version_of(facts) if post.pk else ""),
        "reviews": post.reviews.select_related("by")[:1] if post.status == Post.Status.RETURNED else (),
    }
    return render(request, "activities/writing.html", context | PHOTOS | more, status=status)


def photo_lines(post, typed=None, *, is_sending=False):
    """A form for each photo, with the words of those that `photo` names; the others keep theirs."""
    lines, named = [], typed.getlist("photo") if typed else []
    for photo in photos_of_lines(post, typed):
        lines.append(PhotoForm(typed if str(photo.uuid) in named else None, instance=photo, is_sending=is_sending))
    for line in lines:
        line.src = own_url(line.instance)
    return lines


def photos_of_lines(post, typed):
    """All that are there; but of a published post that is sent those that it names, in their order."""
    if not post.pk:
        return []
    if not post.is_published or typed is None:
        return writing.photos_to_write_on(post)
    there = {str(photo.uuid): photo for photo in post.photos.all()}
    return [there[name] for name in dict.fromkeys(typed.getlist("photo")) if name in there]


def refusal_of(post, form, lines, notices):
    errors = errors_of([*([form] if form else []), *lines], {"": notices})
    offered = offered_in(form) if form else {}
    return {"state": "refused", "errors": errors, "offered": offered, **state_of(post)}


def state_of(post):
    """What a device needs to know of what the server has."""
    if not post.pk:
        return {"version": "", "photos": []}
    stored = writing.stored(post)
    return {
        "version": writing.version_of(stored.facts),
        "photos": [told_of(photo) for photo in writing.photos_to_write_on(stored)],
    }


def told_of(photo):
    return {"uuid": str(photo.uuid), "src": own_url(photo), "alt": photo.alt, "caption": photo.caption}


def url_of(post):
    return reverse("activities:write_post", args=[post.client_uuid])


def own_url(photo, name="320.webp"):
    return reverse("files:own_photo", args=[photo.uuid, name])
