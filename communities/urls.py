from django.urls import path

from communities import views

app_name = "communities"

urlpatterns = [path("kim/", views.community_list, name="list")]
