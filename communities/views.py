from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.filters import CommunityFilter
from communities.models import Community
from communities.paging import KeysetPage


@require_safe
@login_not_required
def community_list(request):
    communities = CommunityFilter(request.GET, queryset=Community.objects.registered().for_cards())
    page = KeysetPage(communities.qs, request.GET, order="name")
    return render(request, "communities/community_list.html", {"filter": communities, "page": page})
