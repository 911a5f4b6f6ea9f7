"""What is the same in every language: pictures, feeds, short URLs. The pages are in urls.py."""

from django.urls import path

from bulletins import feeds, newest_feeds
from bulletins.views import public

app_name = "bulletin_files"

urlpatterns = [
    path("i/<slug:code>/", public.link, name="link"),
    path("informasi/gambar/<uuid:uuid>/<str:name>", public.picture, name="picture"),
    path("feed/informasi/", newest_feeds.BulletinFeed(), name="feed"),
    path("feed/informasi/<str:code>/", newest_feeds.RegionBulletinFeed(), name="feed_region"),
    path("feed/peringatan/<int:pk>.cap.xml", feeds.warning_cap, name="warning_cap"),
    path("feed/peringatan/<str:code>.xml", feeds.warning_feed, name="warning_feed"),
]
