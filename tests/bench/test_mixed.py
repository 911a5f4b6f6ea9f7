"""A crawler of the benchmark walks through pages that are there, each but once."""

import pytest

from bench.mixed import different_pages

pytestmark = pytest.mark.django_db


def test_a_crawler_is_given_different_pages_that_are_there(client, make_post):
    for _number in range(6):
        make_post()

    walked = different_pages(9)  # of six posts, three villages and a KIM

    assert len(set(walked)) == 9
    assert {client.get(url).status_code for url in walked} == {200}
