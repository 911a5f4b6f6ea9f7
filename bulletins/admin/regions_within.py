"""The region of a bulletin's deliveries that a page of the desk is about."""

from django.http import Http404

from regions.finding import lies_in
from regions.models import Region


def asked_region(bulletin, asked):
    """Named by its code as `wilayah`, within the region of the office; without one that region itself. Else a 404."""
    code = asked.get("wilayah")
    if not code:
        return bulletin.issuer
    region = Region.objects.with_names().filter(code=code[:13]).first()
    if region is None or not lies_in(region, bulletin.issuer):
        raise Http404
    return region
