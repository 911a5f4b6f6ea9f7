"""The pictures of a KIM: handed out to everyone, chosen and described by its chair."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.photo_answers import photo_answer, shown_elsewhere
from communities.models import CommunityPicture, StepRefused
from communities.picture_forms import PictureForm
from communities.views.registration import chaired_community, held_community
from pages.limits import limited_sending
from pages.reading import require_safe

CONFLICT = 409


@require_safe
@login_not_required
@shown_elsewhere
def picture(request, uuid, name):
    return photo_answer(request, get_object_or_404(CommunityPicture.objects.shown(), uuid=uuid), name)


@limited_sending("photo")
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request, slug):
    """Each of both by itself, so that a bad file costs no good one."""
    if request.method != "POST":
        community = chaired_community(request, slug)
        return shown(request, community, picture_forms(community))
    with held_community(request, slug) as community:
        forms = picture_forms(community, request.POST, request.FILES)
        if not community.is_standing:
            return shown(request, community, forms, status=CONFLICT)
        try:
            are_saved = [form.save(by=request.user) for form in forms]
        except StepRefused as refusal:
            messages.error(request, str(refusal))
            return shown(request, community, forms, status=CONFLICT)
        if all(are_saved):
            messages.success(request, _("Tersimpan."))
            return redirect("communities:pictures", slug)
        stored = zip(are_saved, forms, picture_forms(community), strict=True)
        forms = [fresh if is_saved else form for is_saved, form, fresh in stored]
    return shown(request, community, forms, status=CONFLICT if any(form.is_written_over for form in forms) else 200)


def shown(request, community, forms, *, status=200):
    context = {"community": community, "forms": forms, "has_errors": any(form.errors for form in forms)}
    return render(request, "communities/pictures.html", context, status=status)


def picture_forms(community, *sent):
    known = community.pictures.by_kind()
    return [PictureForm(*sent, community=community, kind=kind, known=known.get(kind)) for kind in CommunityPicture.Kind]
