"""The pages to measure: for each kind a few URLs, the busiest of their kind, because those cost most."""

from urllib.parse import urlencode

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Post
from bench.lists import List, busiest_regions
from bench.states import STATES
from communities.models import Community
from pages.paging import AFTER
from regions.models import Region

EACH = 10
LEVELS = list(Region.Level)[1:]
COMMON_WORD, MISTYPED_PLACE = "warga", "kutai kertanegara"


def pages(codes=()):
    """`{kind of page: [URL]}`, of the regions of these codes or of the busiest.

    Page 500 of a list is its last full page where it has fewer.
    """
    regions = regions_of(codes) if codes else busiest()
    posts = Post.objects.published()
    found = {"home": [reverse("home")], "news": [reverse("activities:list")]}
    found["news, page 500"] = [deeper(reverse("activities:list"), List("", posts))]
    for level in LEVELS:
        own = [region for region in regions if region.level == level]
        name = f"region: {level.name.lower()}"
        found[name] = [region.get_absolute_url() for region in own]
        found[f"{name}, page 500"] = [
            deeper(region.get_absolute_url(), List("", posts.within(region))) for region in own
        ]
    communities = Community.objects.registered().order_by("-post_count")[:EACH]
    found["one KIM"] = [community.get_absolute_url() for community in communities]
    found["one post"] = [post.get_absolute_url() for post in posts.newest_first()[:EACH]]
    directory = reverse("communities:list")
    found["directory"] = [directory]
    found["directory, page 500"] = [deeper(directory, List("", Community.objects.registered(), "name"))]
    regency = next(region.code for region in regions if region.level == Region.Level.REGENCY)
    found["directory, filtered"] = [
        f"{directory}?{urlencode(narrowed)}" for narrowed in ({"wilayah": regency}, {"tingkat": 4})
    ]
    for kind, words in (("common", COMMON_WORD), ("rare", rare_word()), ("mistyped", MISTYPED_PLACE)):
        found[f"search: {kind} word"] = [f"{reverse('search')}?{urlencode({'q': words})}"]
    return found


def busiest():
    """The regions of each level with the most posts, the busiest first."""
    return [region for level in LEVELS for region in busiest_regions(level, EACH)]


def regions_of(codes):
    found = {region.code: region for region in Region.objects.with_names().filter(code__in=codes)}
    return [found[code] for code in codes]


def deeper(url, rows):
    key = rows.deep_key()
    return f"{url}?{urlencode({AFTER: key})}" if key else url


def rare_word():
    """The name of a village that few posts are about."""
    villages = Region.objects.filter(level=Region.Level.VILLAGE, pk__in=quiet_places()).exclude(name__contains=" ")
    return villages.order_by("code").values_list("name", flat=True)[0]


def quiet_places():
    return Community.objects.registered().filter(post_count__range=(1, 20)).values("village")


def count_queries(path, state):
    """How many queries the page takes in this state, the second time it is asked for."""
    client = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    kept = {name: value == "1" for name, value in STATES[state].items()}
    with override_settings(**kept):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
    return len(queries)
