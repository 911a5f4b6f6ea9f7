from django.urls import path

from bulletins.views import room, warnings

app_name = "bulletins"

urlpatterns = [
    path("informasi/peringatan/", warnings.warnings, name="warnings"),
    path("informasi/peringatan/<int:pk>/", warnings.warning, name="warning"),
    path("ruang/informasi/<int:pk>/", room.read, name="read"),
]
