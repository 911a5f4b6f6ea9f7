"""What is the same in every language: pictures, feeds. The pages are in urls.py."""

from django.urls import path

from activities import feeds
from activities.views import agenda, passing_on, reading, reads, writing_photos

app_name = "files"

urlpatterns = [
    path("sampul/<slug:sector>-<int:seed>.svg", reading.cover, name="cover"),
    path("sampul/kegiatan-<int:pk>-<int:version>.jpg", reading.share_picture, name="share_picture"),
    path("foto/<uuid:uuid>/<str:name>", reading.photo, name="photo"),
    path("ruang/bukti/<uuid:uuid>/<str:name>", passing_on.evidence, name="evidence"),
    path("ruang/foto/<uuid:uuid>/<str:name>", writing_photos.own_photo, name="own_photo"),
    path("kegiatan/<int:pk>/dibaca/", reads.read, name="read"),
    path("feed/", feeds.NewsFeed(), name="feed"),
    path("feed/wilayah/<str:code>/", feeds.RegionFeed(), name="feed_region"),
    path("feed/kim/<slug:slug>/", feeds.CommunityFeed(), name="feed_community"),
    path("feed/bidang/<slug:slug>/", feeds.SectorFeed(), name="feed_sector"),
    path("feed/agenda.ics", agenda.agenda_feed, name="agenda_feed"),
    path("feed/agenda/<str:code>.ics", agenda.agenda_feed, name="agenda_feed_region"),
]
