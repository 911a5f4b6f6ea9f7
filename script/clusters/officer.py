"""An officer at a web host: says, as JSON, what there is to decide and see, then publishes and hides what it is told.

A line `publish PK` or `hide PK` is answered with the moment when it was done, by the clock that all processes share.
"""

import io
import json
import secrets
import sys
import time

import django

MOST_POSTS, MOST_PHOTOS = 20, 10


def officer():
    user = User.objects.create_user(f"petugas-{secrets.token_hex(4)}@contoh.id", None, name="Petugas")
    facts = {"letter_number": "800/1/2026", "duties": [*Duty.known], "starts_on": date(2020, 1, 1)}
    OfficerAssignment.objects.create(user=user, region=Region.objects.get(code="0"), **facts)
    return user


def waiting_posts():
    """Where each will be seen: on its own page, among those of its place, and among all."""
    posts = Post.objects.filter(status=Post.Status.IN_REVIEW).select_related("place")[:MOST_POSTS]
    return [
        {"pk": post.pk, "path": post.get_absolute_url(), "lists": [post.place.get_absolute_url(), "/kegiatan/"]}
        for post in posts
    ]


def photos():
    """Of so many published posts, each with its page and a photo."""
    found = []
    for number, post in enumerate(Post.objects.published().order_by("-pk")[:MOST_PHOTOS]):
        prepared = prepare_photo(io.BytesIO(picture(number)))
        photo = Photo(post=post, alt="Warga bekerja bakti", width=prepared.width, height=prepared.height)
        photo.store(prepared)
        photo.save()
        found.append(photo.src640)
    return found


def decide(by):
    for line in sys.stdin:
        deed, pk = line.split()
        post = Post.objects.get(pk=pk)
        if deed == "publish":
            post.publish(by=by)
        else:
            post.hide(by=by, reason="other", note="Percobaan")
        print(json.dumps(time.monotonic()), flush=True)


if __name__ == "__main__":
    django.setup()
    from datetime import date

    from accounts.duties import Duty
    from accounts.images import prepare_photo
    from accounts.models import OfficerAssignment, User
    from activities.models import Photo, Post
    from bench.crashes import picture
    from regions.models import Region

    made = officer()
    print(json.dumps({"waiting": waiting_posts(), "photos": photos()}), flush=True)
    decide(made)
