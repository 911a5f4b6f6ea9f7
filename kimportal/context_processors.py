"""What every template may ask for: the same for every visitor, but for `reader_place`, for private pages and mails."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from communities.models import Community


def site(request):
    return {
        "site_url": settings.SITE_URL,
        "canonical_url": settings.SITE_URL + request.path,
        **twins(request),
        "reader_place": SimpleLazyObject(lambda: place_of(getattr(request, "user", None))),
    }


def place_of(user):
    """The region whose clock tells a person the time of things without a place: an officer's own, else a KIM's seat."""
    if user is None or not user.is_authenticated:
        return None
    if user.place:
        return user.place
    community = Community.objects.of_member(user).select_related("seat").order_by("pk").first()
    return community and community.seat


def twins(request):
    """The language of this page, and where it is in either; what has no twin leads to the other front page."""
    is_english = get_language() == "en"
    has_twin = bool(request.resolver_match) and "admin" not in request.resolver_match.app_names
    url = request.get_full_path() if has_twin else "/en/" if is_english else "/"
    indonesian = url.removeprefix("/en") if is_english else url
    path = indonesian.partition("?")[0]
    return {
        "language": "en" if is_english else "id",
        "twin": indonesian if is_english else f"/en{indonesian}",
        "versions": {"id": f"{settings.SITE_URL}{path}", "en": f"{settings.SITE_URL}/en{path}"} if has_twin else None,
    }
