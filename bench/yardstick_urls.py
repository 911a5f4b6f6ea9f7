"""The portal's URLs and two views that do next to nothing, to measure the pages by."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from kimportal.urls import handler400, handler403, handler404, handler500, urlpatterns
from regions.models import Region

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PAGE = "<p>Kabar dari desa.</p>\n" * 900  # 20 KB


@login_not_required
def bare(request):
    return HttpResponse(PAGE)


@login_not_required
def one_query(request):
    return HttpResponse(f"<h1>{Region.objects.get(code='64.02').name}</h1>{PAGE}")


urlpatterns = [path("tolok/", bare), path("tolok/satu/", one_query), *urlpatterns]
