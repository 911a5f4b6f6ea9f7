"""“Wilayah saya”: the region that a reader chose, as a cookie that says where, never who."""

from django.conf import settings

from regions.models import Region

COOKIE = "wilayah"
COOKIE_SECONDS = 365 * 24 * 3600


def chosen_region(request):
    """The region in the reader's cookie, by its code alone; None for no cookie or one that says nothing."""
    try:
        return Region.objects.resolve(request.COOKIES.get(COOKIE, ""))[0]
    except Region.DoesNotExist:
        return None


def remember(response, region):
    # Readable by the script that fetches the news of the region; it says where, never who.
    response.set_cookie(
        COOKIE, region.code, max_age=COOKIE_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    return response
