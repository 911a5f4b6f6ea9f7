"""What is sent compressed is what was made, and says nothing by its size."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from kimportal.zipped import GZipMiddleware

PAGE = b"Gotong royong di Desa Jembayan. " * 100


def sent(rf, response, accepts="gzip"):
    return GZipMiddleware(lambda _request: response)(rf.get("/", headers={"Accept-Encoding": accepts}))


def test_a_page_is_compressed_and_weakly_tagged(rf):
    answer = sent(rf, HttpResponse(PAGE, headers={"ETag": '"abc"'}))

    assert gzip.decompress(answer.content) == PAGE
    assert len(answer.content) < len(PAGE) / 5
    assert answer["Content-Length"] == str(len(answer.content))
    assert (answer["Content-Encoding"], answer["ETag"], answer["Vary"]) == ("gzip", 'W/"abc"', "Accept-Encoding")


def test_the_same_page_is_not_always_of_one_size(rf):
    assert len({len(sent(rf, HttpResponse(PAGE)).content) for _time in range(20)}) > 1


@pytest.mark.parametrize(
    ("content", "accepts"), [(PAGE, "br"), (PAGE, ""), (b"Warga", "gzip"), (bytes(range(256)), "gzip")]
)
def test_what_is_not_asked_for_or_no_smaller_is_sent_as_it_is(rf, content, accepts):
    answer = sent(rf, HttpResponse(content), accepts)

    assert answer.content == content
    assert "Content-Encoding" not in answer


def test_what_is_compressed_already_and_what_is_streamed_stay_whole(rf):
    packed = sent(rf, HttpResponse(PAGE, headers={"Content-Encoding": "br"}))
    streamed = sent(rf, StreamingHttpResponse([PAGE]))

    assert packed.content == PAGE
    assert gzip.decompress(streamed.getvalue()) == PAGE
