"""`/api/v1/`: what is public, to be read by programs; and its documentation, served by ourselves."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.docs import Swagger
from ninja.throttling import BaseThrottle

from activities.api import router as activities
from aspirations.api import router as aspirations
from bulletins.api import router as bulletins
from communities.api import router as communities
from kimportal.deletions import router as deletions
from monitoring.api import router as statistics
from pages.limits import is_over, seconds_left
from pages.open_data.answers import EXPECTED
from pages.open_data.document import completed
from pages.open_data.problems import Problem, problem
from regions.api import router as regions

ABOUT = """Wilayah, KIM, kegiatan, usulan warga, informasi pemerintah, dan angka per wilayah, untuk dibaca program.

Tanpa kunci, tanpa akun, hanya baca. Daftar dibagi per halaman: ikuti `next` sampai null. Jawaban membawa ETag; kirim
kembali sebagai If-None-Match, dan yang tidak berubah tidak dikirim lagi."""


class ByAddress(BaseThrottle):
    """So many pages a minute by one IP address; what is kept ready, and a 304, costs nothing and counts for nothing."""

    def allow_request(self, request):
        return not is_over("data", request)

    def wait(self):
        return seconds_left()


class Documentation(Swagger):
    """A page of ours: django-ninja has its own only as an installed app, which each process would load."""

    def render_page(self, request, api, **kwargs):
        settings = json.dumps(self.settings | {"url": self.get_openapi_url(api, kwargs)}, indent=1)
        return render(request, self.template, {"swagger_settings": settings, "api": api})


class OpenData(NinjaAPI):
    def get_openapi_schema(self, **options):
        return completed(super().get_openapi_schema(**options))


api = OpenData(
    title="Data terbuka Portal KIM",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    docs=Documentation(),
    docs_decorator=login_not_required,
    throttle=[ByAddress()],
)
api.add_router("/regions", regions)
api.add_router("/kim", communities)
api.add_router("/posts", activities)
api.add_router("/aspirations", aspirations)
api.add_router("/bulletins", bulletins)
api.add_router("/statistics", statistics)
api.add_router("/deleted", deletions)


@api.exception_handler(Problem)
def refused(request, refusal):
    return refusal.response()


@api.exception_handler(Http404)
def not_there(request, error):
    return problem(404)


@api.exception_handler(ValidationError)
def not_understood(request, error):
    parameter = str(error.errors[0]["loc"][-1])
    return problem(400, EXPECTED.get(parameter), parameter)


@api.exception_handler(Throttled)
def asked_to_wait(request, error):
    response = problem(429)
    response.headers["Retry-After"] = str(error.wait)
    return response


@api.exception_handler(HttpError)
def other(request, error):
    return problem(error.status_code)
