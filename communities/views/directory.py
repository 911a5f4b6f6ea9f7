"""The directory of KIMs."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from communities.filters import CommunityFilter
from communities.models import Community
from pages import freshness
from pages.paging import AFTER, BEFORE, AskedPage, KeysetPage
from pages.reading import require_safe
from regions import atlas
from regions.maps import region_map
from regions.page_place import set_page_place


@require_safe
@login_not_required
def community_list(request):
    communities = CommunityFilter(request.GET, queryset=Community.objects.registered())
    freshness.follow(request, communities.topic)
    question = communities.question
    if question is None:
        page = KeysetPage(communities.qs.card_rows(), request.GET, order="name")
    else:
        keys, level = question
        told = {"order": "name", "columns": tuple(keys), "level": level, "topic": communities.topic}
        page = AskedPage(Community, request.GET, registered, *keys.values(), **told)
    set_page_place(request, communities.region)
    context = {"filter": communities, "page": page}
    if "peta" in request.GET:  # counts them all, so only for who asks
        region, children, _neighbours = atlas.surroundings(communities.topic)
        numbers = communities.qs.per_region(children)
        context["map"] = numbers and region_map(region, numbers, url_of=narrowed_to(request.GET))
    else:
        context["map_url"] = f"?{urlencode({**request.GET.dict(), 'peta': 1})}#peta"
    return render(request, "communities/community_list.html", context)


def registered(*keys, columns, level):
    narrowed = dict(zip(columns, keys, strict=True)) | ({"seat__level": level} if level is not None else {})
    return Community.objects.registered().card_rows().filter(**narrowed)


def narrowed_to(params):
    """The URL of this list for one region, its other filters kept."""

    def url(region):
        query = params.copy()
        query["wilayah"] = region.code
        for key in (AFTER, BEFORE):
            query.pop(key, None)
        return f"?{query.urlencode()}"

    return url
