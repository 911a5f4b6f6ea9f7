"""A page that is only read refuses whatever is sent to it, whoever sends it and with whatever token."""

import policy
import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

pytestmark = pytest.mark.django_db

# Pages of django-ninja and of Open311, which refuse by themselves, of Django and of its apps.
OF_OTHERS = ("api:", "open311:", "account_", "mfa_", "admin:login")
# They take the code of a report in a form too, which changes nothing.
WITHOUT_A_THING = {"track", "activities:flag_status", "activities:flag_result"}
READ = ["/", "/peta/", "/peta/64.csv", "/statistik/", "/layar/64/", "/kegiatan/", "/sitemap.xml"]


def patterns(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}", pattern.callback


def test_every_public_page_says_that_it_is_only_read_or_has_a_row_for_what_it_takes():
    taken = {row.name for row in policy.rows() if row.method == "POST"}
    public = {name: view for name, view in patterns(get_resolver()) if not getattr(view, "login_required", True)}

    unsaid = {name for name, view in public.items() if name not in taken and not getattr(view, "only_reads", False)}

    assert {name for name in unsaid if not name.startswith(OF_OTHERS)} == WITHOUT_A_THING


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", READ)
def test_whatever_is_sent_to_a_page_that_is_only_read_is_not_taken(places, method, path):
    answer = getattr(Client(enforce_csrf_checks=True), method)(path, {"q": "x"})

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "hanya untuk dibaca" in answer.text
