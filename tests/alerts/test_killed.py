"""Whoever tells the followers is killed in the middle, again and again: each of them is told exactly once."""

from collections import Counter

import pytest
from django.utils import timezone
from killed import dies

from accounts.models import Dispatch
from alerts.models import Subscriber

pytestmark = pytest.mark.django_db(transaction=True)
# Dies before the statement of this number reaches the database.
TELL = """
import itertools, os, signal, sys
import django
django.setup()
from django.db import connection
from alerts import digests, matching
matching.POSTS_AT_ONCE, digests.SUBSCRIBERS_AT_ONCE = 2, 2
last, numbers = int(sys.argv[1]), itertools.count(1)

def dying(execute, *asked):
    if next(numbers) == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(*asked)

with connection.execute_wrapper(dying):
    matching.match_new()
    digests.write_due()
"""


def test_a_kill_at_any_moment_tells_nobody_twice_and_forgets_nobody(places, make_post, mekar):
    for number in range(5):
        follower = Subscriber.objects.create(email=f"warga{number}@contoh.id")
        follower.follow({"region": places["64.02"]}, confirmed=True)
        follower.follow({"community": mekar}, confirmed=True)
    posts = [make_post(f"Kabar {number}", published_at=timezone.now()) for number in range(3)]

    kills = [dies(TELL, at) for at in (3, 6, 8, 11, 14, 17)]

    assert sum(kills) >= 4
    assert not dies(TELL, 10_000)
    texts = list(Dispatch.objects.values_list("address", "text"))
    told = Counter((address, post.pk) for address, text in texts for post in posts if post.get_absolute_url() in text)
    assert set(told.values()) == {1}
    assert len(told) == 5 * 3
