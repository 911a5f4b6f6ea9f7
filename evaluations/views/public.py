"""What everyone reads of evaluations: the published ones, their ranks and classes, and the rules in words."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render

from communities.models import Community
from evaluations.filters import ResultFilter
from evaluations.models import Cycle, RuleSet
from pages import freshness
from pages.paging import KeysetPage
from pages.reading import require_safe
from regions.atlas import FROM_ATLAS


@require_safe
@login_not_required
def cycle_list(request):
    freshness.follow(request, Cycle.NEWS)
    cycles = Cycle.objects.published().select_related("rule_set").fetch_mode(FROM_ATLAS)
    page = KeysetPage(cycles, request.GET, order="-published_at")
    return render(request, "evaluations/cycle_list.html", {"page": page})


@require_safe
@login_not_required
def cycle(request, pk):
    """The KIM by their rank, called as they are today."""
    freshness.follow(request, f"evaluation-{pk}", Community.NAMES)
    found = get_object_or_404(Cycle.objects.published().select_related("rule_set", "region"), pk=pk)
    freshness.follow(request, found.region.code)
    results = ResultFilter(request.GET, queryset=found.scores.public().for_results())
    context = {
        "cycle": found,
        "filter": results,
        "page": KeysetPage(results.qs, request.GET, order="rank", size=50),
        "classes": found.scores.public().per_class(),
        "selections": found.selections.public().for_list(),
    }
    return render(request, "evaluations/cycle_detail.html", context)


@require_safe
@login_not_required
def rule_set(request, pk):
    freshness.follow(request, Cycle.NEWS, f"rules-{pk}")
    rules = get_object_or_404(RuleSet.objects.frozen(), pk=pk)
    return render(request, "evaluations/rule_set.html", {"rules": rules})
