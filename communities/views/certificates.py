"""The certificate of a KIM, checked by anyone with its code."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.models import Certificate


@require_safe
@login_not_required
@never_cache
def certificate(request, token):
    """What it says is true this second: never kept."""
    related = ("decree", "community__seat__district", "community__seat__regency", "community__seat__province")
    found = get_object_or_404(Certificate.objects.select_related(*related), token=token)
    return render(request, "communities/certificate.html", {"certificate": found, "community": found.community})
