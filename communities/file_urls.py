"""What is the same in every language: pictures. The pages are in urls.py."""

from django.urls import path

from communities.views import badges, pictures

app_name = "community_files"

urlpatterns = [
    path("lencana/<slug:slug>.svg", badges.badge, name="badge"),
    path("foto/kim/<uuid:uuid>/<str:name>", pictures.picture, name="picture"),
]
