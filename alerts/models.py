"""WHO FOLLOWS: people, with an account or without, what they follow, and which news wait for their next message."""

import secrets
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.channels.channel import Channel
from accounts.channels.email import EMAIL
from accounts.models import Dispatch, Endpoint, User
from activities.models import Post
from activities.searching import TextQuery
from alerts.schedule import Frequency, next_due
from aspirations.models import Aspiration, AspirationStep
from bulletins.models import Bulletin
from communities.models import Community, Sector
from regions.models import ZONE_NAMES, Region

MOST_FOLLOWED = 50
# So many wait to be confirmed: anyone may ask in the name of an address, and only its owner may fill what it follows.
MOST_ASKED = 10
# Whoever did not confirm by then is forgotten.
CONFIRM_DAYS = 7
# The columns that say what somebody follows.
CHOICE = ["region_id", "community_id", "aspiration_id", "aspirations_of_id", "sector_id", "type", "words"]
NOTHING_WAITS = Q(waiting=[], waiting_steps=[])


def new_token():
    return secrets.token_urlsafe(24)


class TooMany(Exception):
    """Somebody follows as much as one may; the text is a sentence for this person."""


class SubscriberQuerySet(models.QuerySet):
    def of_user(self, user):
        """The one of an account, made where there is none; what its e-mail address followed before comes along."""
        found = self.filter(user=user).first()
        if found:
            return found
        with transaction.atomic():
            self.filter(email__iexact=user.email).update(user=user, email="")
            return self.get_or_create(user=user)[0]

    def of_email(self, email):
        """The one of an e-mail address, which may be that of an account."""
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        return self.of_user(user) if user else self.get_or_create(email=email.lower())[0]

    def of_phone(self, endpoint):
        """The one of a telephone, or of the account it is linked to, which then is told there."""
        facts = {"channel": endpoint.channel, "zone": endpoint.zone}
        if endpoint.user is None:
            return self.get_or_create(endpoint=endpoint, defaults=facts)[0]
        subscriber = self.of_user(endpoint.user)
        subscriber.change(subscriber.frequency, endpoint.channel)
        for former in self.filter(endpoint=endpoint):
            subscriber.take_over(former)
        return subscriber

    def due(self):
        """Those with news whose time has come, the longest wait first.

        Where an earlier message could not leave yet, all waits for one: what is hidden meanwhile is then left out.
        """
        due = self.filter(due_at__lte=timezone.now()).exclude(NOTHING_WAITS)
        return due.exclude(channel__in=Dispatch.objects.stuck()).order_by("due_at", "pk")

    def forget_unconfirmed(self):
        """Those without an account who confirmed nothing in time, or stopped everything."""
        long_ago = timezone.now() - timedelta(days=CONFIRM_DAYS)
        Subscription.objects.filter(confirmed_at=None, asked_at__lt=long_ago).delete()
        self.filter(user=None, subscriptions=None, created_at__lt=long_ago).delete()


