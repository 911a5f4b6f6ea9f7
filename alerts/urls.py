from django.urls import path

from alerts import views

app_name = "alerts"

urlpatterns = [
    path("ikuti/", views.follow, name="follow"),
    path("ikuti/periksa-surel/", views.asked, name="asked"),
    path("ikuti/ponsel/", views.phone, name="phone"),
    path("ikuti/ya/<str:token>/", views.confirm, name="confirm"),
    path("ikuti/daftar/", views.own, name="own"),
    path("ikuti/atur/<str:token>/", views.manage, name="manage"),
    path("ikuti/berhenti/", views.stopped, name="stopped"),
    path("ikuti/berhenti/<str:token>/", views.stop, name="stop"),
]
