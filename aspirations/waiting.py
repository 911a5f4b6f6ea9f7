"""What waits for a person about proposals: those that their KIM is to vouch for."""

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.waiting import Waiting, waits
from aspirations.models import Aspiration


@waits
def proposals(user):
    if number := Aspiration.objects.waits_for(user).count():
        sentence = ngettext(
            "%(number)s usulan warga menunggu KIM Anda", "%(number)s usulan warga menunggu KIM Anda", number
        )
        yield Waiting(reverse("aspirations:room_list"), sentence % {"number": number}, number=number)
