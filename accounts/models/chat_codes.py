"""The code by which a person shows in a chat whose account it belongs to."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.channels.channel import Channel
from accounts.codes import new_code

MINUTES = 15
# A billion of billions, of which nobody may guess more than a few.
LENGTH = 12


class ChatCodeQuerySet(models.QuerySet):
    def give(self, user, channel):
        """A new code for a chat of this channel; the person's former one is worth nothing any more."""
        facts = {"code": new_code(LENGTH), "channel": channel, "ends_at": timezone.now() + timedelta(minutes=MINUTES)}
        return self.update_or_create(user=user, defaults=facts)[0]

    def current(self):
        return self.filter(ends_at__gt=timezone.now(), user__is_active=True)

    def redeem(self, code, channel):
        """Whose code this is, which nobody can use again; None for one that is wrong or over."""
        found = self.current().filter(code=code.upper(), channel=channel).select_related("user").first()
        # Of two chats that send it at once, one gets it.
        return found.user if found and self.filter(pk=found.pk, code=found.code).delete()[0] else None

    def forget_old(self):
        self.filter(ends_at__lt=timezone.now()).delete()


class ChatCode(models.Model):
    """A code that a person reads on the portal and sends in a chat, within a quarter of an hour and once."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="chat_code")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    code = models.CharField(max_length=LENGTH, unique=True)
    ends_at = models.DateTimeField()

    objects = ChatCodeQuerySet.as_manager()

    def __str__(self):
        return f"{self.user_id} {self.channel}"

    @property
    def in_groups(self):
        """As it is read off a screen and typed."""
        return " ".join(self.code[at : at + 4] for at in range(0, LENGTH, 4))
