"""The number of a KIM: the code of its seat in ten digits and a serial, given once and never to another KIM.

A KIM gets it when it becomes verified: by an officer (`number_when_verified`) or with all the KIM of an imported
roster (`next_numbers`). Both hold the seat locked, so that two at once get two numbers. What has a number keeps it,
also when it sits elsewhere, and leaves it spent when it is no more.
"""

from itertools import count

from django.db import models
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from regions.models import Region

PLACE_DIGITS = 10


def prefix_of(seat):
    return seat.code.replace(".", "").ljust(PLACE_DIGITS, "0")


def number_of(prefix, serial):
    return f"{prefix}{serial:02d}"


def parts_of(number):
    return number[:PLACE_DIGITS], int(number[PLACE_DIGITS:])


def number_when_verified(community):
    """Its own if it has one, else the next of its seat, which stays locked until the transaction ends."""
    if community.number:
        return community.number
    seat = Region.objects.select_for_update(no_key=True).get(pk=community.seat_id)
    return next(next_numbers([seat], type(community).objects)[seat.pk])


def next_numbers(seats, communities):
    """`{key of the seat: the numbers to come there}`; the seats must be locked."""
    prefixes = {seat.pk: prefix_of(seat) for seat in seats}
    last = last_serials(set(prefixes.values()), communities)
    return {pk: numbers_after(prefix, last[prefix]) for pk, prefix in prefixes.items()}


def numbers_after(prefix, last):
    return (number_of(prefix, serial) for serial in count(last + 1))


def last_serials(prefixes, communities):
    """`{prefix: the highest serial ever given there}`, 0 where there is none."""
    given = communities.exclude(number=None).annotate(prefix=Left("number", PLACE_DIGITS)).filter(prefix__in=prefixes)
    spent = SpentSerial.objects.filter(prefix__in=prefixes).values_list("prefix", "last")
    last = dict.fromkeys(prefixes, 0) | dict(spent)
    for prefix, serial in map(parts_of, given.values_list("number", flat=True)):
        last[prefix] = max(last[prefix], serial)
    return last


class SpentSerialQuerySet(models.QuerySet):
    def spend(self, communities):
        """Remember the numbers of KIMs that are about to be no more."""
        spent = {}
        for community in communities:
            prefix, serial = parts_of(community.number)
            last = max(serial, spent[prefix].last if prefix in spent else 0)
            spent[prefix] = self.model(seat_id=community.seat_id, prefix=prefix, last=last)
        for known in self.filter(prefix__in=spent):
            spent[known.prefix].last = max(spent[known.prefix].last, known.last)
        self.bulk_create(spent.values(), update_conflicts=True, unique_fields=["prefix"], update_fields=["last"])


class SpentSerial(models.Model):
    """The highest serial of numbers that were given and whose KIM is no more: a number never means another KIM."""

    seat = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("kedudukan"))
    # As it was when they were given: a place may get another code.
    prefix = models.CharField(_("kode tempat"), max_length=PLACE_DIGITS, unique=True)
    last = models.PositiveIntegerField(_("nomor urut terakhir"))

    objects = SpentSerialQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomor urut terpakai")
        verbose_name_plural = _("nomor urut terpakai")

    def __str__(self):
        return number_of(self.prefix, self.last)
