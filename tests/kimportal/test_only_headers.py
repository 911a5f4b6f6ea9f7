"""HEAD through the very application that the server calls; the test client drops bodies by itself."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory

pytestmark = pytest.mark.django_db

PAGES = ["/", "/kim/", "/cari/?q=posyandu", "/tidak/ada/", "/healthz", "/feed/", "/sitemap.xml", "/api/v1/regions",
         "/static/js/suggest.js", "/en/"]  # fmt: skip


@pytest.fixture(autouse=True)
def connection_of_the_test():
    """As the test client keeps it; nor is any answer closed, which would end it."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def answer(method, address):
    path, _, query = address.partition("?")
    told = {}
    environ = RequestFactory()._base_environ(REQUEST_METHOD=method, PATH_INFO=path, QUERY_STRING=query)
    parts = WSGIHandler()(environ, lambda status, headers: told.update(headers, status=status))
    return told, b"".join(parts)


@pytest.mark.parametrize("address", PAGES)
def test_head_has_the_headers_of_get_and_no_body(address, places):
    got, body = answer("GET", address)
    headed, nothing = answer("HEAD", address)

    assert nothing == b""
    assert headed["status"] == got["status"]
    assert headed["Content-Type"] == got["Content-Type"]
    assert headed["Content-Length"] == str(len(body))
