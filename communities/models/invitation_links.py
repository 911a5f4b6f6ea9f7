"""Links by which a KIM takes people in: whoever has one is a member at once, until it ends or was used often enough."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.codes import new_code
from communities.models.community import Community
from communities.models.people import CLOSED_STATUSES, held, require_open
from pages.sharing import whatsapp

LASTS = timedelta(days=7)
MOST_PEOPLE = 30


def new_invitation_code():
    return new_code(10)


class InvitationLinkQuerySet(models.QuerySet):
    def usable(self):
        now = timezone.now()
        still = self.filter(ended_at=None, ends_at__gt=now, places_left__gt=0)
        return still.exclude(community__status__in=[*CLOSED_STATUSES, Community.Status.DRAFT])

    def issue(self, community, *, by):
        """A new link in place of the one before, by the chair; StepRefused for a KIM that takes nobody in."""
        with held(community, chair=by) as community:
            require_open(community)
            self.filter(community=community, ended_at=None).update(ended_at=timezone.now())
            return self.create(community=community, by=by, ends_at=timezone.now() + LASTS)

    def end(self, community, *, by):
        with held(community, chair=by) as community:
            self.filter(community=community, ended_at=None).update(ended_at=timezone.now())


class InvitationLink(models.Model):
    """A chair's word that whoever has this link may join; sent by WhatsApp, say."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="invitation_links", verbose_name=_("KIM"))
    code = models.CharField(max_length=10, unique=True, default=new_invitation_code, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    created_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(_("berlaku sampai"))
    places_left = models.PositiveSmallIntegerField(_("sisa tempat"), default=MOST_PEOPLE)
    ended_at = models.DateTimeField(_("dimatikan"), null=True)

    objects = InvitationLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tautan undangan")
        verbose_name_plural = _("tautan undangan")
        constraints = [
            models.UniqueConstraint(fields=["community"], condition=Q(ended_at=None), name="one_link_at_a_time")
        ]
        triggers = [Audited(region="community__seat", personal=["code"])]

    def __str__(self):
        return str(self.community)

    def get_absolute_url(self):
        return reverse("communities:invitation", args=[self.code])

    @property
    def url(self):
        return f"{settings.SITE_URL}{self.get_absolute_url()}"

    @property
    def whatsapp_url(self):
        """Opens WhatsApp with words that lead here."""
        words = _("Mari bergabung dengan %(kim)s: %(url)s") % {"kim": self.community.name, "url": self.url}
        return whatsapp(words)
