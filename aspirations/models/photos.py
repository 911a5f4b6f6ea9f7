"""The photos of an aspiration, and those that wait until it is sent."""

import hashlib
import uuid

from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.images import prepare_photo
from accounts.photo_limits import PhotoRefused
from accounts.stored_photo import StoredPhoto
from aspirations.models.aspiration import Aspiration

MOST_PHOTOS = 5
TOO_MANY = _("Satu usulan memuat paling banyak %(number)s foto.")


class AspirationPhotoQuerySet(models.QuerySet):
    def shown(self):
        """Those that everyone may see."""
        return self.filter(is_hidden=False, aspiration__in=Aspiration.objects.public())


class AspirationPhoto(StoredPhoto):
    """A photo that came with an aspiration; the portal keeps nothing of where it was taken."""

    FOLDER, URL_NAME = "aspirations", "aspiration_files:photo"

    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="photos", verbose_name=_("usulan"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_hidden = models.BooleanField(_("disembunyikan"), default=False, editable=False)

    objects = AspirationPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto usulan")
        verbose_name_plural = _("foto usulan")
        ordering = ["position", "pk"]
        triggers = [Audited(region="aspiration__place", personal=["alt"])]


class WaitingPhotoQuerySet(models.QuerySet):
    def add(self, client_uuid, file):
        """The photo that this file is, kept for the form of this uuid; sent again it is the same. PhotoRefused."""
        name = uuid.uuid5(client_uuid, digest_of(file))
        if known := self.filter(uuid=name).first():
            return known
        self._require_room(client_uuid)
        prepared = prepare_photo(file)
        facts = {"client_uuid": client_uuid, "width": prepared.width, "height": prepared.height}
        with transaction.atomic():
            self._stand_in_line(client_uuid)
            if known := self.filter(uuid=name).first():
                return known
            self._require_room(client_uuid)
            photo = self.create(uuid=name, **facts)
            if not photo.was_sent:
                photo.store(prepared)
        return photo

    def _require_room(self, client_uuid):
        if self.filter(client_uuid=client_uuid).count() >= MOST_PHOTOS:
            raise PhotoRefused(TOO_MANY % {"number": MOST_PHOTOS})

    def _stand_in_line(self, client_uuid):
        """Until the end of the transaction nobody else adds a photo to the form of this uuid."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(client_uuid)])

    def of(self, client_uuid):
        return self.filter(client_uuid=client_uuid).order_by("pk")

    def left_since(self, limit):
        """Those of forms that nobody sent since this moment."""
        return self.filter(created_at__lte=limit)

    def drop(self):
        """Forget these, and their files but for those of a photo that was sent."""
        for photo in self:
            # Whoever deletes the row has its files: a form that is sent now takes them along with it.
            is_ours, _rows = photo.delete()
            if is_ours and not photo.was_sent:
                for name in photo.NAMES:
                    default_storage.delete(photo.path(name))


class WaitingPhoto(StoredPhoto):
    """A photo of a form that was not sent yet, because something else in it is still wrong or asked."""

    # Once it is sent, its files are those of the AspirationPhoto of the same uuid.
    FOLDER = AspirationPhoto.FOLDER

    client_uuid = models.UUIDField(db_index=True, editable=False)

    objects = WaitingPhotoQuerySet.as_manager()

    @property
    def was_sent(self):
        """Whether an aspiration has this photo, and with it the files."""
        return AspirationPhoto.objects.filter(uuid=self.uuid).exists()


def digest_of(file):
    """What tells one file from another, as text."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
