from django.urls import path

from communities.views import certificates, directory, inviting, materials, members, pictures, registration

app_name = "communities"

urlpatterns = [
    path("kim/", directory.community_list, name="list"),
    path("bahan/", materials.material_list, name="materials"),
    path("bahan/<int:pk>/", materials.material_detail, name="material"),
    path("bahan/<int:pk>/berkas/", materials.material_file, name="material_file"),
    path("ruang/kim/daftar/", registration.register, name="register"),
    path("ruang/kim/<slug:slug>/", registration.room, name="room"),
    path("ruang/kim/<slug:slug>/profil/", registration.section, {"word": "profile"}, name="profile"),
    path("ruang/kim/<slug:slug>/kontak/", registration.section, {"word": "contact"}, name="contact"),
    path("ruang/kim/<slug:slug>/gambar/", pictures.pictures, name="pictures"),
    path("ruang/kim/<slug:slug>/bidang/", registration.section, {"word": "sectors"}, name="sectors"),
    path("ruang/kim/<slug:slug>/pengurus/", registration.people, name="people"),
    path("ruang/kim/<slug:slug>/sk/", registration.section, {"word": "decree"}, name="decree"),
    path("ruang/kim/<slug:slug>/berkas/", registration.papers_section, name="papers"),
    path("ruang/kim/<slug:slug>/berkas/<int:pk>/", registration.paper, name="paper"),
    path("ruang/kim/<slug:slug>/ajukan/", registration.submit, name="submit"),
    path("ruang/kim/<slug:slug>/masih-benar/", registration.confirm, name="confirm"),
    path("ruang/kim/<slug:slug>/anggota/", members.members, name="members"),
    path("ruang/kim/<slug:slug>/anggota/tambah/", members.member_add, name="member_add"),
    path("ruang/kim/<slug:slug>/anggota/undang/", members.member_invite, name="member_invite"),
    path("ruang/kim/<slug:slug>/anggota/undang/banyak/", inviting.invite_many, name="invite_many"),
    path("ruang/kim/<slug:slug>/anggota/undang/tautan/", inviting.link, name="invitation_link"),
    path("undangan/<str:code>/", inviting.invitation, name="invitation"),
    path("ruang/undangan/tautan/<str:code>/", inviting.join_by_link, name="join_by_link"),
    path("ruang/kim/<slug:slug>/anggota/<int:pk>/", members.member, name="member"),
    path("ruang/kim/<slug:slug>/anggota/<int:pk>/akun/", members.member_account, name="member_account"),
    path("ruang/kim/<slug:slug>/anggota/<int:pk>/jawab/", members.member_answer, name="member_answer"),
    path("ruang/kim/<slug:slug>/anggota/<int:pk>/keluarkan/", members.member_remove, name="member_remove"),
    path("ruang/kim/<slug:slug>/anggota/<int:pk>/ketua/", members.member_chair, name="member_chair"),
    path("ruang/kim/<slug:slug>/jabatan/<int:pk>/akhiri/", members.position_end, name="position_end"),
    path("ruang/kim/<slug:slug>/gabung/", members.join, name="join"),
    path("ruang/kim/<slug:slug>/keluar/", members.leave, name="leave"),
    path("ruang/undangan/<int:pk>/", members.invitation_answer, name="invitation_answer"),
    path("verifikasi/<str:token>/", certificates.certificate, name="certificate"),
    path("verifikasi/<str:token>/piagam.pdf", certificates.certificate_file, name="certificate_file"),
]
