"""A screen on the wall of a control room, and one in a village hall: nobody touches the first, anybody the second."""

import re

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from monitoring.screens import Screen
from pages import freshness
from pages.reading import require_safe
from regions.by_url import by_code
from regions.page_place import set_page_place

# Which post stands there, without a script.
TURN, MANY = "ke", re.compile("[0-9]{1,4}")


@require_safe
@login_not_required
@by_code
def wall(request, region, parts):
    return screen(request, region, parts, "monitoring/wall.html")


@require_safe
@login_not_required
@by_code
def hall(request, region, parts):
    return screen(request, region, parts, "monitoring/hall.html")


def screen(request, region, parts, template):
    freshness.follow(request, region.code)
    set_page_place(request, region)
    turn = request.GET.get(TURN, "")
    shown = Screen(region, parts, int(turn) if MANY.fullmatch(turn) else 0)
    return render(request, template, {"region": region, "screen": shown})
