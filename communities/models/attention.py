"""How active a KIM is, and why somebody should look after it: computed whenever it is asked, never kept."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from communities import decree_terms


class Activity(models.TextChoices):
    """How active a KIM is: computed from its newest post, never a status."""

    ACTIVE = "aktif", _("aktif")
    LESS_ACTIVE = "kurang-aktif", _("kurang aktif")
    DORMANT = "tidak-aktif", _("tidak aktif")

    def condition(self, communities):
        """That one of these KIM, a model, is so active."""
        now = timezone.now()
        recently = Q(last_post_at__gte=now - timedelta(days=communities.ACTIVE_DAYS))
        this_year = Q(last_post_at__gte=now - timedelta(days=communities.LESS_ACTIVE_DAYS))
        match self:
            case self.ACTIVE:
                return recently
            case self.LESS_ACTIVE:
                return this_year & ~recently
        return ~this_year | Q(last_post_at=None)


class Attention(models.TextChoices):
    """Why somebody should look after a KIM: computed, never a status."""

    WAITING = "menunggu", _("menunggu verifikasi")
    MENDING = "perbaikan", _("sedang diperbaiki KIM")
    EXPIRING = "sk-berakhir", format_lazy(_("SK berakhir dalam {days} hari"), days=decree_terms.EXPIRING_DAYS)
    UNCONFIRMED = "belum-dikonfirmasi", _("data belum dikonfirmasi setahun terakhir")
    OLD_DATA = "data-lama", _("data lama, belum pernah dikonfirmasi")

    def condition(self, communities):
        """That one of these KIM, a model, needs it."""
        status, standing = communities.Status, Q(status__in=communities.STANDING_STATUSES)
        now = timezone.now()
        match self:
            case self.WAITING:
                return Q(status=status.SUBMITTED)
            case self.MENDING:
                return Q(status=status.NEEDS_REVISION)
            case self.EXPIRING:
                ending = decree_terms.ending_within(decree_terms.EXPIRING_DAYS)
                return Q(status=status.INAUGURATED, **ending)
            case self.UNCONFIRMED:
                limit = now - timedelta(days=communities.CONFIRMED_DAYS)
                return standing & (Q(confirmed_at=None) | Q(confirmed_at__lt=limit))
            case self.OLD_DATA:
                return standing & Q(is_imported=True, confirmed_at=None)
