"""What a person proposed and supported."""

from accounts.own_data import own_photos, own_rows
from aspirations.models import Aspiration, AspirationPhoto, AspirationStep, Support

own_rows("usulan", Aspiration, by=["sender"], also=["place__code"], without=["secret", "held_for", "words_edition"])
own_rows("usulan-langkah", AspirationStep, by=["by"], also=["aspiration__code"])
own_photos("usulan-foto", AspirationPhoto, of="aspiration__sender", also=["aspiration__code"])
own_rows("dukungan", Support, by=["user"], also=["aspiration__code", "aspiration__title"], without=["device"])
