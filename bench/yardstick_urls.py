"""The portal's URLs and three views that do next to nothing, to measure the pages by."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
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


@login_not_required
def same(request):
    """The very bytes of the answer of another address, which this one has ready."""
    content, content_type = answer_of(request.GET["as"])
    return HttpResponse(content, content_type)


@cache
def answer_of(address):
    answer = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https").get(address)
    return answer.content, answer.headers["Content-Type"]


YARDSTICKS = [path("tolok/", bare), path("tolok/satu/", one_query), path("tolok/sama/", same)]
urlpatterns = [*YARDSTICKS, *urlpatterns]
