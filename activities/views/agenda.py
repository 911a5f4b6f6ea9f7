"""What is on: a month of a region, and the same as a calendar to follow."""

from datetime import date, timedelta
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.calendar import calendar_file
from activities.filters import AgendaFilter
from activities.models import Post
from regions import freshness
from regions.clocks import at, beginning, today
from regions.models import INDONESIA, Region

# More than a month of a province has; the nation's page asks to choose a region.
MOST = 200
FEED_EVENTS, FEED_PAST_DAYS = 100, 30


@require_safe
@login_not_required
def agenda(request):
    """The events of one month, `?bulan=2026-11`, this one unless told otherwise, day by day."""
    chosen = AgendaFilter(request.GET, queryset=Post.objects.published().filter(type=Post.Type.AGENDA))
    month = month_or_404(request.GET.get("bulan"), chosen.region)
    freshness.follow(request, chosen.region.code if chosen.region else INDONESIA)
    posts = list(chosen.qs.filter(**during(month, chosen.region)).for_events().order_by("starts_at", "pk")[: MOST + 1])
    context = {
        "filter": chosen,
        "region": chosen.region,
        "month": month,
        "days": [(day, list(those)) for day, those in groupby(posts[:MOST], key=local_day)],
        "has_more": len(posts) > MOST,
        "earlier": address(request, month - timedelta(days=1)),
        "later": address(request, next_month(month)),
        "today": today(chosen.region),
    }
    return render(request, "activities/agenda.html", context)


@require_safe
@login_not_required
def agenda_feed(request, code=INDONESIA):
    """What comes and what was lately in a region, for a telephone's calendar."""
    region = get_object_or_404(Region.objects.with_names().current(), code=code)
    freshness.follow(request, region.code)
    since = timezone.now() - timedelta(days=FEED_PAST_DAYS)
    events = Post.objects.published().within(region).filter(type=Post.Type.AGENDA, starts_at__gte=since)
    posts = events.for_events().order_by("starts_at", "pk")[:FEED_EVENTS]
    return HttpResponse(
        calendar_file(posts, f"Agenda KIM {region.full_name}"), content_type="text/calendar; charset=utf-8"
    )


def month_or_404(text, place):
    """The first day of a month written as 2026-11; without one, of the month it is there."""
    if not text:
        return today(place).replace(day=1)
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error
    if not 2000 <= month.year <= 2100:
        raise Http404
    return month


def next_month(month):
    return (month + timedelta(days=31)).replace(day=1)


def during(month, place):
    """From its first moment to its last there."""
    first, last = (beginning(day, place) for day in (month, next_month(month)))
    return {"starts_at__gte": first, "starts_at__lt": last}


def local_day(post):
    return at(post.starts_at, post.place).date()


def address(request, month):
    query = request.GET.copy()
    query["bulan"] = f"{month:%Y-%m}"
    return f"?{query.urlencode()}"
