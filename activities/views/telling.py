"""From an answered aspiration to a post that tells what became of it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from activities import telling
from aspirations.models import Aspiration
from pages.limits import limited_sending


@limited_sending("draft")
@require_POST
def tell(request, code):
    """Lead to the draft; pressed twice, it is one."""
    row = get_object_or_404(Aspiration.objects.readable_by(request.user).for_page(), code=code)
    if not telling.may_tell(request.user, row):
        raise PermissionDenied
    return redirect("activities:write_post", uuid=telling.begin(row, request.user).client_uuid)
