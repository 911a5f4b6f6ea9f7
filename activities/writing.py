"""Writing a post: whose it is to write, what it says, and its photos, each kept once whatever the line does."""

import hashlib
import json
import uuid

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.images import prepare_photo
from accounts.lifecycle import StepRefused
from accounts.photo_limits import PhotoRefused
from activities.models import EDITABLE, OPEN, Photo, Post, PostRevision
from activities.models.photo_changes import photos_of, said_by
from activities.types import RULES
from communities.models import Community, Sector
from regions.clocks import today

MOST_PHOTOS = 10
MOST_LYING = 60
# Drafts that one person may leave lying about, those of old blogs included.
MOST_UNSENT = 2_000
TOO_MANY_UNSENT = gettext_lazy(
    "Anda mempunyai terlalu banyak draf yang belum dikirim. Kirim atau buang sebagian dahulu."
)
# What a page of one's own post says of other tables.
SHOWN = [
    "community__seat__province",
    "community__decree",
    "sector",
    "clarifies",
    "origin__community",
    "bulletin__issuer",
]
SHOWN += [f"place__{level}" for level in ("district", "regency", "province")]


# Whose


def communities_of(user):
    """The KIMs this person may write for, or learns why not."""
    return Community.objects.readable_by(user).select_related("decree", "seat__regency").order_by("name").distinct()


def blank_post(community, author, client_uuid=None):
    """Nothing written yet: today, at the KIM's seat, of its first field."""
    post = Post(
        community=community,
        author=author,
        client_uuid=client_uuid or uuid.uuid4(),
        sector=community.sectors.first() or Sector.objects.first(),
        happened_on=today(community.seat),
    )
    post.place_at(community.seat)
    return post


def begun_on_the_page(community, author, client_uuid=None):
    """A blank post with the duties that posts of its type nearly always have, for its writer to see and change."""
    post = blank_post(community, author, client_uuid)
    post.duties = [*RULES[post.type].duties]
    return post


def unsent(user):
    """How many drafts of this person were never sent."""
    return Post.objects.filter(author=user, status=Post.Status.DRAFT).count()


def has_room(user):
    """Whether this person may begin one more draft."""
    return unsent(user) < MOST_UNSENT


def require_room(user):
    """StepRefused for who left too many drafts unsent."""
    if not has_room(user):
        raise StepRefused(str(TOO_MANY_UNSENT))


def stored_draft(post):
    """The stored row of a new post; whoever was faster by the same uuid made the same one."""
    with transaction.atomic():
        columns = [field for field in Post._meta.concrete_fields if not field.generated]
        facts = {column.attname: getattr(post, column.attname) for column in columns}
        del facts["id"]
        stored, _is_new = Post.objects.get_or_create(client_uuid=facts.pop("client_uuid"), defaults=facts)
    return stored


def stored(post):
    return Post.objects.get(pk=post.pk)


# What it says


