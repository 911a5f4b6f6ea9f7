from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.filters import CommunityFilter
from communities.models import Community
from communities.paging import AFTER, BEFORE, KeysetPage
from regions import atlas, freshness
from regions.maps import region_map
from regions.models import INDONESIA


@require_safe
@login_not_required
def community_list(request):
    communities = CommunityFilter(request.GET, queryset=Community.objects.registered().for_cards())
    page = KeysetPage(communities.qs, request.GET, order="name")
    freshness.follow(request, communities.region.code if communities.region else INDONESIA)
    region, children, _neighbours = atlas.surroundings(communities.region.code if communities.region else INDONESIA)
    context = {
        "filter": communities,
        "page": page,
        "map": children and region_map(region, communities.qs.per_region(children), url_of=narrowed_to(request.GET)),
    }
    return render(request, "communities/community_list.html", context)


def narrowed_to(params):
    """The address of this list for one region, its other filters kept."""

    def address(region):
        query = params.copy()
        query["wilayah"] = region.code
        for key in (AFTER, BEFORE):
            query.pop(key, None)
        return f"?{query.urlencode()}"

    return address
