"""What people send to the bots of the portal: each message once, in the order of writing, and the draft it grows."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.channels.channel import Channel
from accounts.models import Endpoint
from activities.models.photos import Photo
from activities.models.posts import Post
from communities.models import Community

# A draft that nobody goes on with by chat for so long is one like all others.
IDLE_DAYS = 30
MOST_ATTEMPTS = 4
UNDONE = Q(done_at=None)
UNSAID = Q(answered_at=None) & ~Q(answer="")


class ChatQuerySet(models.QuerySet):
    def with_work(self, channels):
        """Those of these channels in which something waits to be taken up, or to be said."""
        now = timezone.now()
        waiting = ChatUpdate.objects.filter(UNDONE, due_at__lte=now) | ChatUpdate.objects.filter(
            UNSAID, due_at__lte=now
        )
        return self.filter(pk__in=waiting.values("chat"), channel__in=channels)

    def forget_idle(self):
        """Chats that nobody goes on with, and what was written there however it ended."""
        long_ago = timezone.now() - timedelta(days=IDLE_DAYS)
        ChatUpdate.objects.filter(received_at__lt=long_ago).delete()
        self.filter(updates=None, updated_at__lt=long_ago).delete()


class Chat(models.Model):
    """One chat with a bot of the portal: the draft that grows there, and what was asked last."""

    class Asked(models.TextChoices):
        NOTHING = "", ""
        COMMUNITY = "community", "KIM"
        WORDS = "words", "keterangan foto"
        DUTIES = "duties", "tugas"

    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=100)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    community = models.ForeignKey(Community, models.SET_NULL, null=True, related_name="+", db_index=False)
    asked = models.CharField(max_length=10, choices=Asked, blank=True, default="")
    # Only what was written later answers it.
    asked_at_order = models.BigIntegerField(default=0)
    asked_photo = models.ForeignKey(Photo, models.SET_NULL, null=True, related_name="+")
    # Up to where the last draft went: what was written before and comes later belongs to no other.
    closed_order = models.BigIntegerField(default=0)
    # What the draft said when it last grew here: where it says something else, its writer wrote on it elsewhere.
    version = models.CharField(max_length=16, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    objects = ChatQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "address"], name="chat_once")]

    def __str__(self):
        return f"{self.channel} {self.pk}"

    @property
    def endpoint(self):
        return Endpoint.objects.filter(channel=self.channel, address=self.address).select_related("user").first()

    @property
    def user(self):
        """Whose account it is linked to; None for nobody's."""
        endpoint = self.endpoint
        return endpoint.user if endpoint and endpoint.user and endpoint.user.is_active else None

    def link(self, user, zone):
        self.forget()
        self.community = None
        Endpoint.objects.link(self.channel, self.address, user=user, zone=zone)

    def unlink(self):
        self.forget()
        self.community = None
        Endpoint.objects.filter(channel=self.channel, address=self.address).delete()

    def ask(self, asked, order, photo=None):
        self.asked, self.asked_at_order, self.asked_photo = asked, order, photo

    def forget(self, order=0):
        """Nothing grows here any more; a draft that does is left where it is."""
        self.post, self.version = None, ""
        self.closed_order = max(self.closed_order, order)
        self.ask(self.Asked.NOTHING, order)


class ChatUpdateQuerySet(models.QuerySet):
    def older_than(self, limit):
        """What was written before this moment, but for what a draft still grows from."""
        growing = Chat.objects.filter(post__isnull=False).values("post")
        return self.filter(received_at__lt=limit).exclude(post__in=growing)


class ChatUpdate(models.Model):
    """What a bot was told once: words or a photo, where it went, and what is answered."""

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="updates", db_index=False)
    # By what its service calls it: sent again it is the same.
    update_id = models.CharField(max_length=200)
    message_id = models.CharField(max_length=200)
    # Later messages have larger ones.
    order = models.BigIntegerField()
    text = models.TextField(blank=True)
    file_id = models.CharField(max_length=300, blank=True)
    album = models.CharField(max_length=100, blank=True)
    replies_to = models.CharField(max_length=200, blank=True)
    # Of a message that was mended: when, as its service counts; of any other 0.
    edited = models.BigIntegerField(default=0)
    # It is something that no draft can hold: a sound, a place.
    is_other = models.BooleanField(default=False)
    # It waits until its writer says for which KIM.
    is_held = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(blank=True)
    # Under which message it is answered.
    quotes = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = ChatUpdateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chat", "update_id"], name="chat_update_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=UNDONE | UNSAID, name="chat_update_waiting"),
            models.Index(fields=["received_at"], name="chat_update_received"),
        ]
        ordering = ["order", "pk"]

    def __str__(self):
        return self.update_id

    @property
    def is_last_attempt(self):
        return self.attempts >= MOST_ATTEMPTS
