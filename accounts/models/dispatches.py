"""What is on its way out of the portal: to whom, by which channel, and what became of it."""

from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.channels.channel import Channel, Message
from accounts.channels.email import EMAIL
from accounts.notices import NoticeKind
from accounts.quiet_hours import morning_after
from accounts.stopping import stop_path
from pages.row_urls import in_site_language
from regions.models import ZONE_NAMES

RETRY_MINUTES = [1, 5, 15, 60, 240]
STUCK_MINUTES = 10
WAITING = Q(sent_at=None, given_up_at=None)


class Letter(NamedTuple):
    """What `write_many` writes: the columns of a Dispatch."""

    channel: str
    address: str
    title: str
    text: str
    path: str
    stop_path: str
    urgency: int


COPY_LETTERS = f"COPY accounts_dispatch ({', '.join(Letter._fields)}, created_at, due_at, attempts) FROM STDIN"


class MutedKindQuerySet(models.QuerySet):
    def mute(self, user, kind, channel=EMAIL):
        """Nothing of this kind leaves by this channel any more, neither what waits already."""
        self.get_or_create(user=user, kind=kind, channel=channel)
        waiting = Dispatch.objects.filter(WAITING, notice__user=user, notice__kind=kind, channel=channel)
        waiting.update(given_up_at=timezone.now())

    def unmute(self, user, kind, channel=EMAIL):
        self.filter(user=user, kind=kind, channel=channel).delete()


