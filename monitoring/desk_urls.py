"""The dashboards of officers, at the desk beside its lists."""

from functools import partial

from django.contrib import admin
from django.urls import path
from django.views.decorators.http import require_POST

from accounts.exporting import KINDS
from monitoring.views import desk

app_name = "desk_monitor"


def for_officers(view):
    return admin.site.admin_view(view)


urlpatterns = [
    path("", for_officers(desk.own), name="own"),
    path("<str:code>/", for_officers(desk.show), name="region"),
    path("<str:code>/angka/", for_officers(desk.numbers), name="numbers"),
    path("<str:code>/tanpa-kim/", for_officers(desk.without_kim), name="without_kim"),
    path("<str:code>/tanpa-petugas/", for_officers(desk.without_officer), name="without_petugas"),
    *(
        path(f"<str:code>/{kind}/", for_officers(require_POST(partial(desk.export, kind=kind))), name=kind)
        for kind in KINDS
    ),
]
