"""Taking a roster in, and letting go of the file: a look from outside and a row at first, the worker does the rest."""

from secrets import token_hex

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.core.files.temp import NamedTemporaryFile
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.personal_numbers import without
from communities.models import RosterImport, RosterRow
from communities.rosters import stored
from communities.rosters.archives import in_sentences
from communities.rosters.columns import is_personal
from communities.rosters.reading import beginning_of, opened, screen
from regions.models import Region
from regions.tables import FileRefused


def receive(file: File, *, by: User, region: Region) -> RosterImport:
    """A RosterImport of an uploaded file, for a region of this officer; FileRefused with a sentence."""
    if not by.jurisdiction().filter(pk=region.pk).exists():
        raise PermissionDenied
    screen(file)
    roster = RosterImport(name=without(file.name)[-120:], uploaded_by=by, region=region)
    # Under a name of ours: theirs may tell of a person, and the trail remembers it.
    roster.file.save(f"{token_hex(8)}.upload", file, save=False)
    roster.save()
    return roster


def let_go_of_upload(roster: RosterImport) -> None:
    """Keep what may stay of an uploaded file and delete it; what cannot be read goes too, with a FileRefused."""
    upload, storage = roster.file.name, roster.file.storage
    if not upload:
        raise FileRefused(_("Berkas ini tidak disimpan lagi. Unggah sekali lagi."))
    try:
        with roster.file.open("rb") as file, NamedTemporaryFile() as rows:
            if stored.is_stored(file):
                return
            with opened(file, beginning_of(file)) as (hidden, sheets):
                stored.write(rows, hidden, readable(sheets))
            roster.file.save(f"{token_hex(8)}{RosterImport.STORED_SUFFIX}", File(rows), save=False)
    except FileRefused:
        roster.file = ""
        raise
    finally:
        if roster.file.name != upload:
            roster.save(update_fields=["file"])
            storage.delete(upload)


def let_go_of_file(roster: RosterImport) -> None:
    """Once it was carried out its rows alone are read: they forget a person, which the file would not."""
    storage, name = roster.file.storage, roster.file.name
    if name:
        roster.file = ""
        roster.save(update_fields=["file"])
        storage.delete(name)


def readable(sheets):
    """The sheets; with a FileRefused where they, or their rows, cannot be read."""
    for title, remarks, rows in in_sentences_each(sheets):
        yield title, remarks, in_sentences_each(rows)


def in_sentences_each(found):
    with in_sentences():
        yield from found


def scrub_rows(roster: RosterImport) -> None:
    """Take out of the rows of a roster that was read before what may not stay."""
    personal = {index for index, heading in enumerate(roster.headings) if is_personal(heading)}
    rows = list(roster.rows.all())
    for row in rows:
        row.cells = ["" if index in personal else without(cell) for index, cell in enumerate(row.cells)]
        row.corrections = {column: without(text) for column, text in row.corrections.items()}
    RosterRow.objects.bulk_update(rows, ["cells", "corrections"], batch_size=500)
