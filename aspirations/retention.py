"""How long it is known who sent an aspiration, and how long photos wait that nobody sent."""

from contextlib import suppress

from django.utils.translation import gettext_lazy as _

from accounts.lifecycle import StepRefused
from accounts.retention import Kept
from aspirations.models import Aspiration, WaitingPhoto

AT_ONCE = 200


def forget_senders(rows):
    for row in rows.for_page()[:AT_ONCE]:
        with suppress(StepRefused):  # somebody was quicker
            row.forget_sender()


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
