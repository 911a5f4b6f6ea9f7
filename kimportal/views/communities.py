"""The page of a KIM."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from activities.cards import version_of
from activities.filters import led_elsewhere
from activities.models import Post
from communities.models import Community, CommunityPicture, Position, Sector
from communities.sheets import sheet_foot
from communities.structured_data import organization
from pages import freshness
from pages.markup import render_markup
from pages.paging import AskedPage
from pages.questions import AskedTogether, Asking, asked
from pages.reading import require_safe
from pages.structured_data import json_ld
from regions.maps import locator_map
from regions.page_place import set_page_place


@require_safe
@login_not_required
def community_detail(request, slug):
    topic = f"kim-{slug}"
    freshness.follow(request, topic)
    community = community_or_404(slug)
    if community.merged_into:
        return redirect(community.merged_into, permanent=True)
    if elsewhere := led_elsewhere(request.GET, kim=slug):
        return redirect(elsewhere)
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
