"""What is the same in every language: the photos of aspirations, feeds. The pages are in urls.py."""

from django.urls import path

from aspirations.feeds import AspirationFeed, RegionAspirationFeed
from aspirations.views import public

app_name = "aspiration_files"

urlpatterns = [
    path("foto/usulan/<uuid:uuid>/<str:name>", public.photo, name="photo"),
    path("feed/usulan/", AspirationFeed(), name="feed"),
    path("feed/usulan/<str:code>/", RegionAspirationFeed(), name="feed_region"),
]
