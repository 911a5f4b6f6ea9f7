"""Which other systems are told what happens in a region, and what became of each message to them.

A message is a row written in the transaction of what it tells of, with nothing but whom it is about; what it says is
asked when it leaves (accounts.webhook_events). accounts.webhook_sending sends them, signed as Standard Webhooks says.
"""

import hmac
import json
import secrets
import uuid
from base64 import b64decode, b64encode
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.decisions import StepRefused
from accounts.duties import WEBHOOKS
from accounts.models.connections import Connection, ConnectionQuerySet
from accounts.models.notices import Notice
from accounts.models.people import OfficerAssignment
from accounts.notices import CONNECTION
from accounts.webhook_events import WebhookEvent, subject
from pages.sentences import said
from regions.finding import lies_in

PREFIX, SECRET_BYTES = "whsec_", 32
BOTH_VALID = timedelta(days=1)
# As the specification proposes: ten attempts in three days.
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
RETRIES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
# After so many, eight hours, whoever looks after it is told.
MANY_ATTEMPTS = 6
# Whoever lets us wait longer than this comes after those who do not.
PATIENCE = 2
KEPT = timedelta(days=30)
TEST = "webhook.test"


def new_secret():
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret, identity, seconds, body):
    """https://www.standardwebhooks.com: HMAC-SHA256 of identity, moment and body."""
    signed = f"{identity}.{seconds}.".encode() + body
    digest = hmac.digest(b64decode(secret.removeprefix(PREFIX)), signed, "sha256")
    return f"v1,{b64encode(digest).decode()}"


class WebhookQuerySet(ConnectionQuerySet):
    def note(self, event, *rows):
        """Let those who want it know of this event, of rows `(pk, region)`; one query where nobody wants it."""
        wanting = list(self.on().filter(events__contains=[event]).select_related("region").order_by("pk"))
        WebhookMessage.objects.bulk_create(
            WebhookMessage(webhook=webhook, event=event, row=pk)
            for webhook in wanting
            for pk, region in rows
            if lies_in(region, webhook.region)
        )


class Webhook(Connection):
    """An address of another system, and the events of a region that an officer lets it know."""

    url = models.CharField(_("alamat penerima"), max_length=500)
    events = ArrayField(models.CharField(max_length=30), verbose_name=_("peristiwa"))
    secret = models.CharField(max_length=60, default=new_secret, editable=False)
    # The one before it, with which messages are signed as well until then.
    former_secret = models.CharField(max_length=60, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    # When it was last asked, of one that let us wait; empty for one that answers at once.
    slow_at = models.DateTimeField(null=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("sambungan sistem lain")
        verbose_name_plural = _("sambungan sistem lain")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "url"],
                name="webhook_once",
                violation_error_message=_("Alamat itu sudah terdaftar untuk wilayah ini."),
            )
        ]
        triggers = [Audited(region="region", personal=["url", "secret", "former_secret"], ignored=["slow_at"])]

    @property
    def desk_path(self):
        return reverse("admin:accounts_webhook_change", args=[self.pk])

    def signatures(self, identity, seconds, body):
        """By each secret that is valid now."""
        valid = [self.secret]
        if self.former_until and self.former_until > timezone.now():
            valid.append(self.former_secret)
        return " ".join(signature(secret, identity, seconds, body) for secret in valid)

    # Verbs

    def renew_secret(self, *, by):
        """Another secret; the one before stays valid for a day beside it."""
        self._require(by)
        Webhook.objects.filter(pk=self.pk).update(
            former_secret=F("secret"), former_until=timezone.now() + BOTH_VALID, secret=new_secret()
        )
        self.refresh_from_db()

    def send_test(self, *, by):
        """The message that says nothing but that it is one."""
        self._require(by)
        self._require_on(True)
        return self.messages.create(event=TEST, row=self.pk)

    def send_failed_again(self, *, by):
        """What failed for good gets all its attempts once more, in the order in which it happened."""
        self._require(by)
        self._require_on(True)
        if not self.messages.failed().wait_again():
            raise StepRefused(_("Tidak ada kiriman yang gagal."))

    def note_wait(self, seconds):
        """Remember whether it lets us wait."""
        is_slow = seconds > PATIENCE
        if is_slow or self.slow_at:
            Webhook.objects.filter(pk=self.pk).update(slow_at=timezone.now() if is_slow else None)

    def switch_off(self, *, by=None):
        """Nothing is sent there any more, neither what waits; by nobody where the other side says that it is gone."""
        if by:
            self._require(by)
        with transaction.atomic():
            if not Webhook.objects.on().filter(pk=self.pk).update(disabled_at=timezone.now()):
                self._require_on(True)
            # Those that are just being sent end by themselves.
            waiting = self.messages.waiting().select_for_update(skip_locked=True).values("pk")
            WebhookMessage.objects.filter(pk__in=waiting).update(
                state=WebhookMessage.State.FAILED, ended_at=timezone.now(), answer=_("Sambungan dimatikan.")
            )
            if by is None:
                self._tell(said(_("%(name)s menjawab bahwa alamatnya tidak ada lagi, dan dimatikan"), name=self.name))
        self.refresh_from_db()

    def switch_on(self, *, by):
        self._require(by)
        self._require_on(False)
        Webhook.objects.filter(pk=self.pk).update(disabled_at=None)
        self.refresh_from_db()

    def tell_of_silence(self, answer):
        """Tell those who look after it, once a day, that it takes nothing."""
        title = said(_("%(name)s tidak menerima kiriman portal"), name=self.name)
        self._tell(title, answer, key=f"webhook-{self.pk}-{timezone.localdate()}")

    def _tell(self, title, text="", key=""):
        responsible = OfficerAssignment.objects.responsible(self.region, WEBHOOKS)
        people = [assignment.user for assignment in responsible]
        Notice.objects.tell(people, CONNECTION, title, text, path=self.desk_path, key=key)

    def _require(self, by):
        if not self.decided_by(by):
            raise StepRefused(_("Sambungan ini diurus petugas wilayahnya."))

    def _require_on(self, is_on):
        self.refresh_from_db()
        if self.is_on != is_on:
            raise StepRefused(_("Sambungan ini sudah dihidupkan atau dimatikan orang lain."))


class WebhookMessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=WebhookMessage.State.WAITING)

    def failed(self):
        return self.filter(state=WebhookMessage.State.FAILED)

    def next(self, *, without=()):
        """The next that is due, locked, of systems other than these; None when nothing is.

        The one that is due for longest; of systems that let us wait one after the other, when no other has any.
        """
        due = self.waiting().filter(due_at__lte=timezone.now(), webhook__disabled_at=None).exclude(webhook__in=without)
        in_turn = F("webhook__slow_at").asc(nulls_first=True)
        rows = due.order_by(in_turn, "due_at", "pk").select_related("webhook__region")
        return rows.select_for_update(skip_locked=True, of=("self",)).first()

    def wait_again(self):
        """Begin anew with these, as if they had just happened; how many they are."""
        return self.update(state=WebhookMessage.State.WAITING, attempts=0, due_at=timezone.now(), ended_at=None)

    def forget_old(self):
        self.filter(created_at__lt=timezone.now() - KEPT).delete()


class WebhookMessage(models.Model):
    """One event on its way to one system, under an identity that stays the same however often it is tried."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        SENT = "sent", _("terkirim")
        FAILED = "failed", _("gagal")
        # What it was to tell is not public any more.
        DROPPED = "dropped", _("tidak jadi: tidak lagi tampil untuk umum")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages", verbose_name=_("sistem"))
    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(_("peristiwa"), max_length=30)
    row = models.BigIntegerField(editable=False)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    answer = models.CharField(_("jawaban terakhir"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("terjadi"), auto_now_add=True)
    due_at = models.DateTimeField(_("dikirim paling cepat"), default=timezone.now)
    ended_at = models.DateTimeField(_("selesai"), null=True)

    objects = WebhookMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiriman ke sistem lain")
        verbose_name_plural = _("kiriman ke sistem lain")
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="webhook_message_waiting")]

    def __str__(self):
        return f"msg_{self.identity.hex}"

    @property
    def desk_path(self):
        return reverse("admin:accounts_webhookmessage_change", args=[self.pk])

    @property
    def event_name(self):
        """In words, also of an event that no release knows any more."""
        if self.event == TEST:
            return str(_("Kiriman percobaan"))
        return str(WebhookEvent.known[self.event].label) if self.event in WebhookEvent.known else self.event

    @property
    def is_failed(self):
        return self.state == self.State.FAILED

    def decided_by(self, user):
        return self.webhook.decided_by(user)

    def body(self):
        """What it says, of what is public at this moment; None when that is nothing any more."""
        if self.event == TEST:
            data = subject(self.row, self.webhook.region, url=settings.SITE_URL, title=str(_("Kiriman percobaan")))
        else:
            data = WebhookEvent.known[self.event].told(self.row) if self.event in WebhookEvent.known else None
        if data is None:
            return None
        told = {"type": self.event, "timestamp": self.created_at.isoformat(), "data": data}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

    # Verbs

    def end(self, state, answer=""):
        self._now(state=state, ended_at=timezone.now(), answer=answer, attempts=F("attempts") + 1)

    def fail(self, answer):
        """Try again later, each time after a longer while; after the last it is kept, with why, for an officer."""
        if self.attempts + 1 in (MANY_ATTEMPTS, len(RETRIES) + 1):
            self.webhook.tell_of_silence(answer)
        if self.attempts >= len(RETRIES):
            self.end(self.State.FAILED, answer)
        else:
            due_at = timezone.now() + RETRIES[self.attempts]
            self._now(due_at=due_at, answer=answer, attempts=F("attempts") + 1)

    def send_again(self, *, by):
        """What failed for good gets all its attempts once more."""
        self.webhook._require(by)
        self.webhook._require_on(True)
        if not WebhookMessage.objects.failed().filter(pk=self.pk).wait_again():
            raise StepRefused(_("Kiriman ini tidak gagal, atau sudah dikirim lagi."))
        self.refresh_from_db()

    def _now(self, **facts):
        WebhookMessage.objects.filter(pk=self.pk).update(**facts)
