"""A copy of a KIM's data in its room, for its chair; of a region's at the desk it is `kimportal/admin.py`."""

from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.decisions import StepRefused
from accounts.exporting import log
from communities.models import DataCopy
from communities.views.registration import chaired_community
from kimportal.tasks import make_data_copy
from pages import limits
from pages.bucket import carried


def ask(request, region, community=None):
    """One more copy on its way; None, and a sentence why not, where it is refused."""
    try:
        with transaction.atomic():
            copy = DataCopy.objects.ask(by=request.user, region=region, community=community)
            make_data_copy.enqueue(copy.pk)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return None
    return copy


def handed_out(request, copy):
    """The ZIP, which is written down; Http404 for anyone but who asked for it, and when its time is over."""
    if not (copy.may_be_taken_by(request.user) and copy.is_ready):
        raise Http404
    log(DataCopy, request, "zip", copy.rows, row=copy, region=copy.region)
    name = copy.community.slug if copy.community else copy.region.code
    return carried(
        copy.file.name,
        "application/zip",
        download_as=f"salinan-{name}-{timezone.localdate(copy.asked_at):%Y-%m-%d}.zip",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
@limits.limited_sending("file")
def data_copy(request, slug):
    """The newest that this chair asked for: how far it is, or the file; and the button that asks for another."""
    community = chaired_community(request, slug)
    own = DataCopy.objects.filter(community=community, asked_by=request.user).select_related("community", "region")
    copy, status = own.first(), HTTPStatus.OK
    if request.method == "POST" and request.POST.get("deed") == "download":
        if copy and copy.is_ready:
            return handed_out(request, copy)
        status = HTTPStatus.GONE
    elif request.method == "POST":
        ask(request, community.seat, community)
        return redirect("data_copy", slug=slug)
    context = {"community": community, "copy": copy, "hours": DataCopy.HOURS_KEPT}
    return render(request, "communities/data_copy.html", context, status=status)
