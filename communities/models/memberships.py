"""Who is in a KIM, and who holds which office in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities.models.community import Community


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(status=Membership.Status.CURRENT)

    def waiting(self):
        """Asked for by a resident, or offered by the KIM, and not answered yet."""
        return self.filter(status__in=[Membership.Status.REQUESTED, Membership.Status.INVITED])


class Membership(models.Model):
    """A person in a KIM, with an account or without; who leaves and joins again has two rows."""

    class Status(models.TextChoices):
        INVITED = "invited", _("diundang")
        REQUESTED = "requested", _("ingin bergabung")
        CURRENT = "current", _("anggota")
        LEFT = "left", _("keluar")
        DECLINED = "declined", _("tidak jadi")

    community = models.ForeignKey(Community, models.PROTECT, related_name="memberships", verbose_name=_("KIM"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )
    name = models.CharField(_("nama"), max_length=120)
    status = models.CharField(
        _("keanggotaan"), max_length=9, choices=Status, default=Status.CURRENT, db_default=Status.CURRENT
    )
    # To whom an invitation went; whoever signs in with this address may take it up.
    email = models.EmailField(_("surel"), blank=True, db_default="")
    occupation = models.CharField(_("pekerjaan"), max_length=80, blank=True, db_default="")
    joined_on = models.DateField(_("bergabung"), default=timezone.localdate)
    left_on = models.DateField(_("keluar"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("anggota")
        verbose_name_plural = _("anggota")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"],
                condition=Q(status__in=["invited", "requested", "current"], user__isnull=False),
                name="member_once_at_a_time",
            ),
            models.UniqueConstraint(
                "community",
                Lower("email"),
                condition=Q(status="invited"),
                name="invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="left", left_on__isnull=False) | (~Q(status="left") & Q(left_on=None)),
                name="who_left_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="member_leaves_after_joining",
            ),
        ]
        triggers = [Audited(region="community__seat", personal=["name", "email", "occupation"])]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.community.renew_pages()

    @property
    def is_chair(self):
        return self.positions.current().filter(role=Position.Role.KETUA).exists()


class PositionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ends_on=None)

    def in_order(self):
        """The chair first, then as the roles are listed, each by name."""
        rank = [models.When(role=role, then=position) for position, role in enumerate(Position.Role)]
        return self.order_by(models.Case(*rank), "membership__name")


class Position(models.Model):
    """An office that a member holds for a while: one chair at a time."""

    class Role(models.TextChoices):
        KETUA = "ketua", _("ketua")
        WAKIL = "wakil", _("wakil ketua")
        SEKRETARIS = "sekretaris", _("sekretaris")
        BENDAHARA = "bendahara", _("bendahara")
        KOORDINATOR = "koordinator", _("koordinator bidang")

    community = models.ForeignKey(Community, models.PROTECT, related_name="positions", verbose_name=_("KIM"))
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="positions", verbose_name=_("anggota"))
    role = models.CharField(_("jabatan"), max_length=12, choices=Role)
    starts_on = models.DateField(_("mulai"), default=timezone.localdate)
    # As the decree or the meeting has it; the office ends only on the day written in `ends_on`.
    term_until = models.DateField(_("masa jabatan sampai"), null=True, blank=True)
    ends_on = models.DateField(_("berakhir"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("jabatan")
        verbose_name_plural = _("jabatan")
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(role="ketua", ends_on=None),
                name="one_chair_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="position_ends_after_start",
            ),
        ]
        triggers = [Audited(region="community__seat")]

    def __str__(self):
        return f"{self.get_role_display()}: {self.membership}"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.community.renew_pages()
