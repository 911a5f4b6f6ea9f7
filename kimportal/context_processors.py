"""What every template may ask for, the same for every visitor."""

from django.conf import settings


def site(request):
    return {
        "site_url": settings.SITE_URL,
        "canonical_url": settings.SITE_URL + request.path,
    }
