from django.urls import path, re_path

from activities.views import adapting, agenda, comments, deciding, importing, listings, reading, telling, writing
from aspirations.urls import CODE

app_name = "activities"

urlpatterns = [
    path("kegiatan/", reading.post_list, name="list"),
    path("kegiatan/<int:pk>.ics", reading.post_calendar, name="calendar"),
    path("agenda/", agenda.agenda, name="agenda"),
    path("klarifikasi/", listings.clarifications, name="clarifications"),
    path("potensi/", listings.potentials, name="potentials"),
    path("kegiatan/<int:pk>/komentar/", comments.comment, name="comment"),
    path("kegiatan/<int:pk>/dipakai/", adapting.adaptations, name="adaptations"),
    path("ruang/kegiatan/<int:pk>/pakai/", adapting.adapt, name="adapt"),
    path("ruang/kim/<slug:slug>/dipakai/", adapting.adapted, name="adapted"),
    path("kegiatan/<int:pk>/komentar/jaga/", comments.comments, name="comments"),
    path("komentar/<int:pk>/sembunyikan/", comments.comment_hide, name="comment_hide"),
    path("lapor/kegiatan/<int:pk>/", comments.flag_post, name="flag_post"),
    path("lapor/foto/<uuid:uuid>/", comments.flag_photo, name="flag_photo"),
    path("lapor/komentar/<int:pk>/", comments.flag_comment, name="flag_comment"),
    path("lapor/hasil/", comments.flag_result, name="flag_status"),
    path("lapor/hasil/<str:code>/", comments.flag_result, name="flag_result"),
    re_path(rf"^ruang/usulan/{CODE}/tulis/$", telling.tell, name="tell"),
    path("ruang/tulis/", writing.start, name="write"),
    path("ruang/tulis/kunci/", writing.key, name="write_key"),
    path("ruang/tulis/pratinjau/", writing.preview, name="write_preview"),
    path("ruang/tulis/<uuid:uuid>/", writing.write, name="write_post"),
    path("ruang/tulis/<uuid:uuid>/foto/", writing.photos, name="write_photo"),
    path("ruang/tulis/<uuid:uuid>/buang/", writing.discard, name="write_discard"),
    path("tulis/luring/", writing.shell, name="write_shell"),
    path("ruang/kim/<slug:slug>/blog-lama/", importing.blog_import, name="blog_import"),
    path("ruang/kegiatan/", writing.own_posts, name="own_posts"),
    path("ruang/kegiatan/dibaca/", deciding.to_read, name="to_read"),
    path("ruang/kegiatan/dibaca/<slug:slug>/", deciding.chair_reviews, name="chair_reviews"),
    path("ruang/kegiatan/<int:pk>/baca/", deciding.read, name="chair_read"),
    path("ruang/kegiatan/<int:pk>/riwayat/", deciding.history, name="history"),
    path("ruang/kegiatan/<int:pk>/komentar/", comments.comments_open, name="comments_open"),
    path("ruang/keputusan/<int:pk>/keberatan/", deciding.contest, name="contest"),
    path("ruang/kegiatan/<int:pk>/", writing.own_post, name="own_post"),
    path("kegiatan/<str:pk_and_slug>/", reading.post_detail, name="detail"),
]
