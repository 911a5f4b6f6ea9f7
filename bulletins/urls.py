from django.urls import path

from bulletins.views import room

app_name = "bulletins"

urlpatterns = [
    path("ruang/informasi/<int:pk>/", room.read, name="read"),
]
