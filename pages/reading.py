"""Pages that are only read: whoever sends something to one is told so, before anything else is asked of it."""

from django.views.decorators import http


def require_safe(view):
    """Django's, for all pages of ours: its mark lets `kimportal.middleware.OnlyForReading` refuse other methods."""
    view = http.require_safe(view)
    view.only_reads = True
    return view
