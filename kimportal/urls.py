"""Every URL of the portal: Indonesian paths, English names. Each page has a twin in English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from kimportal import data_copies, errors, offline, open_data, sitemaps
from kimportal.feeds import SearchFeed
from kimportal.views import communities, front, places, room, searching, standing
from pages.late_urls import late

pages = [
    path("", front.home, name="home"),
    # What is read most comes first: one after the other is tried.
    path("", include("regions.urls")),
    path("wilayah/<str:code_and_slug>/", places.region_detail, name="region"),
    path("kim/<slug:slug>/", communities.community_detail, name="community"),
    path("", include("activities.urls")),
    path("", include("communities.urls")),
    path("cari/", searching.search, name="search"),
    path("cari/saran/", searching.search_suggest, name="search_suggest"),
    path("tentang/", standing.about, name="about"),
    path("lacak/", standing.track, name="track"),
    path("data/", open_data.page, name="open_data"),
    path("privasi/", standing.privacy, name="privacy"),
    path("luring/", offline.offline, name="offline"),
    path("belum-terkirim/", offline.waiting, name="waiting"),
    path("terlalu-besar/", errors.too_large, name="too_large"),
    path("tersimpan/", standing.saved, name="saved"),
    path("aksesibilitas/", standing.accessibility, name="accessibility"),
    path("wilayah-saya/berita/<str:code>/", front.my_region_news, name="my_region_news"),
    path("wilayah-saya/peringatan/<str:code>/", front.my_region_warnings, name="my_region_warnings"),
    path("wilayah-saya/agenda/", front.my_region_agenda, name="my_region_agenda"),
    path("", include("accounts.urls")),
    path("kim/<slug:slug>/cetak/", communities.community_sheet, name="community_sheet"),
    path("", include("bulletins.urls")),
    path("", include("aspirations.urls")),
    path("", include("alerts.urls")),
    path("", include("evaluations.urls")),
    path("", include("monitoring.urls")),
    path("", include("monitoring.reports.urls")),
    path("ruang/", room.workspace, name="workspace"),
    path("ruang/kim/<slug:slug>/salinan/", data_copies.data_copy, name="data_copy"),
    path("akun/", include("allauth.account.urls")),
    path("akun/2fa/", include("accounts.second_factor_urls")),
]

urlpatterns = [
    *i18n_patterns(*pages, prefix_default_language=False),
    path("", include("communities.file_urls")),
    path("", include("activities.file_urls")),
    path("", include("activities.chat_urls")),
    path("", include("aspirations.file_urls")),
    path("", include("bulletins.file_urls")),
    path("feed/cari/", SearchFeed(), name="search_feed"),
    path("data/<slug:name>.<slug:format>.gz", open_data.file, name="dump"),
    late("api/v1/", "kimportal.api_urls", namespace="api"),
    path("open311/", include("aspirations.open311_urls")),
    path("petugas/pantau/", include("monitoring.desk_urls")),
    path("petugas/", admin.site.urls),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("robots.txt", standing.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemap-halaman.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-berita.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.section, name="sitemap_section"),
]

handler400 = "kimportal.errors.bad_request"
handler403 = "kimportal.errors.permission_denied"
handler404 = "kimportal.errors.not_found"
handler500 = "kimportal.errors.server_error"
