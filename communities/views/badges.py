"""A small picture for the site of a KIM that says what the portal knows of it today."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from communities import decree_terms
from communities.models import Community
from pages import freshness
from pages.reading import require_safe

Status = Community.Status
# Of the words after "KIM": those that speak for it, those that ask for attention, and all others.
GOOD, DOUBTFUL, OVER = "#14663b", "#8a4b08", "#4b5563"
LETTER, MARGIN, NAME = 6.1, 8, 34


@require_safe
@login_not_required
def badge(request, slug):
    """Told by the same rows as its page, and never kept for longer: a suspended KIM is no verified one."""
    freshness.follow(request, f"kim-{slug}")
    community = get_object_or_404(Community.objects.public().for_page(), slug=slug)
    if community.merged_into:
        return redirect("community_files:badge", community.merged_into.slug, permanent=True)
    if ends_at := decree_terms.ends_at(community.decree, community.seat):
        freshness.keep_until(request, ends_at)
    words, colour = standing(community)
    width = round(len(words) * LETTER) + 2 * MARGIN
    facts = {"name": community.name, "words": words, "colour": colour, "width": width, "whole": NAME + width}
    drawn = render_to_string("communities/badge.svg", facts | {"text": width - 2 * MARGIN, "at": NAME + MARGIN})
    return HttpResponse(drawn, "image/svg+xml", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


def standing(community):
    """The words and their colour: what an officer decided, unless the term of the decree is over today."""
    if community.is_old_data and community.status == Status.VERIFIED:
        return _("belum dikonfirmasi"), DOUBTFUL
    if community.is_standing and decree_terms.is_over_at(community.decree, community.seat):
        return Status.EXPIRED.label, DOUBTFUL
    colours = {Status.VERIFIED: GOOD, Status.INAUGURATED: GOOD, Status.EXPIRED: DOUBTFUL}
    return community.get_status_display(), colours.get(community.status, OVER)
