"""WHO: people who sign in by e-mail, and the officers among them with their dated wilayah tugas."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; an officer by dated assignment, a member by membership, never by a flag."""

    email = models.EmailField(
        _("surel"),
        unique=True,
        error_messages={"unique": _("Surel ini sudah terdaftar.")},
    )
    name = models.CharField(_("nama"), max_length=120)
    is_active = models.BooleanField(_("aktif"), default=True)
    joined_at = models.DateTimeField(_("terdaftar"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

    @cached_property
    def current_assignments(self):
        return list(self.assignments.current().select_related("region"))

    @property
    def is_officer(self):
        return bool(self.current_assignments)

    @property
    def is_staff(self):
        """What the Django admin asks: officers only, from their assignments of today."""
        return self.is_active and (self.is_superuser or self.is_officer)

    def jurisdiction(self):
        """The regions this officer answers for today: each wilayah tugas and all below it."""
        return Region.objects.within_any(
            assignment.region for assignment in self.current_assignments
        )


class OfficerAssignmentQuerySet(models.QuerySet):
    def current(self, on=None):
        today = on or timezone.localdate()
        return self.filter(starts_on__lte=today).filter(
            Q(ends_on=None) | Q(ends_on__gte=today)
        )


class OfficerAssignment(models.Model):
    """A user's duty at the Diskominfo of a region, from one day to another; officers move every few years."""

    class Duty(models.TextChoices):
        VERIFICATION = "verification", _("verifikasi dan pengukuhan")
        MODERATION = "moderation", _("moderasi kegiatan")
        BULLETINS = "bulletins", _("informasi pemerintah")
        ASPIRATIONS = "aspirations", _("usulan warga")

    user = models.ForeignKey(
        User, models.PROTECT, related_name="assignments", verbose_name=_("petugas")
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("wilayah tugas"),
    )
    duties = ArrayField(
        models.CharField(max_length=20, choices=Duty),
        verbose_name=_("tugas"),
        default=list,
    )
    letter_number = models.CharField(_("nomor surat tugas"), max_length=120)
    starts_on = models.DateField(_("mulai"), default=timezone.localdate)
    ends_on = models.DateField(_("berakhir"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ditunjuk oleh"),
    )

    objects = OfficerAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("penugasan petugas")
        verbose_name_plural = _("penugasan petugas")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_start",
                violation_error_message=_("Tanggal berakhir mendahului tanggal mulai."),
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.region}"
