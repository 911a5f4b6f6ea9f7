"""What every template may ask for: the same for every visitor, but for `reader_place`, for private pages and mails."""

from django.conf import settings
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from alerts.models import Subscription
from aspirations.models import Aspiration
from communities.models import Community, Membership
from regions.models import Region
from regions.my_region import chosen_region


def site(request):
    return {
        "site_url": settings.SITE_URL,
        "canonical_url": settings.SITE_URL + request.path,
        **twins(request),
        "reader_place": SimpleLazyObject(lambda: place_of_reader(request)),
    }


def place_of_reader(request):
    """The region whose clock tells a person the time of things without a place: an officer's own, a KIM's seat, the
    region chosen in this browser, else that of a former duty, or where the person wanted to join a KIM, proposed
    something, or follows the news.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return user.place or seat_of_kim(user) or chosen_region(request) or place_of_deeds(user)


def seat_of_kim(user):
    community = Community.objects.of_member(user).select_related("seat").order_by("pk").first()
    return community and community.seat


def place_of_deeds(user):
    """By one query, since most pages of most readers ask in vain."""
    newest = [
        user.assignments.order_by("-starts_on", "-pk").values("region"),
        Membership.objects.filter(user=user).order_by("-pk").values("community__seat"),
        Aspiration.objects.written_by(user).order_by("-created_at").values("place"),
        Subscription.objects.filter(subscriber__user=user, region__isnull=False).order_by("-pk").values("region"),
    ]
    return Region.objects.filter(pk=Coalesce(*(Subquery(rows[:1]) for rows in newest))).first()


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
