"""The pages for what went wrong, in our design and in plain words."""

from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def csrf_failure(request, reason=""):
    """A form that was open too long, or cookies switched off: what was typed can be sent again."""
    return render(request, "403_csrf.html", status=403)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def too_busy(request):
    """The database did not answer in time."""
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = "30"
    return response


def server_error(request):
    # No context processors: whatever broke may be among them.
    return render(None, "500.html", status=500)
