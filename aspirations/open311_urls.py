"""Where other systems find Open311: the same in every language."""

from django.urls import re_path

from aspirations.views import open311

app_name = "open311"

FORMAT = r"\.(?P<format>json|xml)$"
CODE = r"(?P<code>[A-Za-z0-9-]{1,40})"

urlpatterns = [
    re_path(rf"^discovery{FORMAT}", open311.discovery, name="discovery"),
    re_path(rf"^v2/services{FORMAT}", open311.services, name="services"),
    re_path(rf"^v2/services/{CODE}{FORMAT}", open311.service, name="service"),
    re_path(rf"^v2/requests{FORMAT}", open311.requests, name="requests"),
    re_path(rf"^v2/requests/{CODE}{FORMAT}", open311.one, name="request"),
    re_path(rf"^v2/tokens/{CODE}{FORMAT}", open311.token, name="token"),
    re_path(rf"^v2/servicerequestupdates{FORMAT}", open311.updates, name="updates"),
]
