"""Pages that say the same to everyone, and the one that takes a code."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.privacy import contact_path
from accounts.retention import terms
from kimportal.tracking import AnyCodeForm
from pages.limits import limited_sending
from pages.reading import require_safe


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
