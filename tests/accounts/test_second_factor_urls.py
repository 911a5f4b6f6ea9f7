"""The pages of the second factor are loaded late, and are those of allauth all the same."""

import pytest
from allauth.mfa import urls as of_allauth
from django.urls import URLPattern

from accounts import second_factor_urls


def addresses(patterns, before=""):
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield pattern.name, (route, getattr(pattern.callback, "login_required", True))
        else:
            yield from addresses(pattern.url_patterns, route)


def test_the_addresses_are_those_of_allauth():
    assert dict(addresses(second_factor_urls.urlpatterns)) == dict(addresses(of_allauth.urlpatterns))


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", second_factor_urls.urlpatterns, ids=lambda pattern: pattern.name)
def test_each_of_them_answers(client, pattern):
    assert client.get(f"/akun/2fa/{pattern.pattern}".replace("<int:pk>", "1")).status_code == 302
