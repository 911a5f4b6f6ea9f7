from django.urls import path

from activities import views

app_name = "activities"

urlpatterns = [
    path("kegiatan/", views.post_list, name="list"),
    path("kegiatan/<int:pk>.ics", views.post_calendar, name="calendar"),
    path("kegiatan/<str:pk_and_slug>/", views.post_detail, name="detail"),
]
