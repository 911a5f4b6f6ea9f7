"""The way of an aspiration: what was done with it, by whom and when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.lifecycle import LifecycleStep
from aspirations.models.choices import Status


class AspirationStepQuerySet(models.QuerySet):
    def public(self):
        """What everyone reads of the way it went."""
        return self.filter(is_public=True)

    def for_agency(self, turn):
        """And what was noted or written back since the OPD has it; what was before, only if it may know the sender."""
        return self if turn.shows_sender else self.filter(Q(is_public=True) | Q(at__gte=turn.since))

    def for_sender(self):
        """What its sender reads: the own replies too, and that it was hidden; no notes of those who hold it."""
        return self.filter(Q(is_public=True) | Q(deed__in=["reply", "hide", "show_again"]))


# The steps by which one goes from the sight of everyone.
LEFT = Q(deed__in=["hide", "withdraw"])


class AspirationStep(LifecycleStep):
    """What was done with it, by whom, and who had it afterwards until when; some steps only its holders read."""

    class Deed(models.TextChoices):
        ARRIVE = "arrive", _("dikirim")
        RELEASE = "release", _("diperiksa dan diteruskan")
        ADD_VOUCH = "add_vouch", _("keterangan KIM")
        FORWARD = "forward", _("diteruskan KIM")
        PASS_SILENT_KIM = "pass_silent_kim", _("diteruskan otomatis")
        ACCEPT = "accept", _("diterima kantor")
        ASSIGN = "assign", _("diserahkan ke dinas")
        WRITE_AGAIN = "write_again", _("tautan dikirim ulang ke OPD")
        TAKE_BACK = "take_back", _("diambil kembali oleh kantor")
        HAND_BACK = "hand_back", _("dikembalikan OPD ke kantor")
        START = "start", _("mulai dikerjakan")
        ASK = "ask", _("pertanyaan kepada pengirim")
        REMARK = "remark", _("catatan intern")
        REPLY = "reply", _("balasan pengirim")
        GIVE_ANSWER = "give_answer", _("dijawab")
        CLOSE = "close", _("selesai")
        CLOSE_UNCONTESTED = "close_uncontested", _("selesai otomatis, jawaban tidak ditanggapi")
        ESCALATE = "escalate", _("dinaikkan ke kantor di atasnya")
        ESCALATE_OVERDUE = "escalate_overdue", _("naik otomatis, dua tenggat terlewati")
        MOVE = "move", _("dipindahkan ke wilayah lain")
        MERGE_INTO = "merge_into", _("digabung dengan usulan lain")
        GAIN = "gain", _("usulan yang sama digabung ke sini")
        REJECT = "reject", _("ditolak")
        REFER = "refer", _("tercatat di SP4N-LAPOR!")
        HIDE = "hide", _("disembunyikan")
        SHOW_AGAIN = "show_again", _("ditampilkan lagi")
        WITHDRAW = "withdraw", _("ditarik pengirimnya")
        REOPEN = "reopen", _("dibuka lagi oleh pengirim")

    aspiration = models.ForeignKey("aspirations.Aspiration", models.CASCADE, related_name="steps")
    to = models.CharField(_("status"), max_length=11, choices=Status)
    deed = models.CharField(_("langkah"), max_length=18, choices=Deed)
    # As whom it was done, and who has it since: a KIM, an OPD, an office. Never a person.
    actor = models.CharField(_("oleh"), max_length=200, blank=True)
    holder = models.CharField(_("dipegang"), max_length=200, blank=True)
    due_on = models.DateField(_("tenggat"), null=True)
    is_public = models.BooleanField(_("tampil untuk umum"), default=True)

    objects = AspirationStepQuerySet.as_manager()

    class Meta(LifecycleStep.Meta):
        indexes = [
            models.Index(fields=["at", "id"], condition=LEFT, name="aspiration_left"),
            # What other systems ask for every few minutes.
            models.Index(fields=["at", "id"], condition=Q(is_public=True), name="aspiration_step_public"),
        ]

    def __str__(self):
        return f"{self.get_deed_display()}"

    @property
    def told_as(self):
        """Which event it is to other systems; empty for what is nobody's business."""
        if self.deed in ("hide", "withdraw"):
            return "aspiration.withdrawn"
        if not self.is_public:
            return ""
        return "aspiration.answered" if self.deed == "give_answer" else "aspiration.step"
