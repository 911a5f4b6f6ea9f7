"""The lists of the officer's queue: which rows each has, what a screen tells of one, and what each button does."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import PendingDecision
from activities.differences import differences
from activities.models import Appeal, FlaggedItem, Post, PostRevision
from activities.models.photo_changes import left_out_by, said_by

SHOWN = [
    "community__seat",
    "bulletin__issuer",
    "author",
    "sector",
    *(f"place__{level}" for level in ("district", "regency", "province")),
]
# So many of what went before, and of what was said of it.
EARLIER = 5


class Button:
    """`done` says afterwards, before the title, what was done; what is done `at_once` nobody takes back in time."""

    def __init__(self, word, label, key, done, *, needs_reason=False, at_once=False):
        self.word, self.label, self.key, self.done, self.needs_reason = word, label, key, done, needs_reason
        self.at_once = at_once


PHOTO_BUTTONS = [
    Button("photo_hide", _("Sembunyikan foto ini"), "", _("Foto disembunyikan"), needs_reason=True),
    Button("photo_show", _("Tampilkan lagi foto ini"), "", _("Foto ditampilkan lagi")),
]


class Listing:
    """One list of the queue: its rows, oldest first, and what each button does."""

    word = title = empty = moment = ""
    # What it is called beside queues of other things.
    short = ""
    # Which of its kind it has, where the dashboard of the region counts others too.
    scope = ""
    # The path from a row to its post.
    to_post = ""
    buttons = ()
    needing_note = ()
    has_photo_buttons = True

    def __init__(self, user):
        self.user = user

    @property
    def all_buttons(self):
        return [*self.buttons, *(PHOTO_BUTTONS if self.has_photo_buttons else ())]

    def needs_reason(self, word):
        return any(button.needs_reason for button in self.all_buttons if button.word == word)

    def is_at_once(self, word):
        """Whether everyone must see it from the next page on; it may be shown again, with a trace of both."""
        return any(button.at_once for button in self.all_buttons if button.word == word)

    def done(self, word):
        """What is said afterwards of a decision."""
        return next(button.done for button in self.all_buttons if button.word == word)

    def own(self):
        """The posts that this officer decides about."""
        return Post.objects.decided_by(self.user)

    def undecided(self):
        """What waits according to its table."""
        raise NotImplementedError

    def rows(self):
        """Of that what nobody decided on just now."""
        return PendingDecision.objects.without_decided(self.undecided())

    @property
    def deeds(self):
        """Those of its buttons for which offices keep ready reasons."""
        return [f"post-{button.word}" for button in self.buttons if self.takes_words(button.word)]

    def takes_words(self, word):
        return self.needs_reason(word) or word in self.needing_note

    def after(self, row):
        """What comes after this row, which may have left the list meanwhile."""
        moment = getattr(row, self.moment)
        return self.rows().filter(Q((f"{self.moment}__gt", moment)) | Q((self.moment, moment), pk__gt=row.pk))

    def related(self):
        prefix = f"{self.to_post}__" if self.to_post else ""
        return [*([self.to_post] if self.to_post else []), *(f"{prefix}{name}" for name in SHOWN)]

    def post_of(self, row):
        return getattr(row, self.to_post) if self.to_post else row

    def is_for(self, row):
        """Whether this officer is the one to decide."""
        return self.post_of(row).decided_by(self.user)

    def context(self, row):
        """What the page shows of a row beside its post."""
        return {}

    def decide(self, row, word, *, by, reason, note):
        raise NotImplementedError


class Waiting(Listing):
    word, title, empty = "menunggu", _("Menunggu terbit"), _("Tidak ada kegiatan yang menunggu.")
    short, moment = _("Kegiatan"), "created_at"
    buttons = [
        Button("publish", _("Terbitkan"), "t", _("Diterbitkan")),
        Button("send_back", _("Kembalikan"), "k", _("Dikembalikan"), needs_reason=True),
        Button("reject", _("Tolak"), "x", _("Ditolak"), needs_reason=True),
    ]

    def undecided(self):
        return self.own().waiting()

    def decide(self, row, word, *, by, reason, note):
        facts = {"reason": reason} if self.needs_reason(word) else {}
        getattr(row, word)(by=by, note=note, **facts)


class Unreviewed(Listing):
    word, title, empty = "sesudah", _("Sesudah terbit"), _("Semua yang terbit langsung sudah diperiksa.")
    short, moment = _("Sesudah terbit"), "published_at"
    buttons = [
        Button("keep", _("Biarkan terbit"), "t", _("Tetap terbit")),
        Button("hide", _("Sembunyikan"), "s", _("Disembunyikan"), needs_reason=True, at_once=True),
    ]

    def undecided(self):
        return self.own().unreviewed()

    decide = Waiting.decide


class Changes(Listing):
    word, title, empty = "perubahan", _("Perubahan"), _("Tidak ada perubahan yang menunggu.")
    short = _("Perubahan")
    moment, to_post = "at", "post"
    buttons = [
        Button("accept", _("Terbitkan perubahan"), "t", _("Perubahan diterbitkan")),
        Button("refuse", _("Tolak perubahan"), "x", _("Perubahan ditolak"), needs_reason=True),
    ]
    has_photo_buttons = False

    def undecided(self):
        return PostRevision.objects.waits_for(self.user)

    def context(self, row):
        return {"differences": differences(row.post, row.post.facts, row.facts), **photos_of_change(row)}

    def decide(self, row, word, *, by, reason, note):
        if word == "accept":
            row.accept(by=by, note=note)
        else:
            row.refuse(by=by, reason=reason, note=note)


class Reported(Listing):
    word, title, empty = "laporan", _("Laporan"), _("Tidak ada laporan yang menunggu.")
    short = _("Laporan")
    moment, to_post = "opened_at", "post"
    buttons = [
        Button("keep", _("Tidak melanggar"), "t", _("Tidak melanggar")),
        Button("hide", _("Sembunyikan yang dilaporkan"), "s", _("Disembunyikan"), needs_reason=True, at_once=True),
    ]
    has_photo_buttons = False

    def undecided(self):
        return FlaggedItem.objects.waits_for(self.user)

    def related(self):
        return [*super().related(), "photo", "comment__author"]

    def context(self, row):
        counted = row.flags.order_by().values("reason").annotate(number=Count("pk")).order_by("-number")
        labels = dict(row.flags.model.Reason.choices)
        return {
            "flags": [(labels[each["reason"]], each["number"]) for each in counted],
            "said": row.flags.exclude(text="")[:EARLIER],
        }

    def decide(self, row, word, *, by, reason, note):
        row.close(is_hidden=word == "hide", by=by, reason=reason, note=note)


class Contested(Listing):
    word, title, empty = "keberatan", _("Keberatan"), _("Tidak ada keberatan untuk Anda putuskan.")
    short = _("Keberatan")
    scope = _("Hanya keberatan yang Anda putuskan: atas keputusan petugas lain, bukan keputusan Anda sendiri.")
    moment, to_post = "at", "review__post"
    buttons = [
        Button("overturned", _("Batalkan keputusan"), "t", _("Keputusan dibatalkan")),
        Button("upheld", _("Pertahankan keputusan"), "x", _("Keputusan dipertahankan")),
    ]
    needing_note = ("overturned", "upheld")
    has_photo_buttons = False

    def undecided(self):
        return Appeal.objects.waits_for(self.user)

    def related(self):
        return [*super().related(), "by", "review__by", "review__photo", "review__revision"]

    def post_of(self, row):
        return row.review.post

    def is_for(self, row):
        return self.user in row.deciders()

    def context(self, row):
        revision = row.review.revision
        return {
            "appeal": row,
            "differences": differences(row.review.post, row.review.post.facts, revision.facts) if revision else (),
            **(photos_of_change(revision) if revision else {}),
        }

    def decide(self, row, word, *, by, reason, note):
        row.decide(word, by=by, note=note)


LISTINGS = {listing.word: listing for listing in (Waiting, Unreviewed, Changes, Reported, Contested)}


def photos_of_change(revision):
    """The photos as a change has them, with those that it takes away; nothing where they stay the same."""
    if revision.photos is None:
        return {}
    post = revision.post
    return {
        "photos": [(photo, desk_photo(photo)) for photo in said_by(post, revision.photos)],
        "taken_away": [(photo, desk_photo(photo)) for photo in left_out_by(post, revision.photos)],
    }


def desk_photo(photo):
    return reverse("files:own_photo", args=[photo.uuid, "1280.webp"])
