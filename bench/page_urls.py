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
COMMON_WORD, MISTYPED_PLACE = "warga", "kutai kertanegara"


def pages():
    """`{kind of page: [URL]}`; page 500 of a list is its last page where it has fewer."""
    posts = Post.objects.published()
    found = {"home": [reverse("home")], "news": [reverse("activities:list")]}
    found["news, page 500"] = [deeper(reverse("activities:list"), List("", posts))]
    for level in list(Region.Level)[1:]:
        regions = busiest_regions(level, EACH)
        name = f"region: {level.name.lower()}"
        found[name] = [region.get_absolute_url() for region in regions]
        found[f"{name}, page 500"] = [
            deeper(region.get_absolute_url(), List("", posts.within(region))) for region in regions
        ]
    busiest = Community.objects.registered().order_by("-post_count")[:EACH]
    found["one KIM"] = [community.get_absolute_url() for community in busiest]
    found["one post"] = [post.get_absolute_url() for post in posts.newest_first()[:EACH]]
    directory = reverse("communities:list")
    found["directory"] = [directory]
    found["directory, page 500"] = [deeper(directory, List("", Community.objects.registered(), "name"))]
    regency = busiest_regions(Region.Level.REGENCY, 1)[0].code
    found["directory, filtered"] = [
        f"{directory}?{urlencode(narrowed)}" for narrowed in ({"wilayah": regency}, {"tingkat": 4})
    ]
    for kind, words in (("common", COMMON_WORD), ("rare", rare_word()), ("mistyped", MISTYPED_PLACE)):
        found[f"search: {kind} word"] = [f"{reverse('search')}?{urlencode({'q': words})}"]
    return found


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
