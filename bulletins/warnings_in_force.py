"""The warnings in force, as each process remembers them, and which of them stand on top of a page."""

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from bulletins.models import Bulletin
from communities.models import Community
from pages import freshness
from pages.memory import Memory
from regions.models import INDONESIA, Region

# One entry: (the stamp it was read under, the warnings).
_remembered = Memory(1, seconds=freshness.MOST_SECONDS)


def in_force():
    """All warnings of the country whose end is to come, the most dangerous first."""
    now = timezone.now()
    return [warning for warning in remembered() if warning.ends_at > now]


def remembered():
    """They are read once for each change of a warning and once a minute, however many pages ask."""
    stamp = freshness.stamp(freshness.EVERY_PAGE)
    then, warnings = _remembered.get("all", (None, []))
    if then != stamp:
        try:
            warnings = list(Bulletin.objects.warnings().for_tops())
        except (DatabaseError, InterfaceError):  # a page that needs no database is there without one
            return warnings
        _remembered["all"] = stamp, warnings
    return warnings


def standing_at(codes):
    """Those sent to one of these regions or to one above it; to the whole country, wherever that is."""
    above = {INDONESIA, *(place for code in codes for place in freshness.widened(code))}
    return [warning for warning in in_force() if above & warning.codes]


def concerning(user):
    """Those of where this person's KIM sit; to an officer also those of any part of the own region."""
    if not in_force() or not user.is_authenticated:
        return standing_at([])
    own = {assignment.region.code for assignment in user.current_assignments}
    seats = Region.objects.filter(pk__in=Community.objects.of_member(user).values("seat"))
    standing = standing_at({*own, *seats.values_list("code", flat=True)})
    return [warning for warning in in_force() if warning in standing or own & warning.codes_above]
