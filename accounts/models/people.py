"""WHO: people who sign in by e-mail, and the officers among them with their dated wilayah tugas."""

from collections import defaultdict
from datetime import date, timedelta

import pgtrigger
from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower, Now, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, who, with_reason
from accounts.decisions import StepRefused
from accounts.duties import Duty
from accounts.models.notices import Notice
from accounts.notices import ASSIGNMENT, SECURITY
from accounts.responsible_officers import ResponsibleOfficers
from pages import freshness
from pages.sentences import said
from regions.models import Region
from regions.placed import OfRegionQuerySet
from regions.templatetags.places import place_date


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
    # How often all sessions of this person were ended; triggers count, this one below and that of SecondFactor.
    sessions_ended = models.PositiveIntegerField(_("keluar dari semua perangkat"), default=0, editable=False)

    objects = UserManager()

    # What changes when a person is called otherwise: pages show the names of those who comment.
    NAMES = "names-of-people"

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]
        triggers = [
            Audited(personal=["email", "name", "password"], ignored=["last_login", "sessions_ended"]),
            pgtrigger.Trigger(
                name="end_sessions",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # No old copy of the row takes back what ended meanwhile; other triggers add to it.
                func="NEW.sessions_ended := greatest(OLD.sessions_ended, NEW.sessions_ended)"
                " + (OLD.is_active AND NOT NEW.is_active OR lower(OLD.email) <> lower(NEW.email))::int; RETURN NEW;",
            ),
        ]

    def __str__(self):
        """The name, and never the e-mail address: readers see who wrote a comment by this."""
        return self.name or gettext("tanpa nama")

    def save(self, *args, **kwargs):
        is_renamed = self.pk and User.objects.filter(pk=self.pk).exclude(name=self.name).exists()
        super().save(*args, **kwargs)
        if is_renamed:
            freshness.changed(self.NAMES)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

    def _get_session_auth_hash(self, secret=None):
        """What a session must match: it ends with password, e-mail address, second factor and account, for good."""
        ended = f"-{self.sessions_ended}" if self.sessions_ended else ""
        return super()._get_session_auth_hash(secret=secret) + ended

    @cached_property
    def current_assignments(self):
        return list(self.assignments.current().select_related("region"))

    def ended_duty(self):
        """The duty that ended while this person was at the desk: of a former officer the last one, or None."""
        today = timezone.localdate()
        # A session of an officer never reaches over two midnights.
        since = today - timedelta(days=1) if self.is_officer else date.min
        ended = self.assignments.filter(ends_on__range=(since, today)).select_related("region")
        return ended.order_by("-ends_on", "-pk").first()

    @property
    def place(self):
        """Where this officer answers for, the first of them; None for anyone else."""
        return self.current_assignments[0].region if self.current_assignments else None

    @property
    def is_officer(self):
        return bool(self.current_assignments)

    @property
    def is_staff(self):
        """What the Django admin asks: officers only, from their assignments of today."""
        return self.is_active and (self.is_superuser or self.is_officer)

    @property
    def answers_everywhere(self):
        return self.is_superuser or any(
            assignment.region.level == Region.Level.NATION for assignment in self.current_assignments
        )

    def jurisdiction(self):
        """The regions this officer answers for today: each wilayah tugas and all below it."""
        if self.answers_everywhere:
            return Region.objects.all()
        return Region.objects.within_any(assignment.region for assignment in self.current_assignments)

    @property
    def has_second_factor(self):
        return self.authenticator_set.filter(type__in=["totp", "webauthn"]).exists()

    def answers_for(self, region, duty):
        """Whether this person decides there today: as officer of its regency, or of the next level up that has one."""
        return any(assignment.user_id == self.pk for assignment in OfficerAssignment.objects.responsible(region, duty))

    def appoints_in(self, region):
        """Whether this person appoints officers there: exactly one level below an own region, and inside it."""
        own = {assignment.region_id for assignment in self.current_assignments}
        return self.is_active and (self.is_superuser or region.parent_id in own)

    def decided_by(self, officer):
        """Whether this officer may sign them out: of an officer whoever appoints there; nobody themselves."""
        if self.pk == officer.pk or (self.is_superuser and not officer.is_superuser):
            return False
        return not self.is_officer or self.assignments.current().ended_by(officer).exists()

    @property
    def desk_path(self):
        return reverse("admin:accounts_user_change", args=[self.pk])

    def end_sessions(self, *, by, reason):
        """Sign this person out everywhere, and unlink chats and phones; they are told, and so is the trail."""
        person = who(by)
        with transaction.atomic():
            self.sessions.all().delete()
            self.endpoints.all().delete()
            User.objects.filter(pk=self.pk).update(sessions_ended=F("sessions_ended") + 1)
            self.refresh_from_db(fields=["sessions_ended"])
            AuditEntry.objects.create(
                model=self._meta.label_lower,
                object_id=self.pk,
                deed=AuditEntry.Deed.UPDATE,
                before={"sessions_ended": self.sessions_ended - 1},
                after={"sessions_ended": self.sessions_ended},
                by=by,
                role=person["role"],
                by_region_id=person["region"],
                reason=reason,
            )
            sentence = said(_("Petugas mengeluarkan Anda dari semua perangkat"))
            Notice.objects.tell([self], SECURITY, sentence, reason, path=reverse("own_sessions"))

    def confirm_email(self):
        """Take the e-mail address as this person's own, as if the code sent to it had come back."""
        self.emailaddress_set.update_or_create(email=self.email.lower(), defaults={"verified": True, "primary": True})


