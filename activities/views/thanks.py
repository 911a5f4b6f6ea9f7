"""A reader says thanks for a post: one tap, without an account and without a cookie."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from activities.models import Post, Thanks
from pages import limits
from pages.from_elsewhere import is_from_elsewhere
from pages.programs import is_program

# A village may read behind one IP address.
MOST_A_DAY = 20


# The page that offers the button is the same for everyone: it holds no token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def thank(request, pk):
    """The answer is the same whether it counts or not."""
    post = get_object_or_404(Post.objects.published().for_page(), pk=pk)
    if request.method != "POST":
        return redirect(post)
    if is_from_elsewhere(request):
        return render(
            request, "activities/thanked.html", {"post": post, "refusal": _("Ketuk dari halamannya.")}, status=403
        )
    if not is_program(request) and has_room(request, post):
        Thanks.objects.add(post, mark_of(request, post))
    if request.accepts("text/html"):
        return render(request, "activities/thanked.html", {"post": post})
    return JsonResponse({"number": post.thanks.count()})


def has_room(request, post):
    address = secret_of(post, limits.client_ip(request))
    return limits.take(f"thanks-{post.pk}:{address}", MOST_A_DAY, limits.DAY)


def mark_of(request, post):
    """By the number that the phone made up for itself; a browser without scripts is known by its address and name."""
    try:
        device = str(uuid.UUID(request.POST.get("device", "")))
    except ValueError:
        device = repr((limits.client_ip(request), request.headers.get("User-Agent")))
    return secret_of(post, device)


def secret_of(post, told):
    """What stands for it at this post; another at each, from which nothing leads back."""
    return salted_hmac(f"thanks-{post.pk}", told, algorithm="sha256").hexdigest()[:24]
