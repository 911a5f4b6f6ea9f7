from django.urls import path

from activities.views import reading

app_name = "activities"

urlpatterns = [
    path("kegiatan/", reading.post_list, name="list"),
    path("kegiatan/<int:pk>.ics", reading.post_calendar, name="calendar"),
    path("kegiatan/<str:pk_and_slug>/", reading.post_detail, name="detail"),
]
