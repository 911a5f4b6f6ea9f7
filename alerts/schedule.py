"""How often somebody wants to be told, and when the next time is."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

MORNING = 6


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("begitu ada yang baru")
    DAILY = "daily", _("sekali sehari, pagi hari")
    WEEKLY = "weekly", _("sekali seminggu, Senin pagi")


def next_due(frequency, zone, moment):
    """The first moment after this one at which somebody who lives by this zone is told."""
    if frequency == Frequency.AT_ONCE:
        return moment
    there = moment.astimezone(ZoneInfo(zone))
    day = there.date() + timedelta(days=there.hour >= MORNING)
    if frequency == Frequency.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, time(MORNING), ZoneInfo(zone))
