"""The front page, and what it shows of the region that a reader chose."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache

from activities.models import Post
from activities.models.querysets import CARD_FACTS, CARD_VERSION, days_of_now
from communities.sectors import all_sectors
from kimportal.views.around import Surroundings
from pages import freshness
from pages.questions import Asking
from pages.reading import require_safe
from pages.stamped import Stamped
from regions import atlas
from regions.by_url import region_or_404
from regions.models import INDONESIA
from regions.my_region import chosen_region
from regions.page_place import set_page_place

MOST_EVENTS = 4

# The rows of the cards on the front page.
_newest = Stamped(1)


@require_safe
@login_not_required
def home(request):
    freshness.follow(request, INDONESIA)
    newest = _newest.get("home", INDONESIA, partial(Post.objects.newest_of_many, 13))
    first = next((row for row in newest if row.lead_photo), newest[0] if newest else None)
    surroundings = Surroundings(INDONESIA)
    now = timezone.now()
    rows = surroundings.asked_with(
        lead=Asking(lead_story, first.pk if first else 0),
        running=Asking(running_events, now, days_of_now()),
        coming=Asking(coming_events, now),
    )
    context = {
        "first": first,
        "lead": SimpleLazyObject(lambda: next(iter(rows["lead"]), None)),
        "posts": [row for row in newest if row != first][:12],
        # A few that run, then those that come.
        "agenda": SimpleLazyObject(lambda: [*rows["running"], *rows["coming"]][:MOST_EVENTS]),
        "most_read": surroundings.most_read,
        "sectors": all_sectors(),
        "surroundings": surroundings,
        "as_of": now,
    }
    return render(request, "kimportal/home.html", context)


def running_events(now, days):
    return told_events().running(now, days)[:2]


def coming_events(now):
    return told_events().coming(now)[:MOST_EVENTS]


def told_events():
    told = ["title", "slug", "starts_at", "days", "venue", "place"]
    return Post.objects.published().without_warning().fetch_mode(atlas.FROM_ATLAS).only(*told)


def lead_story(pk):
    return Post.objects.for_cards().only(*CARD_VERSION, *CARD_FACTS, "summary").filter(pk=pk)


@require_safe
@login_not_required
def my_region_news(request, code):
    """The fragment that home shows for the region in the reader's cookie; the same for everyone of that region."""
    region, _canonical = region_or_404(code)
    freshness.follow(request, region.code)
    posts = Post.objects.published().within(region).newest_first().card_rows()[:4]
    return render(request, "kimportal/_my_region.html", {"region": region, "posts": posts})


@require_safe
@login_not_required
def my_region_warnings(request, code):
    """The fragment that home shows on top for the region in the reader's cookie, after what is for everyone."""
    region, _canonical = region_or_404(code)
    freshness.follow(request)
    set_page_place(request, region)
    return render(request, "kimportal/_my_region_warnings.html")


@require_safe
@login_not_required
@never_cache
def my_region_agenda(request):
    """To the agenda of the region in the reader's cookie, or first to choosing one."""
    region = chosen_region(request)
    return redirect(f"{reverse('activities:agenda')}?wilayah={region.code}" if region else "regions:mine")
