"""Which other systems may read and send aspirations of a region by Open311; none until an officer lets one."""

import secrets
import uuid
from hashlib import sha256

from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import Audited
from accounts.lifecycle import StepRefused
from accounts.models.connections import Connection, ConnectionQuerySet
from aspirations.models.aspiration import Aspiration
from aspirations.models.querysets import SentBefore
from regions.models import Region

PREFIX, KEY_BYTES = "kim_", 24


def hash_of(key):
    return sha256(key.encode()).hexdigest()


class Open311ClientQuerySet(ConnectionQuerySet):
    def by_key(self, key):
        """The one that is switched on and has this key, or None."""
        return self.on().filter(key_hash=hash_of(key)).select_related("region").first()

    def regions(self, code=""):
        """The regions that are open to Open311: at most two, or the one of this code."""
        open_now = Region.objects.filter(pk__in=self.on().values("region"))
        return list((open_now.filter(code=code) if code else open_now).order_by("pk")[:2])


class Open311Client(Connection):
    """Another system, and the region whose aspirations an officer lets it read and send; its key is kept as a hash."""

    # Programs put the address of their own page of a report beneath its words; what begins so is left out.
    site = models.URLField(
        gettext_lazy("situs sistem itu (boleh kosong)"), blank=True, default="", db_default=Value("")
    )
    key_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = Open311ClientQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("sistem laporan (Open311)")
        verbose_name_plural = gettext_lazy("sistem laporan (Open311)")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="open311_client_once",
                violation_error_message=gettext_lazy("Sistem bernama itu sudah terdaftar untuk wilayah ini."),
            )
        ]
        triggers = [Audited(region="region", personal=["site", "key_hash"])]

    @property
    def desk_path(self):
        return reverse("admin:aspirations_open311client_change", args=[self.pk])

    def make_key(self):
        """Another key, which nobody can read again; the row is still to be saved."""
        key = PREFIX + secrets.token_urlsafe(KEY_BYTES)
        self.key_hash = hash_of(key)
        return key

    # Verbs

    def send(self, *, client_uuid, waiting=(), **facts):
        """What it sends is an aspiration by the rules of the form; the same words within eight days are one.

        Only who holds it reads from which system it came.
        """
        facts["came_from"] = self.name
        with transaction.atomic():
            try:
                row = Aspiration.objects.send(client_uuid=client_uuid, waiting=waiting, **facts)
            except SentBefore:
                # The same words once more, long after: another matter.
                row = Aspiration.objects.send(waiting=waiting, **facts, client_uuid=uuid.uuid4())
            if not row.steps.filter(deed="remark", actor=self.name).exists():
                row.note_origin(self.name)
        return row

    def renew_key(self, *, by):
        """Another key; the one before is worth nothing from now on."""
        self._require(by)
        key = self.make_key()
        Open311Client.objects.filter(pk=self.pk).update(key_hash=self.key_hash, updated_at=Now())
        return key

    def switch_off(self, *, by):
        self._switch(by, timezone.now())

    def switch_on(self, *, by):
        self._switch(by, None)

    def _switch(self, by, disabled_at):
        self._require(by)
        standing = Open311Client.objects.filter(pk=self.pk, disabled_at__isnull=disabled_at is not None)
        if not standing.update(disabled_at=disabled_at, updated_at=Now()):
            raise StepRefused(_("Sistem ini sudah dihidupkan atau dimatikan orang lain."))
        self.refresh_from_db()

    def _require(self, by):
        if not self.decided_by(by):
            raise StepRefused(_("Sistem ini diurus petugas wilayahnya."))
