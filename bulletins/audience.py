"""Whom a bulletin is for: regions, sectors and kinds of partner, within the region of the office that speaks."""

from communities.models import Community
from regions.models import Region


def audience_of(regions, sectors=(), partner_kinds=()):
    """The standing KIM of these regions, of any of these sectors and kinds; without a sector or a kind, of all."""
    found = Community.objects.registered().within_any(regions)
    if partner_kinds:
        found = found.filter(partner_kind__in=partner_kinds)
    if sectors:
        # By a sub-query, or a KIM of two of the sectors would come twice.
        chosen = Community.sectors.through.objects.filter(sector__in=sectors)
        found = found.filter(pk__in=chosen.values("community"))
    return found


def lies_within(place, region):
    """Whether a place is the region or lies in it."""
    return region.level == Region.Level.NATION or getattr(place, f"{region.column}_id") == region.pk


def outside(regions, issuer):
    """Those of the regions that the office does not speak for."""
    return [region for region in regions if not lies_within(region, issuer)]
