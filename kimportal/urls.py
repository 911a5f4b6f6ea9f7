"""Every address of the portal: Indonesian paths, English names. Each page has a twin in English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path

from kimportal import views
from kimportal.feeds import SearchFeed
from kimportal.sitemaps import SITEMAPS

pages = [
    path("", views.home, name="home"),
    path("cari/", views.search, name="search"),
    path("cari/saran/", views.search_suggest, name="search_suggest"),
    path("tentang/", views.about, name="about"),
    path("privasi/", views.privacy, name="privacy"),
    path("aksesibilitas/", views.accessibility, name="accessibility"),
    path("wilayah-saya/berita/<str:code>/", views.my_region_news, name="my_region_news"),
    path("", include("regions.urls")),
    path("wilayah/<str:code_and_slug>/", views.region_detail, name="region"),
    path("", include("communities.urls")),
    path("kim/<slug:slug>/", views.community_detail, name="community"),
    path("", include("activities.urls")),
    path("ruang/", views.workspace, name="workspace"),
    path("akun/", include("allauth.urls")),
]

urlpatterns = [
    *i18n_patterns(*pages, prefix_default_language=False),
    path("", include("activities.file_urls")),
    path("feed/cari/", SearchFeed(), name="search_feed"),
    path("petugas/", admin.site.urls),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", login_not_required(sitemap_views.index), {"sitemaps": SITEMAPS}, name="sitemaps"),
    path(
        "sitemap-<section>.xml",
        login_not_required(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

handler400 = "kimportal.errors.bad_request"
handler403 = "kimportal.errors.permission_denied"
handler404 = "kimportal.errors.not_found"
handler500 = "kimportal.errors.server_error"
