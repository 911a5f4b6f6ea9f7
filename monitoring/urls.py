from django.urls import path

from monitoring.views import maps

app_name = "monitoring"

urlpatterns = [
    path("peta/", maps.country, name="map"),
    path("peta/<str:code>.csv", maps.as_csv, name="map_csv"),
    path("peta/<str:code>.geojson", maps.as_geojson, name="map_geojson"),
    path("peta/<str:code_and_slug>/", maps.of_region, name="map_of"),
]
