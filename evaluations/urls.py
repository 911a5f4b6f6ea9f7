from django.urls import path

from evaluations.views import jury, public

app_name = "evaluations"

urlpatterns = [
    path("evaluasi/", public.cycle_list, name="list"),
    path("evaluasi/aturan/<int:pk>/", public.rule_set, name="rule_set"),
    path("evaluasi/<int:pk>/", public.cycle, name="cycle"),
    path("ruang/juri/<int:pk>/", jury.kims, name="jury"),
    path("ruang/juri/<int:pk>/tutup/", jury.close, name="jury_close"),
    path("ruang/juri/<int:pk>/<slug:slug>/", jury.judge, name="judge"),
]
