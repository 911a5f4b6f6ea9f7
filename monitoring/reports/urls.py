from django.urls import path

from monitoring.reports import views

app_name = "reports"

urlpatterns = [
    path("ruang/kim/<slug:slug>/laporan/", views.of_kim, name="of_kim"),
    path("ruang/kim/<slug:slug>/laporan/<slug:word>/", views.rows, name="rows"),
]