class MutedKind(models.Model):
    """A kind of notice that a person does not want by a channel; the inbox shows it all the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_kinds", db_index=False)
    kind = models.CharField(max_length=14, choices=NoticeKind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=EMAIL, db_default=EMAIL)

    objects = MutedKindQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="muted_once")]

    def __str__(self):
        return self.get_kind_display()


class EndpointQuerySet(models.QuerySet):
    def link(self, channel, address, *, user=None, keys=None, zone=None):
        """From now on this person, or nobody known, is reached there; who was before is not any more."""
        facts = {"user": user, "keys": keys or {}, "zone": zone if zone in ZONE_NAMES else settings.TIME_ZONE}
        endpoint, _is_new = self.update_or_create(channel=channel, address=address, defaults=facts)
        return endpoint


class Endpoint(models.Model):
    """Where a channel other than e-mail reaches somebody: a browser on a telephone, a chat."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="endpoints", verbose_name=_("milik")
    )
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("tujuan"), max_length=500)
    # What the channel needs besides, such as the keys of a browser.
    keys = models.JSONField(default=dict, editable=False)
    # By whose nights it is silent.
    zone = models.CharField(
        _("zona waktu"), max_length=20, choices=list(ZONE_NAMES.items()), default=settings.TIME_ZONE
    )
    linked_at = models.DateTimeField(_("disambungkan"), auto_now_add=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("tujuan kabar")
        verbose_name_plural = _("tujuan kabar")
        constraints = [models.UniqueConstraint(fields=["channel", "address"], name="endpoint_once")]

    def __str__(self):
        return self.get_channel_display()


class DispatchQuerySet(models.QuerySet):
    def spread(self, notices, kind, *, urgency):
        """Send these notices, all of one kind, by each channel their people have and did not mute for it."""
        users = {notice.user_id: notice.user for notice in notices}
        muted = set(MutedKind.objects.filter(user__in=users, kind=kind).values_list("user", "channel"))
        endpoints = Endpoint.objects.filter(user__in=users, channel__in=Channel.in_use())
        ways = {pk: [(EMAIL, user.email)] for pk, user in users.items()}
        for pk, channel, address in endpoints.values_list("user", "channel", "address"):
            ways[pk].append((channel, address))
        self.bulk_create(
            [
                Dispatch(notice=notice, channel=channel, address=address, urgency=urgency)
                for notice in notices
                for channel, address in ways[notice.user_id]
                if (notice.user_id, channel) not in muted
            ],
            ignore_conflicts=True,
        )

    def write_to(self, email, title, text, *, path="", **more):
        """An e-mail to somebody who may not have an account."""
        words = {"title": one_line(title), "text": text, "path": in_site_language(path)}
        return self.create(channel=EMAIL, address=email, **words, **more)

    def write_many(self, letters):
        """Letters that are nobody's notices, by COPY: for thousands, an object of a model each would cost most."""
        now = timezone.now()
        with connection.cursor() as cursor, cursor.copy(COPY_LETTERS) as copy:
            for letter in letters:
                copy.write_row((*letter, now, now, 0))

    def waiting(self):
        """What has yet to leave, and may be tried now."""
        return self.filter(WAITING, due_at__lte=timezone.now())

    def stuck(self):
        """The channels whose messages to many nobody came to try for a while: the service is away, or not done yet.

        One that was tried and refused says nothing about the channel.
        """
        a_while_ago = timezone.now() - timedelta(minutes=STUCK_MINUTES)
        late = self.waiting().filter(urgency=Dispatch.Urgency.BULK, attempts=0, created_at__lt=a_while_ago)
        return [channel for channel in Channel.in_use() if late.filter(channel=channel).exists()]

    def next_by(self, channel):
        """The one to leave next by this channel, locked; None when nothing waits."""
        for urgency in Dispatch.Urgency:
            waiting = self.waiting().filter(channel=channel, urgency=urgency).order_by("due_at", "pk")
            found = waiting.select_for_update(skip_locked=True).first()
            if found:
                return found
        return None


class Dispatch(models.Model):
    """One message on its way to one endpoint: a notice, or a letter that is nobody's notice, with words of its own.

    It is written in the transaction of what it tells of; accounts.outbox sends it.
    """

    class Urgency(models.IntegerChoices):
        # Somebody is in danger, or waits for it at this moment.
        URGENT = 0, _("segera")
        NORMAL = 1, _("biasa")
        # What leaves after all others: a digest.
        BULK = 2, _("banyak")

    notice = models.ForeignKey(
        "accounts.Notice", models.CASCADE, null=True, related_name="dispatches", db_index=False, verbose_name=_("kabar")
    )
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("tujuan"), max_length=500)
    title = models.CharField(_("judul"), max_length=150, blank=True)
    text = models.TextField(_("isi"), blank=True)
    path = models.CharField(_("alamat halaman"), max_length=200, blank=True)
    stop_path = models.CharField(_("alamat untuk berhenti"), max_length=200, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urutan"), choices=Urgency, default=Urgency.NORMAL)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    due_at = models.DateTimeField(_("dikirim paling cepat"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    sent_at = models.DateTimeField(_("terkirim"), null=True)
    given_up_at = models.DateTimeField(_("tidak dikirim lagi"), null=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiriman")
        verbose_name_plural = _("kiriman")
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel", "address"], name="dispatch_once"),
            models.CheckConstraint(
                condition=Q(notice=None) & ~Q(title="") | Q(notice__isnull=False, title=""),
                name="dispatch_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "urgency", "due_at", "id"], condition=WAITING, name="dispatch_waiting")
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.pk}"

    @property
    def is_urgent(self):
        return self.urgency == self.Urgency.URGENT

    @property
    def endpoint(self):
        """Where it goes; None for what was unlinked meanwhile. To an e-mail address it goes as it stands."""
        if self.channel == EMAIL:
            return Endpoint(channel=EMAIL, address=self.address)
        return Endpoint.objects.filter(channel=self.channel, address=self.address).first()

    @property
    def message(self):
        if self.notice is None:
            return self.letter
        notice = self.notice
        # By the inbox, which then knows that it was read.
        path = reverse("notice_open", args=[notice.pk]) if notice.path else ""
        stop = stop_path(notice.user_id, notice.kind) if notice.may_be_muted and self.channel == EMAIL else ""
        words = Message(f"kabar-{notice.pk}", notice.title, notice.text, is_urgent=self.is_urgent)
        return words._replace(url=whole(path), stop_url=whole(stop))

    @property
    def letter(self):
        words = Message(f"surat-{self.pk}", self.title, self.text, is_urgent=self.is_urgent)
        return words._replace(url=whole(self.path), stop_url=whole(self.stop_path))

    @property
    def is_too_old(self):
        return self.created_at < timezone.now() - Channel.named(self.channel).keeps

    def until_morning(self, endpoint):
        """When the night is over that this must not disturb; None where it may leave at once."""
        if self.is_urgent or not Channel.named(self.channel).rings:
            return None
        return morning_after(timezone.now(), ZoneInfo(endpoint.zone))

    # Verbs

    def mark_sent(self):
        """Of a letter it stays known that it left, no longer to whom and with what words."""
        forgotten = {} if self.notice_id else {"address": "", "text": ""}
        Dispatch.objects.filter(pk=self.pk).update(sent_at=timezone.now(), **forgotten)

    def give_up(self):
        Dispatch.objects.filter(pk=self.pk).update(given_up_at=timezone.now())

    def wait_until(self, moment):
        Dispatch.objects.filter(pk=self.pk).update(due_at=moment)

    def try_later(self, seconds=0):
        """A little later, and after each attempt a little more; after so many `seconds` at least."""
        minutes = RETRY_MINUTES[min(self.attempts, len(RETRY_MINUTES) - 1)]
        due_at = timezone.now() + max(timedelta(minutes=minutes), timedelta(seconds=seconds))
        Dispatch.objects.filter(pk=self.pk).update(attempts=self.attempts + 1, due_at=due_at)


def one_line(title):
    """A title becomes the subject of an e-mail: no line break, and no longer than a phone shows."""
    return " ".join(title.split())[:150]


def whole(path):
    return settings.SITE_URL + path if path else ""
