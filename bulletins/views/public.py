"""Government information for everyone: the list, each page with its papers and picture, and the short URLs of KIM."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import base36_to_int
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from accounts.photo_answers import photo_answer, shown_elsewhere
from bulletins.filters import BulletinFilter
from bulletins.models import Attachment, Bulletin, BulletinPicture, Delivery
from bulletins.views.body import body_of
from communities import papers
from communities.models import Office
from pages import freshness, limits
from pages.paging import KeysetPage
from pages.programs import is_program
from pages.reading import require_safe
from pages.row_urls import pk_or_404
from pages.sharing import share_links
from regions.filters import read_as_meant

MOST_CARRIED = 12  # cards of posts that carry it on


@require_safe
@login_not_required
@limits.limited("search")
def bulletin_list(request):
    freshness.follow(request, Bulletin.NEWS)
    chosen = BulletinFilter(request.GET, queryset=Bulletin.objects.public())
    page, meant = read_as_meant(chosen, lambda rows: KeysetPage(rows.qs.for_list(), rows.data, order="-sent_at"))
    context = {"filter": chosen, "region": chosen.region, "page": page, "meant": meant}
    return render(request, "bulletins/bulletin_list.html", context)


@require_safe
@login_not_required
def bulletin_detail(request, pk_and_slug):
    pk = pk_or_404(pk_and_slug)
    freshness.follow(request, f"bulletin-{pk}")
    bulletin = get_object_or_404(Bulletin.objects.public().for_page(), pk=pk)
    if request.path != bulletin.get_absolute_url():
        return redirect(bulletin, permanent=True)
    if bulletin.is_in_force and bulletin.ends_at:
        freshness.keep_until(request, bulletin.ends_at)
    text = f"{bulletin.title} — {bulletin.issuer.full_name}"
    context = {
        **body_of(bulletin),
        "office": Office.objects.name_in(bulletin.issuer, bulletin.sent_at.date()),
        "regions": bulletin.regions.with_names(),
        "sectors": bulletin.sectors.all(),
        # The posts of KIM that carry it on (activities).
        "carried": bulletin.posts.published().newest_first().card_rows()[:MOST_CARRIED],
        # What was recalled is not carried further by us.
        "share": [] if bulletin.is_recalled else share_links(bulletin.get_absolute_url(), bulletin.title, text),
    }
    return render(request, "bulletins/bulletin_detail.html", context)


@require_safe
@login_not_required
@csp_override(papers.NOTHING)
def attachment(request, pk):
    """A PDF of a bulletin that was sent, to be downloaded."""
    found = get_object_or_404(Attachment, pk=pk, bulletin__status__in=Bulletin.PUBLIC_STATUSES)
    return papers.attachment(found.file, found.name)


@require_safe
@login_not_required
@shown_elsewhere
def picture(request, uuid, name):
    """A stored copy of the picture of a bulletin that was sent."""
    found = get_object_or_404(BulletinPicture, uuid=uuid, bulletin__status__in=Bulletin.PUBLIC_STATUSES)
    return photo_answer(request, found, name)


@require_safe
@login_not_required
@never_cache
def link(request, code):
    """The short URL that a KIM passed on: counted for that KIM, without a cookie, it leads to the public page."""
    try:
        pk = base36_to_int(code)
    except ValueError as error:
        raise Http404 from error
    delivery = get_object_or_404(
        Delivery.objects.select_related("bulletin"), pk=pk, bulletin__status__in=Bulletin.PUBLIC_STATUSES
    )
    if request.method == "GET" and is_reader(request, delivery):
        delivery.follow_link()
    return redirect(delivery.bulletin)


def is_reader(request, delivery):
    """Whether a person follows the link, as far as one can tell, for the first time in this hour from their network."""
    if is_program(request):
        return False
    return limits.take(f"link-{delivery.pk}:{limits.client_ip(request)}", 1, limits.HOUR)
