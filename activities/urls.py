from django.urls import path

from activities import feeds, views

app_name = "activities"

urlpatterns = [
    path("kegiatan/", views.post_list, name="list"),
    path("kegiatan/<int:pk>.ics", views.post_calendar, name="calendar"),
    path("kegiatan/<str:pk_and_slug>/", views.post_detail, name="detail"),
    path("sampul/<slug:field>-<int:seed>.svg", views.cover, name="cover"),
    path("sampul/kegiatan-<int:pk>-<int:version>.jpg", views.share_picture, name="share_picture"),
    path("foto/<uuid:uuid>/<str:name>", views.photo, name="photo"),
    path("feed/", feeds.PostFeed(), name="feed"),
    path("feed/wilayah/<str:code>/", feeds.RegionFeed(), name="feed_region"),
    path("feed/kim/<slug:slug>/", feeds.CommunityFeed(), name="feed_community"),
    path("feed/bidang/<slug:slug>/", feeds.FieldFeed(), name="feed_field"),
]
