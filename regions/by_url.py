"""The region that a URL names."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from regions import atlas
from regions.models import INDONESIA, Region


def region_or_404(code_and_slug):
    """`(region, whether the URL names it as it is today)`, as Region.objects.resolve; Http404 where there is none."""
    try:
        return Region.objects.resolve(code_and_slug)
    except Region.DoesNotExist as error:
        raise Http404 from error


def region_of_today(code_and_slug):
    """The region that has this code, or has taken the place of what had it; Http404 where there is none."""
    region, _is_canonical = region_or_404(code_and_slug)
    if region.retired_on:
        raise Http404
    return region


def query_of(request):
    """What was asked for, to go along with whoever is led on."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


def by_code(view):
    """Hands the view the region of the `code` in its URL, and its parts: `view(request, region, parts)`.

    A former code, or one with a name after it, leads to the same URL of the region as it is today; Http404 for others.
    """

    @wraps(view)
    def found(request, code):
        region, parts, _neighbours = atlas.surroundings(code)
        if region is None or region.retired_on:
            return redirect(url_of(request, region_of_today(code).code), permanent=True)
        return view(request, region, parts)

    return found


def by_name(url):
    """As `by_code`, for the `code_and_slug` of a page: whatever is not today's name of a region below the country leads
    to `url(region, query)`.
    """

    def decorate(view):
        @wraps(view)
        def found(request, code_and_slug):
            code, _dash, slug = code_and_slug.partition("-")
            region, parts, _neighbours = atlas.surroundings(code)
            if region is None or region.retired_on or region.slug != slug or not region.level:
                return redirect(url(region_of_today(code_and_slug), query_of(request)), permanent=True)
            return view(request, region, parts)

        return found

    return decorate


def narrowed_country(url):
    """For the page of the country, which others ask for with `?wilayah=` as they do lists: leads to that of the region,
    at `url(region, query)`.
    """

    def decorate(view):
        @wraps(view)
        def found(request):
            places = Region.objects.exactly(request.GET.get("wilayah", ""))
            if len(places) != 1:
                return view(request)
            query = request.GET.copy()
            del query["wilayah"]
            return redirect(url(places[0], f"?{query.urlencode()}" if query else ""))

        return found

    return decorate


def country_or_404():
    """`(the country, its provinces)`; Http404 while no list of regions is loaded."""
    region, parts, _neighbours = atlas.surroundings(INDONESIA)
    if region is None:
        raise Http404
    return region, parts


def url_of(request, code):
    """The URL of this request for another region."""
    return reverse(request.resolver_match.view_name, args=[code]) + query_of(request)
