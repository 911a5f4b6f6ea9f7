"""Taking a roster in: a look at the file from outside, a row, and the worker does the rest."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.models import RosterImport

from .reading import screen


def receive(file, *, by, region):
    """A RosterImport of an uploaded file, for a region of this officer; FileRefused with a sentence."""
    from communities.tasks import check_roster

    if not by.jurisdiction().filter(pk=region.pk).exists():
        raise PermissionDenied
    screen(file)
    with transaction.atomic():
        roster = RosterImport.objects.create(file=file, name=file.name[-120:], uploaded_by=by, region=region)
        transaction.on_commit(lambda: check_roster.enqueue(roster.pk))
    return roster
