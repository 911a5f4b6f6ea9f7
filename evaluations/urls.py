from django.urls import path

from evaluations.views import jury, own, public

app_name = "evaluations"

urlpatterns = [
    path("evaluasi/", public.cycle_list, name="list"),
    path("evaluasi/aturan/<int:pk>/", public.rule_set, name="rule_set"),
    path("evaluasi/<int:pk>/", public.cycle, name="cycle"),
    path("ruang/kim/<slug:slug>/nilai/", own.scores, name="own"),
    path("ruang/kim/<slug:slug>/nilai/<int:pk>/", own.score, name="own_score"),
    path("ruang/kim/<slug:slug>/nilai/<int:pk>/sanggah/", own.object_to, name="own_object"),
    path("ruang/kim/<slug:slug>/nilai/<int:pk>/sanggah/<int:number>/", own.change_objection, name="own_objection"),
    path("ruang/kim/<slug:slug>/nilai/<int:pk>/sanggah/<int:number>/tarik/", own.withdraw_objection, name="withdraw"),
    path("ruang/kim/<slug:slug>/nilai/<int:pk>/<slug:word>/", own.fact, name="own_fact"),
    path("ruang/kim/<slug:slug>/belajar/", own.best, name="own_best"),
    path("ruang/juri/<int:pk>/", jury.kims, name="jury"),
    path("ruang/juri/<int:pk>/tutup/", jury.close, name="jury_close"),
    path("ruang/juri/<int:pk>/<slug:slug>/", jury.judge, name="judge"),
]
