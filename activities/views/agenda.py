"""What is on: from today, or in a month, in a region; and the same as a calendar to follow."""

from datetime import date, timedelta
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from activities.calendar import calendar_file
from activities.filters import AgendaFilter, led_elsewhere
from activities.models import Post
from activities.month_grid import MOST_EVENTS, month_grid
from pages import freshness
from pages.paging import AFTER, BEFORE, KeysetPage
from pages.reading import require_safe
from regions.clocks import FIRST_YEAR, LAST_YEAR, of_our_time, today
from regions.filtered_feeds import question
from regions.models import INDONESIA, Region
from regions.page_place import set_page_place

DAYS_SIZE = 50  # events of a page
MOST_RUNNING = 50  # that began before; who wants to see more chooses a smaller region
MOST_LATELY = 5
FEED_RUNNING, FEED_COMING, FEED_PAST, FEED_PAST_DAYS = 50, 200, 50, 30


@require_safe
@login_not_required
def agenda(request):
    """What runs and what comes, day by day, from today; or of one month, `?bulan=2026-11`."""
    chosen = AgendaFilter(request.GET, queryset=Post.objects.published())
    chosen.known_beside = frozenset({"bulan"})
    month = None
    if not chosen.repeated_beside:
        month = month_or_404(request.GET.get("bulan"))
        of = {"jenis": Post.Type.AGENDA, **days_of(month)}
        if elsewhere := led_elsewhere(request.GET, but=AgendaFilter.base_filters, **of):
            return redirect(elsewhere)
    freshness.follow(request, chosen.topic)
    set_page_place(request, chosen.region)
    here = today(chosen.region)
    first, end = (month, next_month(month)) if month else (here, None)
    running, events = chosen.qs.running_into(first), chosen.qs.starting(first, end)
    if month is None:
        running, events = (posts.filter(over_at__gt=timezone.now()) for posts in (running, events))
    page = KeysetPage(events.for_events(), request.GET, order="starts_at", size=DAYS_SIZE)
    days = [(day, list(posts)) for day, posts in groupby(sorted(page, key=first_day), key=first_day)]
    began = list(running.for_events()[: MOST_RUNNING + 1]) if page.newer is None else []
    context = {
        "filter": chosen,
        "region": chosen.region,
        "month": month,
        "today": here,
        "running": began[:MOST_RUNNING],
        "has_more_running": len(began) > MOST_RUNNING,
        "page": page,
        "days": days,
        "has_today": here in dict(days),
        "earlier": month_url(request, month - timedelta(days=1) if month else here),
        "later": month_url(request, next_month(first)),
        "tomorrow": here + timedelta(days=1),
        "grid": month_grid(events_of_month(chosen.qs, month), month) if month else [],
        "lately": [] if month or page.newer else list(lately(chosen.qs)),
    }
    return render(request, "activities/agenda.html", context)


def events_of_month(posts, first):
    """Whatever touches a day of it, by the clock there."""
    touching = posts.touching(first, next_month(first)).order_by("starts_at", "pk")
    return touching.only("title", "slug", "days", "starts_at")[:MOST_EVENTS]


def lately(posts):
    """The last that are over."""
    return posts.over().for_events()[:MOST_LATELY]


@require_safe
@login_not_required
def agenda_feed(request, code=INDONESIA):
    """What runs in a region, then what comes, then what was lately, for a telephone's calendar."""
    chosen = AgendaFilter(request.GET, queryset=Post.objects.none())
    if refused := question(chosen):
        return refused
    if chosen.region and chosen.region.code != code:
        return redirect("files:agenda_feed_region", chosen.region.code)
    region = get_object_or_404(Region.objects.with_names().current(), code=code)
    freshness.follow(request, region.code)
    events = Post.objects.published().within(region).for_events()
    lately = events.over().filter(over_at__gt=timezone.now() - timedelta(days=FEED_PAST_DAYS))
    posts = [*events.running()[:FEED_RUNNING], *events.coming()[:FEED_COMING], *lately[:FEED_PAST]]
    return HttpResponse(
        calendar_file(posts, f"Agenda KIM {region.full_name}"), content_type="text/calendar; charset=utf-8"
    )


def month_or_404(text):
    """The first day of a month written as 2026-11; None for no text."""
    if not text:
        return None
    try:
        month = date.fromisoformat(f"{text}-01")
        of_our_time(month)
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    return month


def days_of(month):
    """The days of a month as lists of posts are asked for them; none for no month."""
    return {"sejak": month, "sampai": next_month(month) - timedelta(days=1)} if month else {}


def next_month(day):
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def first_day(post):
    """Of the days it touches, by the clock there."""
    return post.days.lower


def month_url(request, day):
    """The month of this day, its first page; "" for one that no calendar of ours shows."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    query = request.GET.copy()
    for name in (AFTER, BEFORE):
        query.pop(name, None)
    query["bulan"] = f"{day:%Y-%m}"
    return f"?{query.urlencode()}"
