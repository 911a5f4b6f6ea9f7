from django.urls import path

from communities.views import certificates, directory, registration

app_name = "communities"

urlpatterns = [
    path("kim/", directory.community_list, name="list"),
    path("ruang/kim/<slug:slug>/", registration.room, name="room"),
    path("verifikasi/<str:token>/", certificates.certificate, name="certificate"),
    path("verifikasi/<str:token>/piagam.pdf", certificates.certificate_file, name="certificate_file"),
]
