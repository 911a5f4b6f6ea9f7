"""Whom a bulletin is for: regions, sectors and kinds of partner, within the region of the office that speaks."""

from communities.models import Community
from regions.finding import lies_in


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


def outside(regions, issuer):
    """Those of the regions that the office does not speak for."""
    return [region for region in regions if not lies_in(region, issuer)]
