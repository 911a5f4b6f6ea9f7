"""Which lists there are as a whole, each night anew, and the page that tells of them."""

from datetime import timedelta

from django.utils import timezone

from activities.api import POSTS
from activities.models import Post
from activities.models.posts import PostStep
from aspirations.api import ASPIRATIONS
from aspirations.models import Aspiration
from aspirations.models.steps import AspirationStep
from bulletins.api import BULLETINS
from bulletins.models import Bulletin
from bulletins.models.bulletin import BulletinStep
from communities.api import COMMUNITIES
from communities.models import Community, Step
from pages.open_data.dumps import Dump
from regions.api import REGIONS
from regions.models import Region

# By the clock of Jakarta, while the fewest people read.
NIGHT = range(1, 5)
A_NIGHT_AGO, TOO_OLD = timedelta(hours=12), timedelta(hours=30)


def sent():
    return Bulletin.objects.public()


DUMPS = {
    dump.name: dump
    for dump in [
        Dump(REGIONS, Region.objects.current, Region.objects.current, "code"),
        Dump(COMMUNITIES, Community.objects.registered, Community.objects.registered, "slug", Step, "community"),
        Dump(POSTS, Post.objects.published, Post.objects.published, "pk", PostStep, "post"),
        Dump(ASPIRATIONS, Aspiration.objects.public, Aspiration.objects.public, "code", AspirationStep, "aspiration"),
        # One that was recalled since is left out: what was written of it is no longer true.
        Dump(BULLETINS, sent, lambda: sent().without_recalled(), "pk", BulletinStep, "bulletin"),
    ]
}


def is_due(dump, now=None):
    """Whether it is to be made: at night what is of yesterday, at any hour what is missing or was left for too long."""
    now, made = now or timezone.now(), dump.made()
    if made is None:
        return True
    age = now - made.made_at
    return age > TOO_OLD or (age > A_NIGHT_AGO and timezone.localtime(now).hour in NIGHT)
