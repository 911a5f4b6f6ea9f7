"""The night of a place, in which no telephone rings for what can wait."""

from datetime import datetime, time, timedelta

NIGHT, MORNING = 21, 6


def morning_after(moment, zone):
    """The end of the night that this moment lies in, there; None by day."""
    there = moment.astimezone(zone)
    if MORNING <= there.hour < NIGHT:
        return None
    day = there.date() + timedelta(days=there.hour >= NIGHT)
    return datetime.combine(day, time(MORNING), zone)
