"""What is the same in every language: feeds. The pages are in urls.py."""

from django.urls import path

from bulletins import feeds

app_name = "bulletin_files"

urlpatterns = [
    path("feed/peringatan/<int:pk>.cap.xml", feeds.warning_cap, name="warning_cap"),
    path("feed/peringatan/<str:code>.xml", feeds.warning_feed, name="warning_feed"),
]
