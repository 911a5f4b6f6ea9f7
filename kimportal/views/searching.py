"""The search of the portal, and what its box offers."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from aspirations.models import Aspiration
from bulletins.models import Bulletin
from communities.models import Community
from kimportal.errors import too_busy
from kimportal.search import Search, SearchForm, found_in_time, suggestions
from kimportal.tracking import SearchedCode, is_code
from pages import freshness
from pages.limits import is_over, limited, refusal
from pages.reading import require_safe
from regions.models import INDONESIA
from regions.page_place import set_page_place
from regions.views import suggestions as answer_to_search_box


@require_safe
@login_not_required
@limited("search")
def search(request):
    return found_in_time(lambda: search_page(request)) or too_busy(request)


def search_page(request):
    search = Search(request.GET)
    code = SearchedCode(search.text)
    if code.url:
        return redirect(code.url)
    # What is found is any post, KIM or place there; every one that comes, changes or goes is news of its region.
    freshness.follow(request, search.topic, Community.NAMES, Bulletin.NEWS, Aspiration.NEWS)
    set_page_place(request, search.filter.region)
    context = {"search": search, "code": code, "is_code_alone": code.is_answered and not search.has_posts}
    return render(request, "kimportal/search.html", {**context, **search.named})


@require_safe
@login_not_required
@limited("suggestion")
def search_suggest(request):
    text = SearchForm(request.GET).text
    if is_code(text) and is_over("search", request):  # nobody guesses codes here more often than there
        return refusal(request)
    if offers := SearchedCode(text).offers:
        answer = answer_to_search_box(offers, is_cut=False)
        add_never_cache_headers(answer)  # whoever has a code of their own is alone in asking for it
        return answer
    freshness.follow(request, INDONESIA, Community.NAMES)
    offers = found_in_time(lambda: suggestions(request.GET))
    return answer_to_search_box(offers or [], is_cut=offers is None)
