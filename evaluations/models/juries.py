"""What a jury thinks of KIM, apart from what is computed: its criteria, who judges, and their marks."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Avg, Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import StepRefused
from accounts.models import Notice
from communities.models import Community
from evaluations import notices
from evaluations.models.cycles import Cycle
from pages.sentences import said

MOST_MARKS = 100
# While it is so a jury works.
AT_WORK = [Cycle.Status.OPEN, Cycle.Status.COMPUTED]


class Criterion(models.Model):
    """What a jury gives marks for."""

    cycle = models.ForeignKey(
        Cycle, models.CASCADE, related_name="criteria", db_index=False, verbose_name=_("evaluasi")
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    label = models.CharField(_("kriteria"), max_length=120)
    explanation = models.CharField(_("penjelasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kriteria juri")
        verbose_name_plural = _("kriteria juri")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "label"], name="criterion_once",
                violation_error_message=_("Kriteria ini sudah ada."),
            )
        ]  # fmt: skip
        triggers = [Audited(region="cycle__region")]

    def __str__(self):
        return self.label


def may_know_scores(user, cycle):
    """Whether this person could have read computed scores of the cycle: as an officer of any of its KIM."""
    if not cycle.scores.exists():
        return False
    places = [row.region for row in user.current_assignments]
    own = any(place == cycle.region or cycle.region in place.ancestors for place in places)
    return own or user.jurisdiction().filter(pk=cycle.region_id).exists()


class JurorQuerySet(models.QuerySet):
    def close_all(self):
        """Close what jurors have not closed themselves."""
        self.filter(closed_at=None).update(closed_at=timezone.now())


class Juror(models.Model):
    """A person named to judge the KIM of a cycle; until the own marks are closed blind to what was computed."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="jurors", db_index=False, verbose_name=_("evaluasi"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="juries", verbose_name=_("juri"))
    closed_at = models.DateTimeField(_("nilai ditutup"), null=True, editable=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        verbose_name = _("juri")
        verbose_name_plural = _("juri")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "user"], name="juror_once", violation_error_message=_("Orang ini sudah menjadi juri.")
            )
        ]
        triggers = [Audited(region="cycle__region")]

    def __str__(self):
        return str(self.user)

    @property
    def path(self):
        return reverse("evaluations:jury", args=[self.cycle_id])

    @property
    def is_at_work(self):
        return self.closed_at is None and self.cycle.status in AT_WORK

    def kims(self):
        """The KIM to judge, by name: all of the cycle but those to which the juror belongs."""
        own = Community.objects.of_member(self.user).values("pk")
        judged = JuryScore.objects.filter(juror=self, community=OuterRef("pk"))
        return self.cycle.kims().exclude(pk__in=own).annotate(is_judged=Exists(judged)).for_cards()

    def given_to(self, community):
        """`{key of a criterion: marks}` as they stand."""
        return dict(self.scores.filter(community=community).values_list("criterion", "marks"))

    @property
    def judged_number(self):
        return self.scores.aggregate(number=Count("community", distinct=True))["number"]

    # Verbs

    def judge(self, community, marks):
        """Give marks, `{Criterion: number from 0 to 100}`; once more for other ones. Refused once they are closed."""
        if not all(0 <= mark <= MOST_MARKS for mark in marks.values()):
            raise StepRefused(_("Tulis angka dari 0 sampai 100."))
        with transaction.atomic():
            self._require_open()
            JuryScore.objects.bulk_create(
                [JuryScore(juror=self, community=community, criterion=row, marks=mark) for row, mark in marks.items()],
                update_conflicts=True, unique_fields=["juror", "community", "criterion"], update_fields=["marks"],
            )  # fmt: skip

    def greet(self):
        """Tell the juror where the marks are given."""
        title = said(_("Anda menjadi juri: %(name)s"), name=self.cycle)
        Notice.objects.tell([self.user], notices.EVALUATION, title, path=self.path)

    def close(self):
        """The marks stay as they are, and the computed score may be seen."""
        with transaction.atomic():
            self._require_open()
            self.closed_at = timezone.now()
            self.save(update_fields=["closed_at"])

    def _require_open(self):
        """Held until the transaction ends, so that nothing is judged while it is closed."""
        now = Juror.objects.select_for_update(no_key=True).select_related("cycle").get(pk=self.pk)
        if not now.is_at_work:
            raise StepRefused(_("Penilaian juri sudah ditutup."))


class JuryScoreQuerySet(models.QuerySet):
    def means(self, cycle, keys):
        """`{key of a KIM: mean of all marks that count}`; those of jurors who have not closed theirs do not."""
        counted = self.filter(juror__cycle=cycle, juror__closed_at__isnull=False, community__in=keys)
        return dict(counted.order_by().values_list("community").annotate(Avg("marks")))


class JuryScore(models.Model):
    """The marks of one juror for one KIM by one criterion."""

    # Of a juror who was withdrawn no mark counts.
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="scores", db_index=False, verbose_name=_("juri"))
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("KIM"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("kriteria"))
    marks = models.PositiveSmallIntegerField(_("nilai juri"), validators=[MaxValueValidator(MOST_MARKS)])

    objects = JuryScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("nilai juri")
        verbose_name_plural = _("nilai juri")
        constraints = [
            models.UniqueConstraint(fields=["juror", "community", "criterion"], name="jury_score_once"),
            models.CheckConstraint(condition=Q(marks__lte=100), name="jury_score_within_100"),
        ]
        triggers = [Audited(region="juror__cycle__region")]

    def __str__(self):
        return f"{self.community}: {self.marks}"
