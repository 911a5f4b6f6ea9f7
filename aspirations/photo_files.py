"""A stored copy of a photo of an aspiration, for a view that has looked who asks."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from aspirations.models import AspirationPhoto


def photo_response(photos, uuid, name):
    """The copy of this name of the photo of this uuid, if it is one of these `photos`; else 404."""
    photo = photos.filter(uuid=uuid).first()
    if photo is None or name not in AspirationPhoto.NAMES:
        raise Http404
    try:
        file = default_storage.open(photo.path(name))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/jpeg" if name.endswith(".jpg") else "image/webp")