class Subscriber(models.Model):
    """Somebody who follows: an account, an e-mail address, or a browser on a telephone. One message for all choices."""

    user = models.OneToOneField(User, models.CASCADE, null=True, related_name="subscriber", verbose_name=_("pengguna"))
    email = models.EmailField(_("surel"), blank=True)
    endpoint = models.OneToOneField(
        Endpoint, models.CASCADE, null=True, related_name="subscriber", verbose_name=_("tujuan kabar")
    )
    channel = models.CharField(_("dikirim lewat"), max_length=10, choices=Channel.choices, default=EMAIL)
    frequency = models.CharField(_("seberapa sering"), max_length=8, choices=Frequency, default=Frequency.AT_ONCE)
    # By whose mornings it is told.
    zone = models.CharField(max_length=20, choices=list(ZONE_NAMES.items()), default="Asia/Jakarta")
    # Whoever has it may change everything here: it stands in each message.
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    # The posts, and the steps of aspirations, that the next message tells of, the newest first, and the moment from
    # which it may leave.
    waiting = ArrayField(models.BigIntegerField(), default=list, editable=False)
    waiting_steps = ArrayField(models.BigIntegerField(), default=list, editable=False)
    due_at = models.DateTimeField(_("kiriman berikutnya"), default=timezone.now)
    created_at = models.DateTimeField(_("sejak"), auto_now_add=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengikut")
        verbose_name_plural = _("pengikut")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="", endpoint=None)
                | Q(user=None, endpoint=None) & ~Q(email="")
                | Q(user=None, email="", endpoint__isnull=False),
                name="subscriber_is_somebody",
            ),
            models.UniqueConstraint(
                models.functions.Lower("email"), condition=~Q(email=""), name="subscriber_email_once"
            ),
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=~NOTHING_WAITS, name="subscriber_due")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def manage_path(self):
        return reverse("alerts:manage", args=[self.token])

    # Verbs

    def follow(self, choice, *, confirmed):
        """Follow what is chosen, at once or after the e-mail address was confirmed; TooMany beyond what one may.

        `choice` holds columns of Subscription. Once is enough: what is followed already stays as it is.
        """
        with transaction.atomic():
            Subscriber.objects.select_for_update().get(pk=self.pk)
            found = self.subscriptions.filter(**choice).first()
            if found is None:
                found = Subscription(subscriber=self, **choice)
                found.settle_query()
                found.save()
            if confirmed:
                found.confirm()
            else:
                self.forget_asked()
        return found

    def forget_asked(self):
        """Of what nobody confirmed, keep the last that somebody asked for."""
        asked = self.subscriptions.filter(confirmed_at=None).order_by("-asked_at", "-pk")
        self.subscriptions.filter(pk__in=[row.pk for row in asked[MOST_ASKED:]]).delete()

    def live_by(self, zone):
        """Its mornings are those of the first place it follows."""
        if zone and self.subscriptions.confirmed().count() == 1:
            self.zone = zone
            self.save(update_fields=["zone"])

    def change(self, frequency, channel=None):
        """From now on as often, by this channel; what waits is told at the new hour."""
        self.frequency, self.channel = frequency, channel or self.channel
        self.due_at = next_due(frequency, self.zone, timezone.now())
        self.save(update_fields=["frequency", "channel", "due_at"])

    def take_over(self, former):
        """Follow what another did, who was the same person all along; that one is no more."""
        for choice in former.subscriptions.values(*CHOICE):
            self.follow(choice, confirmed=True)
        former.delete()

    def stop(self, subscription=None):
        """Follow this no more, or nothing; who follows nothing and has no account is forgotten."""
        with transaction.atomic():
            stopped = self.subscriptions.filter(pk=subscription) if subscription else self.subscriptions.all()
            stopped.delete()
            if not self.subscriptions.exists():
                Subscriber.objects.filter(pk=self.pk).update(waiting=[], waiting_steps=[])
                Subscriber.objects.filter(pk=self.pk, user=None).delete()


TARGETS = ["region", "community", "aspiration", "aspirations_of"]
FOLLOW_SUCCESSORS = """
WITH former AS (
    DELETE FROM alerts_subscription AS chosen USING communities_community AS kim
    WHERE chosen.community_id = kim.id AND kim.merged_into_id IS NOT NULL AND chosen.confirmed_at IS NOT NULL
    RETURNING chosen.subscriber_id, kim.merged_into_id AS community_id, chosen.asked_at, chosen.confirmed_at
)
INSERT INTO alerts_subscription (subscriber_id, community_id, type, words, query, asked_at, confirmed_at)
SELECT subscriber_id, community_id, '', '', '', min(asked_at), min(confirmed_at)
FROM former GROUP BY subscriber_id, community_id
ON CONFLICT ON CONSTRAINT subscription_once
DO UPDATE SET confirmed_at = least(alerts_subscription.confirmed_at, excluded.confirmed_at)
"""


