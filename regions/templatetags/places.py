"""Dates and times as the clock on the wall of a place shows them, and numbers as Indonesians write them."""

from datetime import datetime

from django import template
from django.utils import timezone

register = template.Library()

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@register.filter
def place_time(moment, place=None):
    """17 Agustus 2026 pukul 14.05 WITA, in the zone of the place (WIB without one)."""
    if not moment:
        return ""
    local = at(moment, place)
    return f"{place_date(local, place)} pukul {local:%H.%M} {zone_name(place)}"


@register.filter
def place_date(moment, place=None):
    """17 Agustus 2026; a moment becomes the date it was at the place, a date stays what it is."""
    if not moment:
        return ""
    day = at(moment, place) if isinstance(moment, datetime) else moment
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@register.filter
def thousands(number):
    """91.599"""
    return f"{number:,}".replace(",", ".") if number is not None else ""


def at(moment, place):
    return timezone.localtime(moment, place.zone if place else None)


def zone_name(place):
    return place.zone_name if place else "WIB"
