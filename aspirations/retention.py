"""How long it is known who sent an aspiration, and how long photos wait that nobody sent."""

from django.utils.translation import gettext_lazy as _

from accounts.retention import Kept
from aspirations.models import Aspiration, WaitingPhoto
from aspirations.models.querysets import AT_ONCE


def forget_senders(rows):
    rows.carry_out(Aspiration.forget_sender)


def drop(rows):
    rows.model.objects.filter(pk__in=rows.values("pk")[:AT_ONCE]).drop()


Kept(
    "pengirim-usulan",
    _("nama dan kontak pengirim usulan yang sudah selesai"),
    setting="ASPIRATIONS_FORGET_DAYS",
    rows=Aspiration.objects.to_forget,
    forget=forget_senders,
)
Kept(
    "foto-menunggu",
    _("foto usulan yang tidak jadi dikirim"),
    days=1,
    least=1,
    most=7,
    rows=WaitingPhoto.objects.left_since,
    forget=drop,
)
