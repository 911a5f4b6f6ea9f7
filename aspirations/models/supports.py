"""Who wants the same: one voice of each account or each browser."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SupportQuerySet(models.QuerySet):
    def add(self, aspiration, *, user=None, device=""):
        """One more voice, of an account or of a browser; whether it is a new one.

        `device` is a random word that a signed cookie holds, of at most 43 letters.
        """
        voice = {"user": user} if user else {"device": device}
        with transaction.atomic():
            _voice, is_new = self.get_or_create(aspiration=aspiration, **voice)
            if is_new:
                aspiration.count_supports(reminds=True)
        return is_new

    def take_back(self, aspiration, *, user=None, device=""):
        voice = {"user": user} if user else {"device": device}
        with transaction.atomic():
            self.filter(aspiration=aspiration, **voice).delete()
            aspiration.count_supports()


class Support(models.Model):
    """Somebody says: I want this too."""

    aspiration = models.ForeignKey("aspirations.Aspiration", models.CASCADE, related_name="supports", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    device = models.CharField(max_length=43, blank=True, default="")
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("dukungan")
        verbose_name_plural = _("dukungan")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None) & ~Q(device="") | Q(user__isnull=False, device=""),
                name="support_is_of_an_account_or_a_device",
            ),
            models.UniqueConstraint(
                fields=["aspiration", "user"], condition=Q(user__isnull=False), name="support_once_by_account"
            ),
            models.UniqueConstraint(
                fields=["aspiration", "device"], condition=~Q(device=""), name="support_once_by_device"
            ),
        ]

    def __str__(self):
        return f"{self.aspiration} +1"


class Supported:
    """What supporters do to an Aspiration."""

    def count_supports(self, *, reminds=False):
        """Count voices, and those whose own was merged into it; some numbers remind its holder."""
        type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
        number = self.supports.count() + self.duplicates.count()
        type(self).objects.filter(pk=self.pk).update(support_count=number)
        self.support_count = number
        self.renew_pages()
        if reminds and number in self.REMINDING_NUMBERS and not self.is_over:
            self._tell_holder(_("%(name)s didukung makin banyak warga"), key=f"support-{self.pk}-{number}")

    def take_supports_of(self, other):
        """Those who supported what was merged into this one support this one."""
        mine = self.supports.all()
        fresh = other.supports.exclude(user__in=mine.exclude(user=None).values("user"))
        fresh.exclude(device__in=mine.exclude(device="").values("device")).update(aspiration=self)
        self.count_supports()
