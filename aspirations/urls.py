from django.urls import path, re_path

from aspirations.views import agency, public, room

app_name = "aspirations"

CODE = r"(?P<code>ASP-[0-9]{4}-[0-9]{6,8})"

urlpatterns = [
    re_path(rf"^usulan/{CODE}/$", public.detail, name="detail"),
    path("usulan/milik/<str:secret>/", public.own, name="own"),
    path("usulan/opd/terkirim/", agency.done, name="agency_done"),
    path("usulan/opd/<str:token>/", agency.matter, name="agency"),
    path("usulan/opd/<str:token>/foto/<uuid:uuid>/<str:name>", agency.photo, name="agency_photo"),
    path("ruang/usulan/", room.matters, name="room_list"),
    re_path(rf"^ruang/usulan/{CODE}/$", room.matter, name="room"),
    path("ruang/usulan/foto/<uuid:uuid>/<str:name>", room.own_photo, name="own_photo"),
    path("ruang/kim/<slug:slug>/usulan/catat/", room.enter, name="room_enter"),
]
