"""A photo as it is kept, whatever it belongs to: only the re-encoded copies, in a folder named by its uuid."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pages.row_urls import row_url

NO_UUID = uuid.UUID(int=0)


class PhotoUrls:
    """By which URLs the copies of a photo are handed out: a child says their `URL_NAME`, its row the `uuid`."""

    __slots__ = ()

    WIDTHS = (320, 640, 1280)
    OG_NAME = "og.jpg"
    URL_NAME = ""

    def url(self, name):
        return row_url(self.URL_NAME, self.uuid, after=(name,), slot=NO_UUID)

    @property
    def src320(self):
        return self.url("320.webp")

    @property
    def src640(self):
        return self.url("640.webp")

    @property
    def src1280(self):
        return self.url("1280.webp")

    @property
    def srcset(self):
        return ", ".join(f"{self.url(f'{width}.webp')} {width}w" for width in self.WIDTHS)

    @property
    def og_image(self):
        return self.url(self.OG_NAME)


class StoredPhoto(PhotoUrls, models.Model):
    """A child says what the photo belongs to, in which `FOLDER` it lies, and by which URL it is handed out."""

    SMALLEST_NAME, *LARGE_NAMES = (f"{width}.webp" for width in PhotoUrls.WIDTHS)
    NAMES = (SMALLEST_NAME, *LARGE_NAMES, PhotoUrls.OG_NAME)
    FOLDER = ""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    alt = models.CharField(_("keterangan untuk yang tidak melihat foto"), max_length=200)
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.alt

    def path(self, name):
        """Where the storage keeps a copy; names are those of NAMES."""
        return f"{self.FOLDER}/{self.uuid.hex[:2]}/{self.uuid}/{name}"

    def store(self, prepared):
        """Keep the copies that `images.prepare_photo` made, in place of those a stopped process left."""
        for name, content in prepared.files.items():
            default_storage.delete(self.path(name))
            default_storage.save(self.path(name), ContentFile(content))

    def let_go(self):
        """Delete the row, and its files once that is through."""
        paths = [self.path(name) for name in self.NAMES]
        self.delete()
        transaction.on_commit(lambda: [default_storage.delete(path) for path in paths])
