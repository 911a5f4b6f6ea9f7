"""What a KIM asks the office about a bulletin, and the answer that goes to all who have it."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import StepRefused
from accounts.models import Notice, OfficerAssignment
from bulletins import notices
from bulletins.duties import INFORMATION
from bulletins.models.bulletin import ANSWERED, Bulletin
from bulletins.models.querysets import decided_by
from communities.models import Community
from pages.sentences import said

# The same words again within this time are the same question: a second tap, a second sending.
SAME_SECONDS = 600


class QuestionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def answered(self):
        return self.exclude(answered_at=None)

    def decided_by(self, user):
        """Those that this officer answers."""
        return self.filter(bulletin__in=Bulletin.objects.filter(decided_by(user)).values("pk"))

    def waits_for(self, user):
        """Those that this officer is to answer, the longest wait first."""
        return self.waiting().decided_by(user).order_by("asked_at", "pk")

    def ask(self, bulletin, community, *, by, text):
        """A question of a KIM that has the bulletin; the office is told. Sent twice it is one."""
        if not bulletin.is_in_force:
            raise StepRefused(_("Informasi ini tidak berlaku lagi, jadi tidak dapat ditanyakan di sini."))
        if not bulletin.deliveries.filter(community=community).exists():
            raise StepRefused(_("Informasi ini tidak dikirim kepada KIM Anda."))
        if not community.memberships.current().filter(user=by).exists():
            raise StepRefused(_("Hanya anggota KIM yang dapat bertanya atas namanya."))
        with transaction.atomic():
            Bulletin.objects.select_for_update(no_key=True).filter(pk=bulletin.pk).values("pk").get()
            since = timezone.now() - timedelta(seconds=SAME_SECONDS)
            question = self.filter(
                bulletin=bulletin, community=community, by=by, text=text, asked_at__gte=since
            ).first()
            if question is None:
                question = self.create(bulletin=bulletin, community=community, by=by, text=text)
                question.tell_office()
        return question


class Question(models.Model):
    """Asked by a KIM, answered once by the office; question and answer then stand under the bulletin for everyone."""

    bulletin = models.ForeignKey(
        Bulletin, models.PROTECT, related_name="questions", db_index=False, verbose_name=_("informasi")
    )
    community = models.ForeignKey(Community, models.PROTECT, related_name="bulletin_questions", verbose_name=_("KIM"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("penanya"))
    text = models.TextField(_("pertanyaan"), max_length=1000)
    asked_at = models.DateTimeField(_("ditanyakan"), auto_now_add=True)
    answer = models.TextField(_("jawaban"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dijawab oleh")
    )
    answered_at = models.DateTimeField(_("dijawab"), null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pertanyaan")
        verbose_name_plural = _("pertanyaan")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="answered_question_has_answer",
            )
        ]
        indexes = [
            models.Index(fields=["bulletin", "id"], name="question_of_bulletin"),
            models.Index(fields=["asked_at", "id"], condition=Q(answered_at=None), name="question_waiting"),
        ]
        triggers = [Audited(region="bulletin__issuer", personal=["text", "answer"])]

    def __str__(self):
        return Truncator(self.text).chars(60)

    def reply(self, answer, *, by):
        """Answer it; refused once it is answered. All who have the bulletin are told."""
        self.bulletin.require_speaker(by)
        if not answer.strip():
            raise StepRefused(_("Tulis jawabannya."))
        with transaction.atomic():
            waiting = Question.objects.waiting().filter(pk=self.pk)
            if not waiting.update(answer=answer, answered_by=by, answered_at=timezone.now()):
                raise StepRefused(_("Pertanyaan ini sudah dijawab petugas lain."))
            with translation.override(settings.LANGUAGE_CODE):
                title = str(ANSWERED % {"title": self.bulletin.title})[:150]
            self.bulletin.follow_ups.create(
                key=f"answer-{self.pk}", kind=notices.BULLETIN, title=title, text=f"{self.text}\n\n{answer}"
            )
            self.bulletin.renew_pages()
        self.refresh_from_db()

    def tell_office(self):
        officers = OfficerAssignment.objects.responsible(self.bulletin.issuer, INFORMATION)
        title = said(_("%(kim)s bertanya: %(title)s"), kim=self.community.name, title=self.bulletin.title)
        people = [officer.user for officer in officers]
        Notice.objects.tell(people, notices.QUESTION, title, self.text, path=self.bulletin.desk_path)
