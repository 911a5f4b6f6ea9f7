"""The pages that tie the apps together."""

from functools import partial

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.privacy import contact_path
from accounts.retention import terms
from accounts.waiting import waiting_for
from activities.cards import version_of
from activities.models import Post
from activities.models.querysets import CARD_FACTS, CARD_VERSION, days_of_now
from bulletins.models import Bulletin, Delivery
from communities.models import (
    Community,
    CommunityPicture,
    InvitationLink,
    Membership,
    Position,
    Sector,
)
from communities.models.contacts import asking_contacts, nearest, topics_of
from communities.sectors import all_sectors
from communities.sheets import sheet_foot
from communities.structured_data import organization
from communities.views.inviting import SESSION_KEY as INVITED
from kimportal.errors import too_busy
from kimportal.search import Search, found_in_time, suggestions
from kimportal.tracking import AnyCodeForm
from monitoring.models import Counted, RegionCount
from monitoring.regional_map import map_url
from monitoring.statistics import statistics_url
from pages import freshness
from pages.limits import limited, limited_sending
from pages.markup import render_markup
from pages.paging import AskedPage
from pages.questions import AskedTogether, Asking, asked
from pages.reading import require_safe
from pages.stamped import Stamped
from pages.structured_data import breadcrumb_list, json_ld
from regions import atlas
from regions.by_url import region_or_404
from regions.maps import locator_map, map_figure
from regions.models import INDONESIA, Region
from regions.page_place import set_page_place
from regions.views import chosen_region
from regions.views import suggestions as answer_to_search_box

