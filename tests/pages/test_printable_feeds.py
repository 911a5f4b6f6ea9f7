"""Feeds: what people wrote never makes one that no reader can read."""

from xml.etree import ElementTree

import pytest

from activities.models import Post
from pages.feeds import KeptFeed

ATOM = "{http://www.w3.org/2005/Atom}"


class CarelessFeed(KeptFeed):
    """Hands over every word as somebody wrote it."""

    PAGE = "activities:detail"

    def get_object(self, request, words):
        return words

    def topic(self, words):
        return "0"

    def title(self, words):
        return f"Kegiatan {words}"

    subtitle = author_name = title

    def link(self, words):
        return "/kegiatan/"

    feed_url = link

    def parts(self, words):
        return [Post.objects.published().order_by("-published_at", "-pk")]

    def categories(self, words):
        return [words]

    def item_title(self, post):
        return post.title

    item_description = item_author_name = item_title

    def item_categories(self, post):
        return [post.title]

    def item_extra_kwargs(self, post):
        return {"photo": ""}


@pytest.mark.parametrize("sign", ["\x08", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_feed_that_leaves_words_as_they_are_can_be_read(rf, make_post, sign):
    make_post(f"Panen{sign} raya")

    answer = CarelessFeed()(rf.get("/feed/"), words=f"di{sign} desa")

    feed = ElementTree.fromstring(answer.content)  # noqa: S314
    texts = [feed.findtext(f"{ATOM}{name}") for name in ("title", "subtitle", f"author/{ATOM}name")]
    assert texts == ["Kegiatan di desa"] * 3
    assert feed.find(f"{ATOM}category").get("term") == "di desa"
    entry = feed.find(f"{ATOM}entry")
    texts = [entry.findtext(f"{ATOM}{name}") for name in ("title", "summary", f"author/{ATOM}name")]
    assert texts == ["Panen raya"] * 3
    assert entry.find(f"{ATOM}category").get("term") == "Panen raya"
