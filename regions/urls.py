from django.urls import path

from regions import views

app_name = "regions"

urlpatterns = [
    path("wilayah/", views.index, name="index"),
    path("wilayah/saran/", views.suggest, name="suggest"),
    path("wilayah-saya/", views.mine, name="mine"),
    path("wilayah-saya/terdekat/", views.nearest, name="nearest"),
]
