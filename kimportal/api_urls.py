"""The URLs of the API, open to everyone, with its documentation where its root is."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect

from kimportal.api import api


def to_documentation(request):
    return redirect("api:openapi-view")


urlpatterns, _app, _namespace = api.urls
for pattern in urlpatterns:
    if pattern.name == "api-root":
        pattern.callback = to_documentation
    pattern.callback = login_not_required(pattern.callback)
