"""A page that was read says so: counted without a cookie, and without keeping from where."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from activities import reads
from pages import limits
from pages.from_elsewhere import is_from_elsewhere
from pages.programs import is_program

# A village may read behind one IP address; a program that asks again and again moves no list.
MOST_AN_HOUR = 30


@csrf_exempt
@require_POST
@login_not_required
def read(request, pk):
    """The answer is the same whether it counts or not, and for a post that is not there."""
    if is_reading(request, pk):
        reads.count(pk)
    return HttpResponse()


def is_reading(request, pk):
    """Whether a page of ours tells of a person, and not too many of one IP address this hour."""
    if is_from_elsewhere(request) or is_program(request):
        return False
    salt = f"reads-{timezone.localdate()}"
    reader = salted_hmac(salt, limits.client_ip(request), algorithm="sha256").hexdigest()[:24]
    return limits.take(f"read-{pk}:{reader}", MOST_AN_HOUR, limits.HOUR)
