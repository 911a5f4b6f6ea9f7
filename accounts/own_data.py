"""A person takes along what the portal knows of them: a ZIP with a JSON file for each kind of thing, and their photos.

Each app declares its own, in a module of this name:

own_rows("kegiatan", Post, by=["author"], also=["community__name"], without=["client_uuid"])

own_photos("foto", Photo, of="post__author")

What a person did to things of others, an officer's decisions above all, is in no table of its own here: the trail tells
each deed with its moment and reason, and nothing of whom it was about.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from operator import or_
from zipfile import ZIP_DEFLATED, ZipFile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.postgres.search import SearchVectorField
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.consents import consents_of
from accounts.models import (
    AuditEntry,
    DeskNote,
    Endpoint,
    MutedKind,
    Notice,
    OfficerAssignment,
    SavedFilter,
    Session,
    User,
)
from accounts.packing import Passage, entry, full, put

ROWS, PHOTOS = [], []
READ_FIRST = "baca-dahulu.txt"


@dataclass(frozen=True)
class OwnRows:
    name: str
    model: type[models.Model]
    by: list
    columns: list

    def of(self, user):
        """The rows that name this person, as `{column: value}`, one after the other."""
        own = reduce(or_, (Q(**{path: user.email.lower() if path.endswith("email") else user.pk}) for path in self.by))
        return self.model._base_manager.filter(own).order_by("pk").values(*self.columns).iterator()


def own_rows(name, model, *, by, also=(), without=()):
    """Declare a file of the ZIP: the rows of which a column `by` is the person, or holds their e-mail address.

    All columns of the row itself, and `also` some of rows that it refers to; not the keys of these, which say nothing
    elsewhere, and not those `without`: what opens doors, or is worked out from the others.
    """
    columns = [
        field.name
        for field in model._meta.concrete_fields
        if not field.is_relation and not isinstance(field, SearchVectorField) and field.name not in without
    ]
    ROWS.append(OwnRows(name, model, by, [*columns, *also]))


def own_photos(name, model, *, of, also=()):
    """Declare the rows of a StoredPhoto and, in a folder of the same name, their largest copies."""
    own_rows(name, model, by=[of], also=also)
    PHOTOS.append((name, model, of))


own_rows("akun", User, by=["pk"], without=["password", "sessions_ended", "is_superuser"])
own_rows("surel", EmailAddress, by=["user"])
own_rows("masuk-dua-langkah", Authenticator, by=["user"], without=["data"])
own_rows("perangkat-yang-masuk", Session, by=["user"], without=["session_key", "session_data"])
own_rows("sambungan", Endpoint, by=["user"], without=["keys"])
own_rows("kabar", Notice, by=["user"], without=["key", "sentence"])
own_rows("kabar-yang-dimatikan", MutedKind, by=["user"])
own_rows("penugasan", OfficerAssignment, by=["user"], also=["region__code", "region__name"])
own_rows("saringan", SavedFilter, by=["user"])
own_rows("catatan-meja", DeskNote, by=["by"])
own_rows("yang-dilakukan", AuditEntry, by=["by"], without=["before", "after"])


def archive_of(user):
    """The bytes of the ZIP, in pieces: neither the rows nor the files are ever held together."""
    passage = Passage()
    with ZipFile(passage, "w", ZIP_DEFLATED) as packed:
        packed.writestr(READ_FIRST, read_first())
        packed.writestr("persetujuan.json", "".join(as_json(given(user))))
        for rows in ROWS:
            with packed.open(entry(f"{rows.name}.json"), "w") as file:
                for piece in as_json(rows.of(user)):
                    file.write(piece.encode())
                    yield from full(passage)
        for folder, model, of in PHOTOS:
            for photo in model.objects.filter(**{of: user}).order_by("pk").iterator():
                # A photo of which the storage lost a copy must not keep the others back.
                with suppress(FileNotFoundError):
                    source = default_storage.open(photo.path(model.LARGE_NAMES[-1]))
                    yield from put(packed, passage, f"{folder}/{photo.uuid}.webp", source)
    yield passage.taken()


def given(user):
    """What they agreed to, as rows like those of a table."""
    return ({"tujuan": str(purpose.label), "sejak": since} for purpose, since in consents_of(user) if since)


class Encoder(DjangoJSONEncoder):
    def default(self, o):
        return [o.lower, o.upper] if isinstance(o, Range) else super().default(o)


def as_json(rows):
    """A list of them, a line each."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, cls=Encoder, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def read_first():
    return _(
        "Data Anda di Portal KIM, disalin %(moment)s UTC.\n\n"
        "Setiap berkas .json berisi satu jenis data, satu baris satu hal; folder berisi foto yang Anda kirim.\n"
        "Kata sandi, kunci, dan kode rahasia tidak ikut. Yang Anda lakukan atas milik orang lain tertulis di "
        "yang-dilakukan.json tanpa data orang itu.\n"
    ) % {"moment": f"{timezone.now():%Y-%m-%d %H:%M}"}
