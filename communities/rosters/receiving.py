"""Taking a roster in: a look at the file from outside and a row; the worker, whom the caller calls, does the rest."""

from django.core.exceptions import PermissionDenied

from communities.models import RosterImport

from .reading import screen


def receive(file, *, by, region):
    """A RosterImport of an uploaded file, for a region of this officer; FileRefused with a sentence."""
    if not by.jurisdiction().filter(pk=region.pk).exists():
        raise PermissionDenied
    screen(file)
    return RosterImport.objects.create(file=file, name=file.name[-120:], uploaded_by=by, region=region)
