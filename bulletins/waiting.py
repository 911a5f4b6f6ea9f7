"""What waits for a person about government information: what nobody of their KIM has opened."""

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.waiting import READING, Waiting, waits
from bulletins.models import Delivery


@waits
def unread(user):
    if number := Delivery.objects.of_member(user).unopened().count():
        sentence = ngettext(
            "%(number)s informasi pemerintah belum dibaca", "%(number)s informasi pemerintah belum dibaca", number
        )
        yield Waiting(reverse("bulletins:inbox"), sentence % {"number": number}, READING, number=number)
