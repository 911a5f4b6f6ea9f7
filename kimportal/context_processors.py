"""What every template may ask for, the same for every visitor."""

from django.conf import settings
from django.utils.translation import get_language


def site(request):
    return {
        "site_url": settings.SITE_URL,
        "canonical_url": settings.SITE_URL + request.path,
        **twins(request),
    }


def twins(request):
    """The language of this page, and where it is in either; what has no twin leads to the other front page."""
    is_english = get_language() == "en"
    has_twin = bool(request.resolver_match) and "admin" not in request.resolver_match.app_names
    address = request.get_full_path() if has_twin else "/en/" if is_english else "/"
    indonesian = address.removeprefix("/en") if is_english else address
    path = indonesian.partition("?")[0]
    return {
        "language": "en" if is_english else "id",
        "twin": indonesian if is_english else f"/en{indonesian}",
        "versions": {"id": f"{settings.SITE_URL}{path}", "en": f"{settings.SITE_URL}/en{path}"} if has_twin else None,
    }
