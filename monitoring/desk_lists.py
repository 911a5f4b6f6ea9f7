"""Where the rows behind a number of a dashboard are: `place -> URL` of a list of the desk, narrowed to just these.

A place is a code, or one followed by `ITSELF`, as `accounts.place_filter` reads it.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils.http import urlencode

from regions.clocks import beginning


def listed(name, **facts):
    return lambda place: f"{reverse(f'admin:{name}_changelist')}?{urlencode({'wilayah': place} | facts)}"


def communities(**facts):
    return listed("communities_community", **facts)


def posts(**facts):
    return listed("activities_post", **facts)


def deliveries(**facts):
    return listed("bulletins_delivery", **facts)


def aspirations(**facts):
    return listed("aspirations_aspiration", **facts)


def claims(**facts):
    return listed("activities_redissemination", **facts)


def lacking(word):
    return lambda place: reverse(f"desk_monitor:without_{word}", args=[place])


def start(day):
    """The first moment of a day by the clock of Jakarta, as the lists of the desk are asked."""
    return beginning(day).isoformat()


def posts_of_week(monday):
    week = {"published_at__gte": start(monday), "published_at__lt": start(monday + timedelta(days=7))}
    return posts(status__exact="published", **week)