class OfficerAssignmentQuerySet(ResponsibleOfficers):
    def ended_by(self, user):
        """Those that this person may end or move: where `User.appoints_in` says so."""
        if user.is_superuser:
            return self
        return self.filter(region__parent__in=[assignment.region_id for assignment in user.current_assignments])

    def appoint(self, user, region, *, by, **facts):
        """Give a user a wilayah tugas; only a level below one's own, and inside it."""
        assignment = self.model(user=user, region=region, appointed_by=by, **facts)
        assignment.full_clean()
        with transaction.atomic():
            assignment.save()
            assignment.greet()
        return assignment


class OfficerAssignment(models.Model):
    """A user's duty at the Diskominfo of a region, from one day to another; officers move every few years."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name=_("petugas"))
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("wilayah tugas"),
    )
    duties = ArrayField(
        models.CharField(max_length=20, choices=Duty.choices),
        verbose_name=_("tugas"),
        default=list,
    )
    letter_number = models.CharField(_("nomor surat tugas"), max_length=120)
    starts_on = models.DateField(_("mulai"), default=timezone.localdate)
    ends_on = models.DateField(
        _("berakhir"), null=True, blank=True, help_text=_("Sejak tanggal ini tidak lagi bertugas.")
    )
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
            ),
            models.UniqueConstraint(
                fields=["user", "region"],
                condition=Q(ends_on=None),
                name="assignment_once_at_a_time",
                violation_error_message=_("Orang ini sudah bertugas di wilayah itu."),
            ),
        ]
        triggers = [Audited(region="region")]

    def __str__(self):
        return f"{self.user} · {self.region}"

    def clean(self):
        """Whom an officer appoints, and where; an assignment without an appointer was there before the portal."""
        by = self.appointed_by
        if self._state.adding and by and self.region_id and not by.appoints_in(self.region):
            raise ValidationError(
                {"region": _("Anda hanya dapat menunjuk petugas satu tingkat di bawah wilayah tugas Anda.")}
            )
        if self._state.adding and by and by.pk == self.user_id:
            raise ValidationError({"user": _("Anda tidak dapat menunjuk diri sendiri.")})

    def end(self, *, by, on=None):
        """From this day, today unless told otherwise, the duty is over; whoever may appoint there may end it."""
        if not by.appoints_in(self.region):
            raise PermissionDenied(_("Anda tidak dapat mengakhiri penugasan ini."))
        on = max(on or timezone.localdate(), self.starts_on)
        with transaction.atomic():
            OfficerAssignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), pk=self.pk).update(ends_on=on)
            self.refresh_from_db()
            self.alarm_if_vacant()

    def transfer(self, to, *, by, letter_number, duties, starts_on):
        """Mutasi: over here and begun there on the same day, both or neither, by whoever appoints in both regions.

        PermissionDenied or ValidationError where one of the two is refused.
        """
        if self.is_over:
            raise StepRefused(_("Penugasan ini sudah berakhir."))
        if starts_on < self.starts_on:
            raise ValidationError({"starts_on": _("Mutasi mendahului hari pertama penugasan ini.")})
        facts = {"letter_number": letter_number, "duties": duties, "starts_on": starts_on}
        reason = _("Mutasi ke %(region)s, surat tugas %(letter)s.")
        with transaction.atomic(), with_reason(reason % {"region": to.full_name, "letter": letter_number}):
            self.end(by=by, on=starts_on)
            return OfficerAssignment.objects.appoint(self.user, to, by=by, **facts)

    @property
    def is_over(self):
        return self.ends_on is not None and self.ends_on <= timezone.localdate()

    def decided_by(self, user):
        """Whether this officer may end it."""
        return user.appoints_in(self.region)

    @property
    def desk_path(self):
        return reverse("admin:accounts_officerassignment_change", args=[self.pk])

    def greet(self):
        """Tell the officer of the new duty; what waits in the region is on the desk from its first day on."""
        facts = {"region": self.region.full_name, "day": place_date(self.starts_on)}
        if self.starts_on > timezone.localdate():
            title = _("Mulai %(day)s Anda bertugas di %(region)s")
            text = _("Sejak hari itu semua pekerjaan yang menunggu di wilayah itu ada di meja Anda.")
        else:
            title = _("Anda bertugas di %(region)s")
            text = _("Semua pekerjaan yang menunggu di wilayah itu sekarang ada di meja Anda.")
        Notice.objects.tell([self.user], ASSIGNMENT, said(title, **facts), text, path=reverse("admin:index"))

    def alarm_if_vacant(self):
        """Tell those above of what nobody in the region does any more: it falls to them, each once of all that does."""
        present = OfficerAssignment.objects.current().filter(region=self.region)
        falls_to = defaultdict(list)
        for duty in Duty.known.values():
            if duty.when_vacant and not present.filter(duties__contains=[duty]).exists():
                for above in OfficerAssignment.objects.responsible(self.region, duty):
                    falls_to[above.user].append(duty)
        for user, duties in falls_to.items():
            self._alarm(user, duties)

    @property
    def vacancy_key(self):
        return f"vacant-{self.pk}"

    def _alarm(self, user, duties):
        Notice.objects.tell(
            [user],
            ASSIGNMENT,
            said(_("%(region)s tidak mempunyai petugas"), region=self.region.full_name),
            "\n".join(str(duty.when_vacant % {"name": self.user}) for duty in duties),
            path=reverse("admin:index"),
            key=self.vacancy_key,
        )


def key_without_constraint(model, label, **options):
    """An entry of the audit trail neither prevents nor follows what happens to the rows it tells of."""
    return models.ForeignKey(
        model, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name=label, **options
    )


GIVEN_REASON = ~models.Q(reason="")
# Of fewer letters an index of trigrams finds nothing.
FEWEST_LETTERS = 3


class AuditEntryQuerySet(OfRegionQuerySet):
    def about(self, row):
        return self.filter(model=row._meta.label_lower, object_id=row.pk)


class AuditEntry(models.Model):
    """Who changed which row, when and why; appended by the triggers of `Audited`, changed and deleted by nobody."""

    class Deed(models.TextChoices):
        INSERT = "INSERT", _("dibuat")
        UPDATE = "UPDATE", _("diubah")
        DELETE = "DELETE", _("dihapus")
        # A list was taken along as a file; the row number is 0.
        EXPORT = "EXPORT", _("diekspor")

    class Role(models.TextChoices):
        OFFICER = "officer", _("petugas")
        SUPERUSER = "superuser", _("pengelola sistem")
        RESIDENT = "resident", _("warga")
        VISITOR = "visitor", _("pengunjung")
        SYSTEM = "", _("sistem")

    at = models.DateTimeField(_("waktu"), db_default=Now())
    model = models.CharField(_("jenis data"), max_length=60)
    object_id = models.BigIntegerField(_("nomor data"))
    deed = models.CharField(_("perubahan"), max_length=6, choices=Deed)
    # Of an update, only the columns that changed; of an insert and a delete, the row.
    before = models.JSONField(_("sebelumnya"), null=True)
    after = models.JSONField(_("sesudahnya"), null=True)
    region = key_without_constraint(Region, _("wilayah"), db_index=False)
    by = key_without_constraint(User, _("oleh"))
    role = models.CharField(_("sebagai"), max_length=10, choices=Role, blank=True)
    by_region = key_without_constraint(Region, _("petugas wilayah"), db_index=False)
    reason = models.TextField(_("alasan"), blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan audit")
        verbose_name_plural = _("catatan audit")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["region", "-id"], name="audit_of_region"),
            models.Index(fields=["model", "object_id", "-id"], name="audit_of_row"),
            # As `reason__icontains` asks; most entries have no reason and are not in it.
            GinIndex(OpClass(Upper("reason"), "gin_trgm_ops"), name="audit_reason", condition=GIVEN_REASON),
        ]

    def __str__(self):
        return f"{self.row_name} {self.get_deed_display()}"

    @staticmethod
    def explained_by(words):
        """The condition that a reason holds these words."""
        if len(words) < FEWEST_LETTERS:
            return models.Q(pk__in=[])
        return GIVEN_REASON & models.Q(reason__icontains=words)

    def label_of(self, column):
        """What a column of the table is called on the screen; empty for one that no screen shows."""
        field = self._field(column)
        is_named = field and field.verbose_name != field.name.replace("_", " ")
        return str(field.verbose_name) if is_named else ""

    def value_of(self, column, value):
        """As the screen says it: "disembunyikan", not "hidden"."""
        field = self._field(column)
        choices = field.flatchoices if field else []
        return next((label for known, label in choices if known == value), value)

    def _field(self, column):
        fields = apps.get_model(self.model)._meta.concrete_fields
        return next((field for field in fields if field.column == column), None)

    @property
    def row_name(self):
        """What the entry is about, in words: "KIM 12", or of a list the name of its table."""
        table = apps.get_model(self.model)._meta
        if self.deed == self.Deed.EXPORT:
            return str(table.verbose_name_plural)
        return f"{table.verbose_name} {self.object_id}"
