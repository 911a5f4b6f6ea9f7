"""The page of a region."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from activities.cards import version_of
from activities.filters import led_elsewhere
from activities.models import Post
from bulletins.models import Bulletin
from communities.models import Community
from communities.models.contacts import asking_contacts, nearest, topics_of
from kimportal.views.around import Surroundings
from pages import freshness
from pages.paging import AskedPage
from pages.questions import Asking, asked
from pages.reading import require_safe
from regions.atlas import FROM_ATLAS
from regions.by_url import region_or_404
from regions.models import Region
from regions.page_place import set_page_place

MOST_BULLETINS, MOST_COMMUNITIES = 3, 6
MOST_ABOVE = 3  # posts of the region around a silent one


@require_safe
@login_not_required
def region_detail(request, code_and_slug):
    code, _dash, slug = code_and_slug.partition("-")
    surroundings = Surroundings(code)
    region = surroundings.region
    freshness.follow(request, code, Bulletin.NEWS, *(topics_of(region) if region else []))
    set_page_place(request, region)
    if region is None or region.retired_on or region.slug != slug:
        today, is_canonical = region_or_404(code_and_slug)
        return ended_region(request, today) if is_canonical else redirect(today, permanent=True)
    if elsewhere := led_elsewhere(request.GET, wilayah=code):
        return redirect(elsewhere)
    above = [place.pk for place in region.ancestors]
    rows = surroundings.asked_with(
        bulletins=Asking(bulletins_reaching, timezone.now(), region.pk, above, level=region.level),
        communities=Asking(communities_within, region.pk, level=region.level),
        contacts=asking_contacts(region),
    )
    told = {"topic": code, "keep": version_of, "beside": rows}
    page = AskedPage(Post, request.GET, news_within, region.pk, level=region.level, **told)
    context = {
        "region": region,
        "surroundings": surroundings,
        "bulletins": SimpleLazyObject(lambda: rows["bulletins"]),
        "bulletin_news": Bulletin.NEWS,
        "most_read": surroundings.most_read,
        "communities": SimpleLazyObject(lambda: rows["communities"]),
        "contacts": SimpleLazyObject(lambda: nearest(region, rows["contacts"])),
        "contacts_as_of": freshness.as_of(*topics_of(region)),
        "page": page,
        "above": news_above(request, region) if not (page.items or page.newer) else None,
    }
    return render(request, "kimportal/region_detail.html", context)


def ended_region(request, region):
    """Of a region that ended without a successor: what was written there, and the way to the region around it."""
    freshness.follow(request, *topics_of(region))
    page = AskedPage(Post, request.GET, news_within, region.pk, level=region.level)
    around = region.ancestors[-1] if region.ancestors else None
    context = {"region": region, "around": around, "page": page}
    context["communities"] = asked(communities_within, region.pk, level=region.level)
    return render(request, "kimportal/region_ended.html", context)


def news_within(pk, *, level):
    return Post.objects.published().within(Region(pk=pk, level=level)).card_rows()


def communities_within(pk, *, level):
    within = Community.objects.registered().within(Region(pk=pk, level=level))
    return within.fetch_mode(FROM_ATLAS).only("name", "slug", "seat").order_by("name")[:MOST_COMMUNITIES]


def news_above(request, region):
    """`(region, its newest posts)` of the nearest region above a silent one that has any, or None."""
    for place in reversed(region.ancestors):
        freshness.follow(request, place.code)
        if posts := asked(newest_above, place.pk, level=place.level):
            return place, posts
    return None


def newest_above(pk, *, level):
    return news_within(pk, level=level).without_warning().newest_first()[:MOST_ABOVE]


def bulletins_reaching(now, pk, above, *, level):
    told = Bulletin.objects.in_force(now).without_warnings().reaching_place(pk, above, level=level)
    return told.for_list().newest_first()[:MOST_BULLETINS]
