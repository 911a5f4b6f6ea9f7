"""What a first visit costs on a metered line.

The test server sends its static files as they are; in production they leave compressed. So every page, style, script
and drawing is weighed here as gzip would send it, each address once. Photos are weighed by themselves.
"""

import gzip

import pytest

MOST_BYTES, MOST_PHOTO_BYTES = 60_000, 40_000
PAGES = [
    "/",
    "/kegiatan/",
    "/usulan/",
    "/usulan/kirim/",
    "/kim/",
    "/kim/kim-1/",
    "/wilayah/",
    "/wilayah/64.02-kutai-kartanegara/",
    "/wilayah-saya/",
    "/cari/?q=posyandu",
    "/tentang/",
    "/privasi/",
    "/aksesibilitas/",
]


@pytest.fixture
def arrivals(page, context):
    """`arrivals(address)` opens it as for the first time: `{address: (content type, body)}` of all that came."""
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})

    def visit(address):
        came = []
        page.on("response", lambda answer: came.append(answer))
        page.goto(address, wait_until="networkidle")
        return {answer.url: (answer.headers["content-type"], answer.body()) for answer in came}

    return visit


def weight(arrived):
    return sum(len(gzip.compress(body, 6)) for kind, body in arrived.values() if not is_photo(kind))


def is_photo(kind):
    return kind in ("image/webp", "image/jpeg", "image/png")


def test_a_first_visit_weighs_at_most_60_kilobytes(arrivals, make_post):
    posts = [make_post(f"Posyandu nomor {number}", summary="Balita ditimbang. " * 10) for number in range(14)]
    addresses = [*PAGES, posts[0].get_absolute_url()]

    weights = {address: weight(arrivals(address)) for address in addresses}

    assert min(weights.values()) > 1_000
    assert {address: bytes for address, bytes in weights.items() if bytes > MOST_BYTES} == {}


def test_a_phone_loads_the_middle_copy_of_a_photo_and_that_is_small(arrivals, make_post, with_photo):
    post = with_photo(make_post())

    arrived = arrivals(post.get_absolute_url())

    photos = {address: len(body) for address, (kind, body) in arrived.items() if is_photo(kind)}
    assert [address.rpartition("/")[2] for address in photos] == ["640.webp"]
    assert 10_000 < max(photos.values()) <= MOST_PHOTO_BYTES
