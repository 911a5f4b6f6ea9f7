from django.urls import path

from monitoring.views import maps, nearby, screens, statistics

app_name = "monitoring"

urlpatterns = [
    path("layar/<str:code>/", screens.wall, name="wall"),
    path("layar/<str:code>/balai/", screens.hall, name="hall"),
    path("peta/", maps.country, name="map"),
    path("peta/sekitar/", nearby.nearby, name="nearby"),
    path("peta/sekitar/<str:code>/", nearby.of_place, name="nearby_of"),
    path("peta/<str:code>.csv", maps.as_csv, name="map_csv"),
    path("peta/<str:code>.geojson", maps.as_geojson, name="map_geojson"),
    path("peta/<str:code_and_slug>/", maps.of_region, name="map_of"),
    path("statistik/", statistics.country, name="statistics"),
    path("statistik/<str:code>.csv", statistics.as_csv, name="statistics_csv"),
    path("statistik/<str:code>/angka/", statistics.numbers, name="statistics_numbers"),
    path("statistik/<str:code_and_slug>/", statistics.of_region, name="statistics_of"),
]
