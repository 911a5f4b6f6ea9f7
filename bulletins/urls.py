from django.urls import path

from bulletins.views import public, room, warnings

app_name = "bulletins"

urlpatterns = [
    path("informasi/", public.bulletin_list, name="list"),
    path("informasi/lampiran/<int:pk>/", public.attachment, name="attachment"),
    path("informasi/peringatan/", warnings.warnings, name="warnings"),
    path("informasi/peringatan/<int:pk>/", warnings.warning, name="warning"),
    path("informasi/<str:pk_and_slug>/", public.bulletin_detail, name="detail"),
    path("ruang/informasi/", room.inbox, name="inbox"),
    path("ruang/informasi/<int:pk>/", room.read, name="read"),
]