def targets_only(name):
    """A condition: of the TARGETS this one is named, and no other."""
    return Q(**{f"{other}__isnull": other != name for other in TARGETS})


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def for_list(self):
        """What a line of the list names, the newest first."""
        return self.select_related(*TARGETS, "community__merged_into", "sector").order_by("-pk")

    def settle_queries(self):
        """Work out anew what PostgreSQL looks for, for words of another edition; how many there were."""
        number = 0
        for row in self.exclude(words="").iterator():
            before = row.query
            row.settle_query()
            if row.query != before:
                number += self.filter(pk=row.pk, query=before).update(query=row.query)
        return number

    settle_queries.alters_data = True

    def follow_successors(self):
        """Whoever followed a KIM that was merged follows the one it became; who did already follows it once."""
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW_SUCCESSORS)
            while cursor.rowcount:  # the successor may have been merged too
                cursor.execute(FOLLOW_SUCCESSORS)


class Subscription(models.Model):
    """One thing that somebody follows: a KIM; an aspiration; what residents of a region propose, perhaps in a sector;
    or the posts of a region, perhaps a sector, a type, some words of them alone.
    """

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions", db_index=False)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("wilayah")
    )
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, related_name="subscriptions", db_index=False, verbose_name=_("KIM")
    )
    aspiration = models.ForeignKey(
        Aspiration, models.CASCADE, null=True, related_name="+", db_index=False, verbose_name=_("usulan")
    )
    aspirations_of = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("usulan warga di")
    )
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("bidang")
    )
    type = models.CharField(_("jenis"), max_length=12, choices=Post.Type, blank=True)
    words = models.CharField(_("kata-kata"), max_length=100, blank=True)
    # What PostgreSQL looks for, worked out from the words as the search page does.
    query = models.TextField(blank=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("hal yang diikuti")
        verbose_name_plural = _("hal yang diikuti")
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", *TARGETS, "sector", "type", "words"],
                nulls_distinct=False,
                name="subscription_once",
            ),
            models.CheckConstraint(
                condition=targets_only("region")
                | targets_only("community") & Q(sector=None, type="", words="")
                | targets_only("aspiration") & Q(sector=None, type="", words="")
                | targets_only("aspirations_of") & Q(type="", words=""),
                name="subscription_has_one_target",
            ),
        ]
        indexes = [
            models.Index(fields=["region"], condition=Q(confirmed_at__isnull=False), name="subscription_region"),
            models.Index(fields=["community"], condition=Q(confirmed_at__isnull=False), name="subscription_community"),
            models.Index(fields=["aspiration"], condition=Q(aspiration__isnull=False), name="subscription_aspiration"),
            models.Index(
                fields=["aspirations_of"], condition=Q(aspirations_of__isnull=False), name="subscription_of_region"
            ),
            models.Index(fields=["query"], condition=~Q(query=""), name="subscription_query"),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """What is followed, in words: "Kabupaten Kutai Kartanegara · kesehatan · “posyandu”"."""
        if kim := self.kim:
            return kim.name if kim.is_standing else f"{kim.name} · {kim.get_status_display()}"
        if self.aspiration:
            return str(self.aspiration) if self.aspiration.is_public else _("Usulan yang tidak ditampilkan lagi")
        return " · ".join([self.place_label, *map(str, self.narrowed_to)])

    @property
    def label_for_strangers(self):
        """The same in words of the portal alone, for an address that may be somebody's who never asked."""
        if kim := self.kim:
            return _("sebuah KIM di %(place)s") % {"place": kim.seat.full_name}
        if self.aspiration:
            return _("usulan %(code)s") % {"code": self.aspiration.code}
        own = [self.sector and self.sector.name, self.type and self.get_type_display()]
        return " · ".join(str(part) for part in [self.place_label, *own] if part)

    @property
    def kim(self):
        """The one whose news come; None where none is followed."""
        return self.community and self.community.successor

    @property
    def is_there(self):
        """Whether there may be news of it: a KIM stands, an aspiration is for everyone to read."""
        if self.kim:
            return self.kim.is_standing
        return not self.aspiration or self.aspiration.is_public

    @property
    def place_label(self):
        if self.aspirations_of:
            return _("Usulan warga di %(place)s") % {"place": self.aspirations_of.full_name}
        return self.region.full_name

    @property
    def narrowed_to(self):
        words = self.words and f"“{self.words}”"
        return filter(None, [self.sector and self.sector.name, self.type and self.get_type_display(), words])

    @property
    def query_string(self):
        """The choice as lists and the search understand it."""
        place = self.region or self.aspirations_of
        region = place if place and place.level else None
        chosen = {
            "q": self.words,
            "wilayah": region and region.code,
            "bidang": self.sector and self.sector.slug,
            "jenis": self.type,
        }
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def path(self):
        """Where it is read; empty for an aspiration that nobody reads any more."""
        if self.aspiration and not self.aspiration.is_public:
            return ""
        if target := self.kim or self.aspiration:
            return target.get_absolute_url()
        if self.aspirations_of:
            return f"{reverse('aspirations:list')}?{self.query_string}"
        if self.region.level and self.query_string == f"wilayah={self.region.code}":
            return self.region.get_absolute_url()
        return f"{reverse('search' if self.words else 'activities:list')}?{self.query_string}"

    @property
    def feed_path(self):
        """For programs that read feeds; empty for an aspiration, which has none."""
        if self.aspiration:
            return ""
        if self.kim:
            return reverse("files:feed_community", args=[self.kim.slug])
        if self.aspirations_of:
            place = self.aspirations_of
            parts = ("feed_region", [place.code]) if place.level else ("feed", [])
            return reverse(f"aspiration_files:{parts[0]}", args=parts[1])
        if self.region and self.query_string == f"wilayah={self.region.code}":
            return reverse("files:feed_region", args=[self.region.code])
        return f"{reverse('search_feed' if self.words else 'files:feed')}?{self.query_string}"

    @property
    def zone(self):
        place = self.region or self.aspirations_of
        place = place or (self.aspiration.place if self.aspiration else self.kim.seat)
        return place.zone.key if place.level else None

    # Verbs

    def settle_query(self):
        """Work out what PostgreSQL looks for."""
        if self.words:
            self.query = TextQuery(self.words).tsquery(around=True)

    def confirm(self):
        """From now on; a second time changes nothing. TooMany beyond what one may."""
        with transaction.atomic():
            Subscriber.objects.select_for_update().get(pk=self.subscriber_id)
            asked = Subscription.objects.filter(pk=self.pk, confirmed_at=None)
            if not asked.update(confirmed_at=timezone.now()):
                return
            if self.subscriber.subscriptions.confirmed().count() > MOST_FOLLOWED:
                sentence = _("Anda sudah mengikuti %(number)s hal. Berhentilah dahulu dari salah satunya.")
                raise TooMany(sentence % {"number": MOST_FOLLOWED})
            self.subscriber.live_by(self.zone)


class AnnouncedPost(models.Model):
    """A post that was looked at for those who follow: told of once, however often it is hidden and shown again."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name = _("kegiatan yang sudah dikabarkan")
        verbose_name_plural = _("kegiatan yang sudah dikabarkan")

    def __str__(self):
        return str(self.pk)


class AnnouncedStep(models.Model):
    """A step of an aspiration that was looked at for those who follow: told of once."""

    step = models.OneToOneField(AspirationStep, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name = _("langkah usulan yang sudah dikabarkan")
        verbose_name_plural = _("langkah usulan yang sudah dikabarkan")

    def __str__(self):
        return str(self.pk)


class AnnouncedWarning(models.Model):
    """How far those who follow its regions were told of a warning, or that it was recalled: each of them once."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="announced", db_index=False)
    is_recall = models.BooleanField(default=False)
    # The key of the last subscriber who was told; and when all of them were.
    told_to = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("peringatan yang sudah dikabarkan")
        verbose_name_plural = _("peringatan yang sudah dikabarkan")
        constraints = [models.UniqueConstraint(fields=["bulletin", "is_recall"], name="warning_announced_once")]
        indexes = [models.Index(fields=["id"], condition=Q(told_at=None), name="warning_to_announce")]

    def __str__(self):
        return str(self.pk)
