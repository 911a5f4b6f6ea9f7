"""What a person proposed and supported."""

from accounts.own_data import own_files, own_rows
from aspirations.models import Aspiration, AspirationPhoto, AspirationStep, Support

own_rows("usulan", Aspiration, by=["sender"], also=["place__code"], without=["secret", "held_for", "words_edition"])
own_rows("usulan-langkah", AspirationStep, by=["by"], also=["aspiration__code"])
own_rows("usulan-foto", AspirationPhoto, by=["aspiration__sender"], also=["aspiration__code"])
own_rows("dukungan", Support, by=["user"], also=["aspiration__code", "aspiration__title"], without=["device"])


def photos(user):
    for photo in AspirationPhoto.objects.filter(aspiration__sender=user).order_by("pk").iterator():
        yield f"{photo.uuid}.webp", photo.path(AspirationPhoto.LARGE_NAMES[-1])


own_files("usulan-foto", photos)
