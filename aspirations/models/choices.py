"""What an aspiration may be: its kinds, its statuses, how it came and how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aspirations.models import querysets


class Kind(models.TextChoices):
    USULAN = "usulan", _("usulan")
    PENGADUAN = "pengaduan", _("pengaduan")
    PERMINTAAN = "permintaan", _("permintaan informasi")


class Status(models.TextChoices):
    HELD = "held", _("ditahan untuk diperiksa")
    RECEIVED = "received", _("di KIM")
    FORWARDED = "forwarded", _("diteruskan ke kantor")
    ACCEPTED = "accepted", _("diterima kantor")
    ASSIGNED = "assigned", _("diserahkan ke dinas")
    IN_PROGRESS = "in_progress", _("sedang dikerjakan")
    ANSWERED = "answered", _("dijawab")
    CLOSED = "closed", _("selesai")
    ESCALATED = "escalated", _("dinaikkan ke kantor di atasnya")
    MOVED = "moved", _("dipindahkan ke wilayah lain")
    DUPLICATE = "duplicate", _("digabung dengan usulan lain")
    REJECTED = "rejected", _("ditolak")
    WITHDRAWN = "withdrawn", _("ditarik pengirimnya")
    REOPENED = "reopened", _("dibuka lagi")


class Way(models.TextChoices):
    """How it came; all but the first were entered for somebody."""

    SITE = "situs", _("lewat situs ini")
    FACE_TO_FACE = "tatap-muka", _("tatap muka")
    TELEPHONE = "telepon", _("telepon")
    WHATSAPP = "whatsapp", _("WhatsApp")


class Outcome(models.TextChoices):
    DONE = "done", _("sudah dikerjakan")
    PLANNED = "planned", _("masuk rencana kerja")
    INFORMED = "informed", _("informasi sudah diberikan")
    UNFOUNDED = "unfounded", _("tidak terbukti")
    EXEMPT = "exempt", _("informasi dikecualikan")
    NOT_HELD = "not_held", _("informasi tidak ada di kantor ini")
    NOT_POSSIBLE = "not_possible", _("belum dapat dipenuhi")


# How each kind may end: what is wished for, complained of or asked.
OUTCOMES = {
    Kind.USULAN: [Outcome.DONE, Outcome.PLANNED, Outcome.NOT_POSSIBLE],
    Kind.PENGADUAN: [Outcome.DONE, Outcome.PLANNED, Outcome.UNFOUNDED, Outcome.NOT_POSSIBLE],
    # Law 14/2008 on public information knows what an office may not give, and what it does not have.
    Kind.PERMINTAAN: [Outcome.INFORMED, Outcome.EXEMPT, Outcome.NOT_HELD],
}


# An office has it and has not accepted it yet; an office or its OPD has to do something; nobody has any more.
AT_OFFICE = [*map(Status, querysets.AT_OFFICE)]
WITH_OFFICE = [*map(Status, querysets.WITH_OFFICE)]
WITH_AGENCY = [Status.ASSIGNED, Status.IN_PROGRESS]
# Somebody has it who may ask its sender, and be answered.
ANSWERABLE = [Status.RECEIVED, *WITH_OFFICE]
OVER = [Status.CLOSED, Status.DUPLICATE, Status.REJECTED, Status.WITHDRAWN]
GONE = [Status.REJECTED, Status.WITHDRAWN]
