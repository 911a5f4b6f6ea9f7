"""What the worker does with an edition brought to the desk: tell the difference; on an officer's word, load it."""

import logging
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pghistory
from django.contrib import admin
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.audit import who, with_reason
from accounts.models import EditionChange, EditionUpload
from accounts.under_way import Progress
from regions.changes import KINDS, Change, changes_of, rows_at
from regions.editions import Edition
from regions.loading import (
    alone,
    compare,
    copy_rows,
    last_edition,
    load,
    many_small_objects,
    placed_models,
    standing_regions,
)
from regions.models import Region
from regions.tables import FileRefused

# Reading, comparing, looking for what depends on what ends.
STEPS_OF_COMPARING = 3
# Reading, regions, former codes; then each table that keeps a place.
STEPS_OF_LOADING = 3

logger = logging.getLogger(__name__)


def tell_difference(upload):
    """Compare the upload with the regions as they stand. Safe to repeat and to break off."""
    if not upload.begin(EditionUpload.Status.COMPARING):
        return
    try:
        with many_small_objects(), transaction.atomic():
            facts = compared(upload)
            upload.end(EditionUpload.Status.COMPARED, problem="", **facts)
    except FileRefused as refusal:
        upload.end(EditionUpload.Status.FAILED, problem=str(refusal))
    except Exception:
        logger.exception("edition %s", upload.pk)
        upload.end(EditionUpload.Status.FAILED, problem=_("Perbandingan terhenti. Coba lagi sebentar lagi."))


def load_upload(upload):
    """Load it: all of it or nothing, and once, however often it is asked for."""
    if not upload.begin(EditionUpload.Status.LOADING):
        return
    try:
        with many_small_objects(), pghistory.context(**who(upload.approved_by)), with_reason(upload.reason):
            loaded(upload)
    except FileRefused as refusal:
        upload.end(EditionUpload.Status.FAILED, problem=str(refusal))
    except Exception:
        logger.exception("edition %s", upload.pk)
        problem = _("Pemuatan terhenti dan tidak ada yang berubah. Bandingkan lagi, lalu muat sekali lagi.")
        upload.end(EditionUpload.Status.FAILED, problem=problem)
    else:
        upload.let_go_of_files()


def compared(upload):
    progress = Progress(upload, STEPS_OF_COMPARING)
    progress.tell(_("Membaca berkas"))
    edition = edition_of(upload)
    progress.tell(_("Membandingkan dengan wilayah sekarang"))
    last = last_edition()
    standing = standing_regions()
    difference = compare(standing, edition)
    if len(difference.retired) * 2 > sum(not was.retired_on for was in standing.values()):
        raise FileRefused(_("Lebih dari separuh wilayah tidak ada dalam daftar ini. Unggah daftar yang lengkap."))
    progress.tell(_("Mencari apa yang bergantung pada wilayah yang berakhir"))
    depending = rows_at(tables_of_the_desk(), [was.pk for was in difference.retired])
    words = {was.code: in_words(depending[was.pk]) for was in difference.retired if was.pk in depending}
    upload.changes.all().delete()
    store(upload, (change for kind in KINDS for change in changes_of(kind, difference, standing, edition)), words)
    total = sum(depending.values(), Counter())
    return {"compared_with": last, "fingerprint": edition.fingerprint, "depending": dict(total.most_common())}


def loaded(upload):
    progress = Progress(upload, STEPS_OF_LOADING + len(placed_models()))
    progress.tell(_("Membaca berkas"))
    edition = edition_of(upload)
    with transaction.atomic():
        alone()
        upload.refresh_from_db()
        if upload.status != EditionUpload.Status.LOADING:  # another worker, thought lost, was at it all the time
            return
        if upload.is_outdated or edition.fingerprint != upload.fingerprint:
            raise FileRefused(_("Daftar wilayah berubah sesudah perbandingan ini. Bandingkan lagi."))
        difference = load(edition, progress=progress.tell)
        upload.end(EditionUpload.Status.DONE, loaded=last_edition(), followed=difference.followed)


def edition_of(upload):
    with TemporaryDirectory(prefix="kim-edition-") as place:
        try:
            list_file = copied(upload.file, Path(place) / "list")
            former = copied(upload.former_file, Path(place) / "former") if upload.former_file else None
        except (FileNotFoundError, ValueError) as error:
            raise FileRefused(_("Berkas ini tidak disimpan lagi. Unggah sekali lagi.")) from error
        return Edition.read(list_file, upload.name, former)


def copied(file, path):
    """The path, at which the file is now: in a store it has none."""
    with file.open() as stored, open(path, "wb") as copy:
        shutil.copyfileobj(stored, copy)
    return path


def tables_of_the_desk():
    return [model for model in admin.site._registry if model is not Region]


def in_words(counter):
    return [f"{number} {words}" for words, number in counter.most_common()]


def store(upload, changes, depending):
    columns = ["upload_id", *Change._fields, "depending"]
    rows = ([upload.pk, *change, depending.get(change.code, [])] for change in changes)
    with connection.cursor() as cursor:
        copy_rows(cursor, EditionChange._meta.db_table, columns, rows)
