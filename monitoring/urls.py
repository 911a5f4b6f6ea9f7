from django.urls import path

from monitoring.views import maps, nearby

app_name = "monitoring"

urlpatterns = [
    path("peta/", maps.country, name="map"),
    path("peta/sekitar/", nearby.nearby, name="nearby"),
    path("peta/sekitar/<str:code>/", nearby.of_place, name="nearby_of"),
    path("peta/<str:code>.csv", maps.as_csv, name="map_csv"),
    path("peta/<str:code>.geojson", maps.as_geojson, name="map_geojson"),
    path("peta/<str:code_and_slug>/", maps.of_region, name="map_of"),
]