MOST_BULLETINS, MOST_COMMUNITIES = 3, 6  # on the page of a region
MOST_ABOVE = 3  # posts of the region around a silent one
MOST_EVENTS = 4  # on the front page
MOST_UNREAD = 3  # in the room of a person
# Of the most read in a region; fewer than the least are no list.
MOST_OF_MOST_READ, LEAST_OF_MOST_READ = 5, 3

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
    rows = AskedTogether(
        lead=Asking(lead_story, first.pk if first else 0),
        running=Asking(running_events, now, days_of_now()),
        coming=Asking(coming_events, now),
        **asking_around(surroundings),
    )
    surroundings.beside = rows
    context = {
        "first": first,
        "lead": SimpleLazyObject(lambda: next(iter(rows["lead"]), None)),
        "posts": [row for row in newest if row != first][:12],
        # A few that run, then those that come.
        "agenda": SimpleLazyObject(lambda: [*rows["running"], *rows["coming"]][:MOST_EVENTS]),
        "most_read": partial(most_read_of, rows),
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
def region_detail(request, code_and_slug):
    code, _dash, slug = code_and_slug.partition("-")
    surroundings = Surroundings(code)
    region = surroundings.region
    freshness.follow(request, code, Bulletin.NEWS, *(topics_of(region) if region else []))
    set_page_place(request, region)
    if region is None or region.retired_on or region.slug != slug:
        today, is_canonical = region_or_404(code_and_slug)
        return ended_region(request, today) if is_canonical else redirect(today, permanent=True)
    above = [place.pk for place in region.ancestors]
    rows = AskedTogether(
        bulletins=Asking(bulletins_reaching, timezone.now(), region.pk, above, level=region.level),
        communities=Asking(communities_within, region.pk, level=region.level),
        contacts=asking_contacts(region),
        **asking_around(surroundings),
    )
    surroundings.beside = rows
    told = {"topic": code, "keep": version_of, "beside": rows}
    page = AskedPage(Post, request.GET, news_within, region.pk, level=region.level, **told)
    context = {
        "region": region,
        "surroundings": surroundings,
        "bulletins": SimpleLazyObject(lambda: rows["bulletins"]),
        "bulletin_news": Bulletin.NEWS,
        "most_read": partial(most_read_of, rows),
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
    return within.for_cards().order_by("name")[:MOST_COMMUNITIES]


def asking_around(surroundings):
    """How many KIM and posts there are in a region and its parts; down to a regency also what was read most this week.

    Of anything smaller all is on one page.
    """
    region = surroundings.region
    if region is None:  # no list of regions is loaded yet
        return {}
    most = {"most_read": Asking(most_read, region.pk)} if region.level <= Region.Level.REGENCY else {}
    return {"counts": surroundings.asking, **most}


def most_read_of(rows):
    posts = rows.get("most_read")
    return posts if len(posts) >= LEAST_OF_MOST_READ else []


def most_read(region):
    posts = Post.objects.published().without_warning().most_read_in(region).fetch_mode(atlas.FROM_ATLAS)
    return posts.only("title", "slug", "place")[:MOST_OF_MOST_READ]


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


class Surroundings:
    """A region (None for no such code), its parts and its neighbours; they are counted only for a page that asks."""

    def __init__(self, code):
        self.region, self.children, self.neighbours = atlas.surroundings(code)
        self.beside = None  # what they are asked together with, as `counts`

    @property
    def asking(self):
        """The question of how many KIM and posts there are in the region and in each of its parts."""
        return RegionCount.objects.asking([self.region, *self.children])

    @cached_property
    def _counted(self):
        if self.region is None:  # no list of regions is loaded yet
            return [Counted(None, 0, 0)]
        rows = self.beside["counts"] if self.beside else None
        return RegionCount.objects.counted([self.region, *self.children], rows)

    @property
    def counts(self):
        return self._counted[0]

    @property
    def parts(self):
        return self._counted[1:]

    @property
    def child_term(self):
        return self.children[0].term if self.children else ""

    @property
    def reached_provinces(self):
        return sum(part.communities > 0 for part in self.parts)

    def map(self):
        return map_figure(self.region, [(part.region, part.communities) for part in self.parts]) if self.parts else ""

    def map_url(self):
        return map_url(self.region)

    def statistics_url(self):
        return statistics_url(self.region)

    def jsonld(self):
        path = [*self.region.ancestors, self.region]
        return json_ld(breadcrumb_list(*((place.full_name, place.get_absolute_url()) for place in path)))


@require_safe
@login_not_required
def community_detail(request, slug):
    topic = f"kim-{slug}"
    freshness.follow(request, topic)
    community = community_or_404(slug)
    if community.merged_into:
        return redirect(community.merged_into, permanent=True)
    set_page_place(request, community.seat)
    questions = {"pictures": pictures_of, "sectors": sectors_of, "positions": positions_of}
    rows = AskedTogether(**{name: Asking(question, community.pk) for name, question in questions.items()})
    pictures = SimpleLazyObject(lambda: {picture.kind: picture for picture in rows["pictures"]})
    context = {
        "community": community,
        "topic": topic,
        "pictures": pictures,
        "monogram": monogram(community.name),
        "sectors": SimpleLazyObject(lambda: rows["sectors"]),
        "positions": SimpleLazyObject(lambda: rows["positions"]),
        "about_html": partial(render_markup, community.about),
        "page": AskedPage(Post, request.GET, news_of, community.pk, topic=topic, keep=version_of, beside=rows),
        "locator_map": partial(locator_map, community.seat),
        "jsonld": lambda: json_ld(organization(community, pictures)),
    }
    return render(request, "kimportal/community_detail.html", context)


def community_or_404(slug):
    if found := asked(community_of, slug):
        return found[0]
    raise Http404


def community_of(slug):
    return Community.objects.public().for_page().filter(slug=slug)


def pictures_of(community):
    return CommunityPicture.objects.filter(community=community)


def sectors_of(community):
    return Sector.objects.filter(communities=community)


def positions_of(community):
    return Position.objects.filter(community=community).current().select_related("membership").in_order()


def news_of(community):
    return Post.objects.published().filter(community=community).card_rows()


@require_safe
@login_not_required
def community_sheet(request, slug):
    """A KIM to be printed, with its people and without its posts."""
    freshness.follow(request, f"kim-{slug}")
    community = community_or_404(slug)
    if community.merged_into:
        return redirect("community_sheet", community.merged_into.slug, permanent=True)
    context = {
        "community": community,
        "source": community.get_absolute_url(),
        "pictures": community.pictures.by_kind(),
        "sectors": asked(sectors_of, community.pk),
        "positions": asked(positions_of, community.pk),
        "about_html": render_markup(community.about),
        **sheet_foot("community", slug),
    }
    return render(request, "kimportal/community_sheet.html", context)


def monogram(name):
    """What stands where another would show its logo: the first letters of its name, without "KIM"."""
    words = [word for word in name.split() if word.upper() != "KIM" and word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:2]) or "KIM"


@require_safe
@login_not_required
@limited("search")
def search(request):
    return found_in_time(lambda: search_page(request)) or too_busy(request)


def search_page(request):
    search = Search(request.GET)
    # What is found is any post, KIM or place there; every one that comes, changes or goes is news of its region.
    freshness.follow(request, search.topic, Community.NAMES, Bulletin.NEWS)
    set_page_place(request, search.filter.region)
    return render(request, "kimportal/search.html", {"search": search, **search.named})


@require_safe
@login_not_required
@limited("suggestion")
def search_suggest(request):
    freshness.follow(request, INDONESIA, Community.NAMES)
    offers = found_in_time(lambda: suggestions(request.GET))
    return answer_to_search_box(offers or [], is_cut=offers is None)


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


@require_safe
def workspace(request):
    """What waits for this person first; then what is theirs: the KIMs, what they wrote, and the account."""
    waiting = waiting_for(request.user)
    own = request.user.memberships.select_related("community__seat__regency")
    chaired = list(Community.objects.chaired_by(request.user).values_list("pk", flat=True))
    memberships = list(own.current().order_by("community__name"))
    context = {
        "memberships": memberships,
        "asked": own.requested(),
        "invitations": Membership.objects.waits_for(request.user).select_related("community__seat__regency"),
        "offered": InvitationLink.objects.usable().filter(code=request.session.get(INVITED, "")).first(),
        "waiting": waiting,
        "chaired": chaired,
        "unread_bulletins": unread_bulletins(request.user) if memberships else (),
    }
    return render(request, "kimportal/workspace.html", context)


def unread_bulletins(user):
    return Delivery.objects.of_member(user).unopened().for_inbox().order_by("-pk")[:MOST_UNREAD]


# Nothing changes by it: no token is needed, and so no cookie. What is sent is not in the address, where others read it.
@csrf_exempt
@limited_sending()
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request):
    """To what a code is of, whichever of ours it is."""
    form = AnyCodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect(form.url)
    return render(request, "kimportal/track.html", {"form": form})


@require_safe
@login_not_required
def about(request):
    return render(request, "kimportal/about.html")


@require_safe
@login_not_required
def privacy(request):
    contact = {"contact": settings.PRIVACY_CONTACT, "contact_path": contact_path()}
    facts = {"forget_days": settings.ASPIRATIONS_FORGET_DAYS, "has_copies": bool(settings.REPLICAS)}
    facts["terms"] = [(kept.label, days) for kept, days in terms().items()]
    return render(request, "kimportal/privacy.html", facts | contact)


@require_safe
@login_not_required
def saved(request):
    """The same for everyone: which posts are on the list only the phone knows."""
    return render(request, "kimportal/saved.html")


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "kimportal/accessibility.html")


@require_safe
@login_not_required
def robots(request):
    return render(request, "kimportal/robots.txt", content_type="text/plain")
