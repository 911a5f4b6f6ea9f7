from django.urls import path

from accounts import views

urlpatterns = [
    path("ruang/akun/", views.own_account, name="own_account"),
    path("ruang/akun/perangkat/", views.own_sessions, name="own_sessions"),
    path("ruang/akun/persetujuan/", views.own_consents, name="own_consents"),
    path("ruang/akun/data/", views.own_data, name="own_data"),
    path("ruang/akun/tutup/", views.close_account, name="close_account"),
    path("ruang/kabar/", views.inbox, name="inbox"),
    path("ruang/kabar/dibaca/", views.notices_read, name="notices_read"),
    path("ruang/kabar/pengaturan/", views.notice_settings, name="notice_settings"),
    path("ruang/kabar/ponsel/", views.phone, name="phone"),
    path("ruang/kabar/obrolan/<str:word>/", views.chat_link, name="chat_link"),
    path("ruang/kabar/lepas/<int:pk>/", views.endpoint_unlink, name="endpoint_unlink"),
    path("ruang/kabar/jumlah/", views.unread, name="unread"),
    path("ruang/menunggu/", views.waits, name="waits"),
    path("ruang/kabar/<int:pk>/", views.notice_open, name="notice_open"),
    path("kabar/berhenti/<str:token>/", views.notice_stop, name="notice_stop"),
]
