"""Firefox and WebKitGTK read and write, where Debian has them: `.ci/run` brings them, elsewhere this is skipped."""

import os
from urllib.parse import urlsplit

import pytest
from conftest import PASSWORD

from activities.models import Post
from script import engines
from script.gate import Gate
from script.journeys import Journey


@pytest.fixture(params=["firefox", "webkit"])
def engine(request):
    try:
        engine = getattr(engines, request.param)()
    except engines.NotHere as reason:
        (pytest.fail if os.environ.get("KIM_REQUIRE_BROWSER") == "1" else pytest.skip)(str(reason))
    with engine:
        yield engine


def test_another_engine_reads_and_writes(engine, base_url, make_post, siti, mekar):
    siti.confirm_email()
    make_post("Posyandu ramai")
    journey = Journey(engine, Gate(urlsplit(base_url).port), (siti.email, PASSWORD), mekar.seat.code)

    journey.reading()
    journey.writing()

    post = Post.objects.exclude(status="published").get()
    assert (post.title, post.photos.count()) == ("Tanam padi", 1)