def version_of(facts):
    """What tells one state of the words from another, for two devices that write on one draft."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def stored_version(post):
    return version_of(stored(post).facts)


# Photos


def add_photo(post, file):
    """The photo that this file is, stored once: sent again after a broken line it is the same; raises PhotoRefused."""
    name = uuid.uuid5(post.client_uuid, digest_of(file))
    if known := post.photos.filter(uuid=name).first():
        return known
    refuse_another(post)
    prepared = prepare_photo(file)
    with transaction.atomic():
        # Whoever sends the post meanwhile comes before or after this photo, never between.
        post = Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=post.pk)
        if known := post.photos.filter(uuid=name).first():
            return known
        refuse_another(post)
        last = post.photos.aggregate(last=Max("position"))["last"]
        photo = Photo(post=post, uuid=name, width=prepared.width, height=prepared.height, is_aside=post.is_published)
        photo.position = 0 if last is None else last + 1
        photo.store(prepared)
        photo.save()
        if not photo.is_aside:
            lead(post)
    return photo


def refuse_another(post):
    if post.status not in EDITABLE:
        raise PhotoRefused(_("Kegiatan ini sudah dikirim; fotonya tidak dapat ditambah lagi."))
    # A published post has its photos, and for a while those of changes that were not sent.
    if post.photos.count() >= (MOST_LYING if post.is_published else MOST_PHOTOS):
        raise PhotoRefused(_("Satu kegiatan memuat paling banyak %(number)s foto.") % {"number": MOST_PHOTOS})


def digest_of(file):
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def arrange(post, uuids):
    """The photos in this order, those not named last; the first is the cover."""
    photos = list(post.photos.all())
    places = {name: place for place, name in enumerate(uuids)}
    photos.sort(key=lambda photo: places.get(str(photo.uuid), len(places)))
    for position, photo in enumerate(photos):
        if photo.position != position:
            Photo.objects.filter(pk=photo.pk).update(position=position)
    lead(post)


def move_photo(post, name, deed):
    """Do to the photo of this uuid what a button says: `cover`, `up`, `down` or `remove`; whether it could be."""
    names = [str(photo.uuid) for photo in post.photos.all()]
    if name not in names:
        return True
    if deed == "remove":
        return remove_photo(post, name)
    arrange(post, moved(names, name, deed))
    return True


def remove_photo(post, name):
    """Forget a photo; one that somebody reported or an officer judged stays."""
    photo = post.photos.filter(uuid=name).first()
    if photo is None:
        return True
    paths = [photo.path(copy) for copy in Photo.NAMES]
    try:
        with transaction.atomic():
            Post.objects.filter(pk=post.pk, lead_photo=photo).update(lead_photo=None)
            photo.delete()
    except ProtectedError:
        return False
    lead(post)
    transaction.on_commit(lambda: [default_storage.delete(path) for path in paths])
    return True


def lead(post):
    """The cover is the first photo."""
    first = post.photos.order_by("position", "pk").first()
    Post.objects.filter(pk=post.pk).update(lead_photo=first, updated_at=timezone.now())
    post.lead_photo = first


def discard(post, *, by):
    """Throw a draft away, or put away what was sent once; raises nothing, says whether it did."""
    with transaction.atomic():
        draft = Post.objects.select_for_update(of=("self",)).filter(pk=post.pk, status__in=OPEN).first()
        if draft is None:
            return False
        if draft.steps.exists() or draft.reviews.exists():
            return put_away(draft, by=by)
        for photo in draft.photos.all():
            remove_photo(draft, photo.uuid)
        draft.delete()
    return True


def put_away(draft, *, by):
    try:
        draft.put_away(by=by)
    except StepRefused:
        return False
    return True


# Beginning anew


def copied(post, author, client_uuid):
    """A new draft with the words and photos of a post that was refused or taken down, once for each uuid; StepRefused
    for who left too many unsent.
    """
    known = Post.objects.filter(author=author, client_uuid=client_uuid).first()
    if known:
        return known
    require_room(author)
    draft = blank_post(post.community, author, client_uuid).said_with(post.facts)
    draft.copied_from, draft.origin, draft.aspiration = post, post.origin, post.aspiration
    draft.bulletin, draft.is_recalled = post.bulletin, post.is_recalled
    with transaction.atomic():  # broken off, the next attempt copies the photos as well
        draft = stored_draft(draft)
        for photo in post.photos_shown:
            copy_photo(photo, draft)
        lead(draft)
    return draft


def copy_photo(photo, draft):
    """The same photo, once, with files of its own; what has lost its files is left out."""
    twin = Photo(post=draft, uuid=uuid.uuid5(draft.client_uuid, str(photo.uuid)))
    if draft.photos.filter(uuid=twin.uuid).exists():
        return  # by who was faster
    for name in ("position", "alt", "caption", "width", "height"):
        setattr(twin, name, getattr(photo, name))
    try:
        for name in Photo.NAMES:
            with default_storage.open(photo.path(name)) as file:
                default_storage.delete(twin.path(name))  # of a process that was stopped
                default_storage.save(twin.path(name), file)
    except FileNotFoundError:
        return
    twin.save()


# Sending in


def has_other_photos(post, names):
    """Whether its photos are others than those that its sender named and so has seen: uuids as text, in any order."""
    return {str(photo.uuid) for photo in post.photos.all()} != set(names)


def propose(post, facts, photos, *, by):
    """Say a published post in other words, or with other photos; the same, sent again, is no new revision."""
    photos = None if photos == photos_of(post) else photos
    waiting = waiting_revision(post)
    if (facts, photos) in [(post.facts, None), *([(waiting.facts, waiting.photos)] if waiting else [])]:
        return None
    return post.revisions.propose(post, facts, photos=photos, by=by)


def waiting_facts(post):
    """What a revision that waits says, or None."""
    revision = waiting_revision(post)
    return revision and revision.facts


def waiting_revision(post):
    return post.revisions.filter(status=PostRevision.Status.WAITING).first()


def photos_to_write_on(post):
    """Those that its author sees: of a published post that is changed, as the change has them."""
    waiting = waiting_revision(post) if post.is_published else None
    return said_by(post, waiting.photos if waiting else None)


def moved(names, name, deed):
    """These names after what a button says was done to one of them."""
    if name not in names:
        return names
    at, others = names.index(name), [other for other in names if other != name]
    if deed != "remove":
        others.insert({"cover": 0, "up": max(0, at - 1), "down": at + 1}[deed], name)
    return others
