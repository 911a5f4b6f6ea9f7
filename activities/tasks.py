"""What is due about posts; `manage.py tick` calls it."""

from django.tasks import task

from activities.models import Post
from communities.models import StepRefused
from pages.ticking import MINUTE, every


@every(MINUTE)
@task
def pass_chairs():
    """Hand on what waits for a chair who will not read it: its own author, or nobody."""
    for post in Post.objects.without_a_reader().select_related("community", "author", "place")[:100]:
        try:
            post.pass_chair()
        except StepRefused:  # somebody was quicker
            continue
