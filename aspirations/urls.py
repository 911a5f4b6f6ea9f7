from django.urls import path, re_path

from aspirations.views import agency, own, public, room, sending, supporting

app_name = "aspirations"

CODE = r"(?P<code>ASP-[0-9]{4}-[0-9]{6,8})"

urlpatterns = [
    path("usulan/", public.aspiration_list, name="list"),
    path("usulan/lacak/", public.track, name="track"),
    path("usulan/wilayah/<str:code>/", public.of_region, name="of_region"),
    path("usulan/kirim/", sending.send, name="send"),
    path("usulan/luring/", sending.shell, name="send_shell"),
    path("usulan/kirim/sekitar/", sending.around, name="around"),
    path("usulan/kirim/terdekat/", sending.nearest, name="nearest"),
    path("usulan/kirim/foto/<uuid:uuid>/<str:name>", sending.waiting_photo, name="waiting_photo"),
    re_path(rf"^usulan/{CODE}/$", public.detail, name="detail"),
    path("usulan/opd/terkirim/", agency.done, name="agency_done"),
    path("usulan/milik/<str:secret>/terkirim/", sending.receipt, name="receipt"),
    path("usulan/milik/<str:secret>/", own.own, name="own"),
    path("usulan/milik/<str:secret>/foto/<uuid:uuid>/<str:name>", own.own_photo, name="sender_photo"),
    re_path(rf"^usulan/{CODE}/dukung/$", supporting.support, name="support"),
    path("ruang/usulan-saya/", own.own_list, name="own_list"),
    path("usulan/opd/<str:token>/", agency.matter, name="agency"),
    path("usulan/opd/<str:token>/foto/<uuid:uuid>/<str:name>", agency.photo, name="agency_photo"),
    path("ruang/usulan/", room.matters, name="room_list"),
    re_path(rf"^ruang/usulan/{CODE}/$", room.matter, name="room"),
    path("ruang/usulan/foto/<uuid:uuid>/<str:name>", room.own_photo, name="own_photo"),
    path("ruang/kim/<slug:slug>/usulan/catat/", room.enter, name="room_enter"),
]
