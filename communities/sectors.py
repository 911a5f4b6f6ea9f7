"""The fields that KIM write about, as each process remembers them: many pages list them, and years change them."""

from communities.models import Sector
from pages.memory import Memory

LIFETIME = 300  # seconds until a new one is offered

_sectors = Memory(1, seconds=LIFETIME)


def all_sectors():
    """In their order."""
    known = _sectors.get("all")
    if known is None:
        known = _sectors["all"] = list(Sector.objects.all())
    return known
