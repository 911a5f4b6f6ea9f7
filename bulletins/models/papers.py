"""What goes with a bulletin: PDFs to download, and a picture that is ready to be passed on."""

import hashlib
import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import StepRefused
from accounts.stored_photo import StoredPhoto
from bulletins.models.bulletin import Bulletin

MOST_ATTACHMENTS = 5


class AttachmentQuerySet(models.QuerySet):
    def attach(self, bulletin, document, *, by):
        """Add a paper that was found fit (communities.papers.Document) to a draft; the same file twice is one."""
        digest = hashlib.sha256(document.content).hexdigest()
        with transaction.atomic():
            bulletin.require_speaker(by)
            bulletin.require_draft()
            if same := self.filter(bulletin=bulletin, sha256=digest).first():
                return same
            if self.filter(bulletin=bulletin).count() >= MOST_ATTACHMENTS:
                raise StepRefused(_("Paling banyak %(number)s lampiran.") % {"number": MOST_ATTACHMENTS})
            attachment = Attachment(
                bulletin=bulletin, name=document.name, size=len(document.content), sha256=digest, uploaded_by=by
            )
            attachment.file.save(f"{secrets.token_hex(8)}.pdf", ContentFile(document.content), save=False)
            attachment.save()
            bulletin.touch()
        return attachment


class Attachment(models.Model):
    """A PDF that goes with a bulletin."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="attachments", verbose_name=_("informasi"))
    file = models.FileField(_("berkas"), upload_to="bulletins/")
    name = models.CharField(_("nama berkas"), max_length=120)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("lampiran")
        verbose_name_plural = _("lampiran")
        ordering = ["pk"]
        triggers = [Audited(region="bulletin__issuer")]

    def __str__(self):
        return self.name

    def remove(self, *, by):
        """Take it off a draft, and its file away."""
        with transaction.atomic():
            self.bulletin.require_speaker(by)
            self.bulletin.require_draft()
            name = self.file.name
            self.delete()
            self.bulletin.touch()
            transaction.on_commit(lambda: default_storage.delete(name))

    def copy_to(self, bulletin, *, by):
        with self.file.open() as file:
            copy = Attachment(bulletin=bulletin, name=self.name, size=self.size, sha256=self.sha256, uploaded_by=by)
            copy.file.save(f"{secrets.token_hex(8)}.pdf", ContentFile(file.read()), save=False)
        copy.save()


class BulletinPictureQuerySet(models.QuerySet):
    def show(self, bulletin, prepared, alt, *, by):
        """Let this picture (accounts.images.PreparedPhoto) be the one of a draft."""
        with transaction.atomic():
            bulletin.require_speaker(by)
            bulletin.require_draft()
            for former in self.filter(bulletin=bulletin):
                former.let_go()
            picture = BulletinPicture(bulletin=bulletin, alt=alt, width=prepared.width, height=prepared.height)
            picture.store(prepared)
            picture.save()
            bulletin.touch()
        return picture


class BulletinPicture(StoredPhoto):
    """The picture of a bulletin; it has one at most."""

    FOLDER, URL_NAME = "bulletin-pictures", "bulletin_files:picture"

    bulletin = models.OneToOneField(Bulletin, models.PROTECT, related_name="picture", verbose_name=_("informasi"))

    objects = BulletinPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("gambar")
        verbose_name_plural = _("gambar")
        triggers = [Audited(region="bulletin__issuer")]

    def remove(self, *, by):
        """Take it off a draft."""
        with transaction.atomic():
            self.bulletin.require_speaker(by)
            self.bulletin.require_draft()
            self.let_go()
            self.bulletin.touch()

    def say(self, alt, *, by):
        """Describe it otherwise, while it is of a draft."""
        with transaction.atomic():
            self.bulletin.require_speaker(by)
            self.bulletin.require_draft()
            self.alt = alt
            self.save(update_fields=["alt"])
            self.bulletin.touch()

    def copy_to(self, bulletin):
        copy = BulletinPicture(bulletin=bulletin, alt=self.alt, width=self.width, height=self.height)
        for name in self.NAMES:
            if default_storage.exists(self.path(name)):
                with default_storage.open(self.path(name)) as file:
                    default_storage.save(copy.path(name), ContentFile(file.read()))
        copy.save()
