"""The region that a URL names."""

from django.http import Http404

from regions.models import Region


def region_or_404(code_and_slug):
    """`(region, whether the URL names it as it is today)`, as Region.objects.resolve; Http404 where there is none."""
    try:
        return Region.objects.resolve(code_and_slug)
    except Region.DoesNotExist as error:
        raise Http404 from error
